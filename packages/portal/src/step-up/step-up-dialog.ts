import type { PortalSession } from '@fistworks/contract'
import type { FISTWorks } from '@fistworks/sdk'
import { startAuthentication } from '@simplewebauthn/browser'
import { css, html, LitElement, nothing } from 'lit'
import { customElement, property, query, state } from 'lit/decorators.js'
import { pageStyles } from '../styles/page-styles.ts'
import { type Failure, failureNotice, failureOf } from '../ui/failure.ts'
import { passkeyFailure } from './passkey-failure.ts'

/** The session goes on with this one: the person has confirmed. */
export class SteppedUpEvent extends Event {
  readonly session: PortalSession

  constructor(session: PortalSession) {
    super('portal-stepped-up')
    this.session = session
  }
}

/**
 * Asks the person to confirm with a passkey that it is they.
 *
 * @fires portal-stepped-up - They have: `session` is what the session is now.
 */
@customElement('portal-step-up')
export class StepUpDialog extends LitElement {
  static override styles = [
    pageStyles,
    css`
      dialog {
        width: min(28rem, calc(100vw - 2rem));
        padding: 1.5rem;
        border: 1px solid var(--portal-border);
        border-radius: 0.75rem;
        background: var(--portal-card);
        color: var(--portal-text);
      }
      dialog::backdrop {
        background: rgb(0 0 0 / 0.45);
      }
      .actions {
        justify-content: end;
      }
    `,
  ]

  @property({ attribute: false }) client: FISTWorks | null = null
  @state() private isBusy = false
  @state() private failure: Failure | null = null
  @query('dialog') private readonly dialog!: HTMLDialogElement
  #asked: Promise<boolean> | null = null
  #settle: (granted: boolean) => void = () => {}

  /** Opens; true once the person has confirmed, false when they gave up. Who asks meanwhile gets the same answer. */
  ask(): Promise<boolean> {
    this.#asked ??= this.#open()
    return this.#asked
  }

  async #open(): Promise<boolean> {
    this.failure = null
    await this.updateComplete
    this.dialog.showModal()
    return new Promise((resolve) => {
      this.#settle = resolve
    })
  }

  private readonly confirm = async () => {
    if (this.client === null || this.isBusy) return
    this.isBusy = true
    this.failure = null
    try {
      const { options } = await this.client.stepUp.begin()
      const { id, rawId, response } = await startAuthentication({
        optionsJSON: options as unknown as Parameters<typeof startAuthentication>[0]['optionsJSON'],
      })
      const { clientDataJSON, authenticatorData, signature, userHandle = null } = response
      const credential = { id, rawId, type: 'public-key' as const }
      const answer = { ...credential, response: { clientDataJSON, authenticatorData, signature, userHandle } }
      const session = await this.client.stepUp.verify({ credential: answer })
      this.dispatchEvent(new SteppedUpEvent(session))
      this.#answer(true)
      this.dialog.close()
    } catch (error) {
      this.failure = passkeyFailure(error) ?? failureOf(error)
    } finally {
      this.isBusy = false
    }
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#answer(false)
  }

  private readonly onClose = () => this.#answer(false)

  #answer(granted: boolean): void {
    this.#asked = null
    this.#settle(granted)
  }

  protected override render() {
    const hasNone = this.failure?.code === 'state-conflict'
    return html`<dialog aria-labelledby="heading" @close=${this.onClose}>
      <div class="stack">
        <h2 id="heading">Confirm that it is you</h2>
        <p>Your device asks for your fingerprint, your face or its PIN. That counts for five minutes.</p>
        ${failureNotice(this.failure)}
        ${hasNone ? html`<p><a href="/account" @click=${() => this.dialog.close()}>Add a passkey</a></p>` : nothing}
        <div class="actions">
          <button type="button" class="button" @click=${() => this.dialog.close()}>Cancel</button>
          <button type="button" class="button primary" autofocus aria-disabled=${this.isBusy ? 'true' : 'false'} @click=${this.confirm}>
            ${this.isBusy ? 'Waiting for your device…' : 'Use your passkey'}
          </button>
        </div>
      </div>
    </dialog>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'portal-step-up': StepUpDialog
  }
  interface HTMLElementEventMap {
    'portal-stepped-up': SteppedUpEvent
  }
}
