import type { EmbedSessionState, Scope } from '@fistworks/contract'
import { css, html, LitElement, nothing } from 'lit'
import { state } from 'lit/decorators.js'
import { baseStyles } from '../styles/base.ts'
import { buttonStyles } from '../styles/button.ts'
import { surfaceStyles } from '../styles/surface.ts'

const WORDS: Partial<Record<Scope, string>> = {
  'recipients:write': 'changing recipients',
  'recipients:reveal': 'showing full numbers',
  'ach-files:write': 'preparing payments',
  'ach-files:approve': 'approving',
  'ach-files:submit': 'sending to the bank',
  'submissions:resolve': 'settling with the bank',
}
const LIST = new Intl.ListFormat('en', { type: 'conjunction' })
const TIME = new Intl.DateTimeFormat('en', { hour: 'numeric', minute: '2-digit' })

/** What stands above the component in our frame: who may do more, and who just does. */
export class FrameShell extends LitElement {
  static readonly elementName = 'fist-frame-shell'
  static override styles = [
    baseStyles,
    buttonStyles,
    surfaceStyles,
    css`
      .notice {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: space-between;
        margin-block-end: 1rem;
      }
    `,
  ]

  @state() session: EmbedSessionState | null = null
  /** Asks for the window in which a person confirms; says whether the browser opened it. */
  @state() raise: () => boolean = () => false
  @state() stop: () => void = () => {}
  @state() private stage: 'idle' | 'waiting' | 'blocked' = 'idle'

  settle(): void {
    this.stage = 'idle'
  }

  private readonly ask = () => {
    this.stage = this.raise() ? 'waiting' : 'blocked'
  }

  protected override render() {
    return html`${this.notice()}<slot></slot>`
  }

  private notice() {
    const { session } = this
    if (session === null || session.risable.length === 0) return nothing
    if (session.raised !== null) {
      return html`<div class="notice active" role="status">
        <p>You act as <strong>${session.raised.by}</strong> until ${TIME.format(new Date(session.raised.until))}.</p>
        <button type="button" class="button" @click=${this.stop}>Stop</button>
      </div>`
    }
    const what = LIST.format(session.risable.map((scope) => WORDS[scope] ?? scope))
    return html`<div class="notice">
      <p role="status">${this.words(what)}</p>
      <button type="button" class="button" @click=${this.ask}>
        ${this.stage === 'waiting' ? 'Show the window' : 'Confirm that it is you'}
      </button>
    </div>`
  }

  private words(what: string): string {
    if (this.stage === 'waiting') return 'Sign in and confirm in the window that has opened.'
    if (this.stage === 'blocked') return 'The browser did not open the window. Allow it for this page and try again.'
    return `For ${what}, confirm with your own sign-in.`
  }
}
