import type { Scope } from '@fistworks/contract'
import type { FISTWorks } from '@fistworks/sdk'
import { html, LitElement } from 'lit'
import { property } from 'lit/decorators.js'
import { NavigateEvent } from '../navigation/navigate-event.ts'
import { pageStyles } from '../styles/page-styles.ts'

/** What every page has: who it speaks through, and what the person's role allows. */
export abstract class PortalPage extends LitElement {
  static override styles = [pageStyles]

  /** Asks for a fresh proof of the person by itself where one is needed, and goes on with what was begun. */
  @property({ attribute: false }) client!: FISTWorks
  @property({ attribute: false }) scopes: readonly Scope[] = []

  #isTyped = false

  constructor() {
    super()
    this.addEventListener('input', (event) => {
      if (event.composedPath().find(knowsUnsaved) === this) this.#isTyped = true
    })
  }

  /** Whether something a person typed would be lost by leaving, here or in a part that knows of itself. */
  get hasUnsavedInput(): boolean {
    return (
      this.#isTyped ||
      [...this.renderRoot.querySelectorAll('*')].some((part) => knowsUnsaved(part) && part.hasUnsavedInput)
    )
  }

  protected settle(): void {
    this.#isTyped = false
  }

  protected may(scope: Scope): boolean {
    return this.scopes.includes(scope)
  }

  /** What somebody is told who came to a form by its address, and may only look. */
  protected lookOnly() {
    return html`<p class="notice">Your role may look at this and not change it. Ask an administrator for another role.</p>`
  }

  protected go(path: string): void {
    this.settle()
    this.dispatchEvent(new NavigateEvent(path))
  }
}

const knowsUnsaved = (target: EventTarget): target is EventTarget & { hasUnsavedInput: boolean } =>
  'hasUnsavedInput' in target

/** Whether something a person typed on a page in here would be lost by leaving. */
export function hasUnsavedPage(shell: Element | null): boolean {
  return [...(shell?.children ?? [])].some((page) => page instanceof PortalPage && page.hasUnsavedInput)
}
