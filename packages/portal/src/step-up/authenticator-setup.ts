import type { AuthenticatorAppOffer } from '@fistworks/contract'
import { css, html } from 'lit'
import { customElement, state } from 'lit/decorators.js'
import { failureNotice } from '../ui/failure.ts'
import { textField } from '../ui/field.ts'
import { textsOf } from '../ui/form-errors.ts'
import { qrCode } from '../ui/qr-code.ts'
import { FactorsChangedEvent, SteppedUpEvent } from './step-up-events.ts'
import { StepUpPanel } from './step-up-panel.ts'

/**
 * Shows the seed of a new authenticator app, once, and takes its first code.
 *
 * @fires portal-stepped-up - The first code was right, which is a proof as well.
 * @fires portal-factors-changed - There is an authenticator app now.
 */
@customElement('portal-authenticator-setup')
export class AuthenticatorSetup extends StepUpPanel {
  static override styles = [
    ...StepUpPanel.styles,
    css`
      .qr {
        inline-size: 12rem;
        block-size: 12rem;
        border-radius: 0.5rem;
      }
    `,
  ]

  @state() private offer: AuthenticatorAppOffer | null = null

  override connectedCallback(): void {
    super.connectedCallback()
    void this.begin()
  }

  /** What was shown is not kept: who comes back gets another seed. */
  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.offer = null
  }

  private readonly begin = () =>
    this.attempt(async () => {
      this.offer = await this.client.authenticatorApp.begin()
    })

  private readonly confirm = (event: SubmitEvent) => {
    event.preventDefault()
    const { code = '' } = textsOf(event.target as HTMLFormElement)
    return this.attempt(async () => {
      const session = await this.client.authenticatorApp.confirm({ code: code.replaceAll(/\s/g, '') })
      this.offer = null
      this.dispatchEvent(new SteppedUpEvent(session))
      this.dispatchEvent(new FactorsChangedEvent())
    })
  }

  protected override render() {
    if (this.offer === null) {
      return this.failure === null
        ? html`<p class="muted" role="status">Making a code to scan…</p>`
        : failureNotice(this.failure, this.begin)
    }
    const { uri, secret } = this.offer
    return html`<form class="one-code stack" novalidate @submit=${this.confirm}>
      <p>Scan this with your authenticator app, or type the key into it. Both are shown only now.</p>
      ${qrCode(uri, 'QR code for your authenticator app')}
      <p class="code">${secret.match(/.{1,4}/g)?.join(' ')}</p>
      ${failureNotice(this.failure)}
      ${textField({ name: 'code', label: 'Code that the app shows', hint: 'Six digits. With it the app is set up.', inputMode: 'numeric', autocomplete: 'one-time-code', maxLength: 7 })}
      <p>
        <button class="button primary" aria-disabled=${this.isBusy ? 'true' : 'false'}>
          ${this.isBusy ? 'Checking…' : 'Set it up'}
        </button>
      </p>
    </form>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'portal-authenticator-setup': AuthenticatorSetup
  }
}
