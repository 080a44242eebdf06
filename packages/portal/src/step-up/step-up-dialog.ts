import type { PortalSession } from '@fistworks/contract'
import type { FISTWorks } from '@fistworks/sdk'
import { html, LitElement } from 'lit'
import { customElement, property, query, state } from 'lit/decorators.js'
import { dialogStyles } from '../styles/dialog-styles.ts'
import { pageStyles } from '../styles/page-styles.ts'
import { Loader } from '../ui/loader.ts'
import './first-factor-panel.ts'
import './prove-panel.ts'

/**
 * Asks the person to confirm that it is they; whoever has nothing to confirm with sets that up here.
 *
 * @fires portal-stepped-up - They have: `session` is what the session is now.
 */
@customElement('portal-step-up')
export class StepUpDialog extends LitElement {
  static override styles = [pageStyles, dialogStyles]

  @property({ attribute: false }) client!: FISTWorks
  @state() private isOpen = false
  @query('dialog') private readonly dialog!: HTMLDialogElement
  /** What the person can confirm with is asked each time: another tab may have added to it. */
  private readonly session = new Loader(this, () => this.client.portalSession.retrieve())
  #asked: Promise<boolean> | null = null
  #settle: (granted: boolean) => void = () => {}

  /** Opens; true once the person has confirmed, false when they gave up. Who asks meanwhile gets the same answer. */
  ask(): Promise<boolean> {
    this.#asked ??= this.#open()
    return this.#asked
  }

  async #open(): Promise<boolean> {
    this.session.value = null
    this.isOpen = true
    await this.updateComplete
    this.dialog.showModal()
    const answered = new Promise<boolean>((resolve) => {
      this.#settle = resolve
    })
    await this.session.load()
    return answered
  }

  private readonly onSteppedUp = () => {
    this.#answer(true)
    this.dialog.close()
  }

  private readonly close = () => this.dialog.close()
  private readonly onClose = () => this.#answer(false)

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#answer(false)
  }

  #answer(granted: boolean): void {
    this.#asked = null
    this.isOpen = false
    this.#settle(granted)
  }

  protected override render() {
    return html`<dialog aria-labelledby="heading" @close=${this.onClose} @portal-stepped-up=${this.onSteppedUp} @portal-sign-in-again=${this.close}>
      <div class="stack">
        <h2 id="heading">Confirm that it is you</h2>
        ${this.isOpen ? this.session.show('what you can confirm with', (session) => this.panel(session)) : ''}
        <div class="actions">
          <button type="button" class="button" @click=${this.close}>Cancel</button>
        </div>
      </div>
    </dialog>`
  }

  private panel({ secondFactors, firstFactorUntil }: PortalSession) {
    const { passkeys, authenticatorApp, recoveryCodes } = secondFactors
    if (passkeys > 0 || authenticatorApp || recoveryCodes > 0) {
      return html`<portal-prove .client=${this.client} .factors=${secondFactors}></portal-prove>`
    }
    return html`<portal-first-factor .client=${this.client} .isFresh=${firstFactorUntil !== null}></portal-first-factor>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'portal-step-up': StepUpDialog
  }
}
