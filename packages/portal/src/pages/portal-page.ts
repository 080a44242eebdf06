import type { Scope } from '@fistworks/contract'
import type { FISTWorks } from '@fistworks/sdk'
import { LitElement } from 'lit'
import { property } from 'lit/decorators.js'
import { NavigateEvent } from '../navigation/navigate-event.ts'
import { pageStyles } from '../styles/page-styles.ts'

/** What every page has: who it speaks through, and what the person's role allows. */
export abstract class PortalPage extends LitElement {
  static override styles = [pageStyles]

  @property({ attribute: false }) client!: FISTWorks
  @property({ attribute: false }) scopes: readonly Scope[] = []

  protected may(scope: Scope): boolean {
    return this.scopes.includes(scope)
  }

  protected go(path: string): void {
    this.dispatchEvent(new NavigateEvent(path))
  }
}
