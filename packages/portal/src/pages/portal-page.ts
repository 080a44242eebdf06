import type { Scope } from '@fistworks/contract'
import { ApiError, type FISTWorks } from '@fistworks/sdk'
import { LitElement } from 'lit'
import { property } from 'lit/decorators.js'
import { NavigateEvent } from '../navigation/navigate-event.ts'
import { StepUpEvent } from '../step-up/step-up-event.ts'
import { pageStyles } from '../styles/page-styles.ts'

/** What every page has: who it speaks through, and what the person's role allows. */
export abstract class PortalPage extends LitElement {
  static override styles = [pageStyles]

  @property({ attribute: false }) client!: FISTWorks
  @property({ attribute: false }) scopes: readonly Scope[] = []

  #isTyped = false

  constructor() {
    super()
    this.addEventListener('input', () => {
      this.#isTyped = true
    })
  }

  /** Whether something a person typed would be lost by leaving. */
  get hasUnsavedInput(): boolean {
    const components = [...this.renderRoot.querySelectorAll('fist-ach-file, fist-ach-files, fist-recipients')]
    if (components.length === 0) return this.#isTyped
    return components.some((each) => 'hasUnsavedInput' in each && each.hasUnsavedInput === true)
  }

  protected settle(): void {
    this.#isTyped = false
  }

  protected may(scope: Scope): boolean {
    return this.scopes.includes(scope)
  }

  /** Does it; when the server wants a fresh proof of the person, asks for that and does it then. */
  protected async confirmed<T>(change: () => Promise<T>): Promise<T> {
    try {
      return await change()
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== 'step-up-required') throw error
      const asked = new StepUpEvent()
      this.dispatchEvent(asked)
      if (!(await asked.granted)) throw error
      return change()
    }
  }

  protected go(path: string): void {
    this.settle()
    this.dispatchEvent(new NavigateEvent(path))
  }
}
