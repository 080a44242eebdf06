import type { PortalSession } from '@fistworks/contract'
import { html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { failureNotice } from '../ui/failure.ts'
import { textField } from '../ui/field.ts'
import { textsOf } from '../ui/form-errors.ts'
import { confirmWithPasskey } from './passkeys.ts'
import { SteppedUpEvent } from './step-up-events.ts'
import { StepUpPanel } from './step-up-panel.ts'

type Factors = PortalSession['secondFactors']
type Way = 'passkey' | 'code' | 'recoveryCode'

const WAYS: Record<Way, { has: (factors: Factors) => boolean; choose: string }> = {
  passkey: { has: ({ passkeys }) => passkeys > 0, choose: 'Use your passkey instead' },
  code: { has: ({ authenticatorApp }) => authenticatorApp, choose: 'Use your authenticator app instead' },
  recoveryCode: { has: ({ recoveryCodes }) => recoveryCodes > 0, choose: 'Use a recovery code' },
}

/**
 * Confirms with what the person has: a passkey, a code of their app, or a recovery code.
 *
 * @fires portal-stepped-up - They have: `session` is what the session is now.
 */
@customElement('portal-prove')
export class ProvePanel extends StepUpPanel {
  @property({ attribute: false }) factors!: Factors
  @state() private chosen: Way | null = null

  private get ways(): Way[] {
    return (Object.keys(WAYS) as Way[]).filter((way) => WAYS[way].has(this.factors))
  }

  private choose(way: Way): void {
    this.chosen = way
    this.failure = null
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('input, .primary')?.focus())
  }

  private readonly usePasskey = () =>
    this.attempt(async () => {
      this.dispatchEvent(new SteppedUpEvent(await confirmWithPasskey(this.client)))
    })

  private readonly useCode = (event: SubmitEvent) => {
    event.preventDefault()
    const { code = '', recoveryCode = '' } = textsOf(event.target as HTMLFormElement)
    const typed = code.replaceAll(/\s/g, '')
    const proof = this.way === 'code' ? { code: typed } : { recoveryCode: recoveryCode.trim() }
    return this.attempt(async () => {
      this.dispatchEvent(new SteppedUpEvent(await this.client.stepUp.verify(proof)))
    })
  }

  private get way(): Way {
    return this.chosen ?? this.ways[0] ?? 'recoveryCode'
  }

  protected override render() {
    return html`<div class="stack">
      ${failureNotice(this.failure)} ${this.way === 'passkey' ? this.passkey() : this.code(this.way)}
      <div>
        ${this.ways
          .filter((way) => way !== this.way)
          .map(
            (way) => html`<button type="button" class="button quiet" @click=${() => this.choose(way)}>
              ${WAYS[way].choose}
            </button>`,
          )}
      </div>
    </div>`
  }

  private passkey() {
    return html`<p>Your device asks for your fingerprint, your face or its PIN. That counts for five minutes.</p>
      <p>
        <button type="button" class="button primary" autofocus aria-disabled=${this.isBusy ? 'true' : 'false'} @click=${this.usePasskey}>
          ${this.isBusy ? 'Waiting for your device…' : 'Use your passkey'}
        </button>
      </p>`
  }

  private code(way: 'code' | 'recoveryCode') {
    const field =
      way === 'code'
        ? textField({
            name: 'code',
            label: 'Code from your authenticator app',
            hint: 'Six digits. That counts for five minutes.',
            inputMode: 'numeric',
            autocomplete: 'one-time-code',
            maxLength: 7,
          })
        : textField({
            name: 'recoveryCode',
            label: 'Recovery code',
            hint: 'Four groups of six characters. Each works once.',
            maxLength: 60,
          })
    return html`<form class="one-code stack" novalidate @submit=${this.useCode}>
      ${field}
      <p>
        <button class="button primary" aria-disabled=${this.isBusy ? 'true' : 'false'}>
          ${this.isBusy ? 'Checking…' : 'Confirm'}
        </button>
      </p>
      ${way === 'recoveryCode' ? html`<p class="muted">You will get a mail that one was used.</p>` : nothing}
    </form>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'portal-prove': ProvePanel
  }
}
