import { html } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { programWords } from '../pages/program-words.ts'
import { failureNotice } from '../ui/failure.ts'
import './authenticator-setup.ts'
import { confirmWithPasskey, makePasskey } from './passkeys.ts'
import { FactorsChangedEvent, SignInAgainEvent, SteppedUpEvent } from './step-up-events.ts'
import { StepUpPanel } from './step-up-panel.ts'

/**
 * Leads a person who has nothing to confirm with to a first passkey or authenticator app, right where they are.
 *
 * @fires portal-stepped-up - It was made and confirmed with.
 * @fires portal-sign-in-again - The sign-in is too old for it.
 */
@customElement('portal-first-factor')
export class FirstFactorPanel extends StepUpPanel {
  /** Whether the sign-in is fresh enough. */
  @property({ attribute: false }) isFresh = false
  @state() private isApp = false
  @state() private isMade = false

  private readonly addPasskey = () =>
    this.attempt(async () => {
      if (!this.isMade) await makePasskey(this.client, programWords(navigator.userAgent))
      this.isMade = true
      this.dispatchEvent(new FactorsChangedEvent())
      this.dispatchEvent(new SteppedUpEvent(await confirmWithPasskey(this.client)))
    })

  protected override render() {
    if (!this.isFresh) return this.tooLate()
    if (this.isApp) return html`<portal-authenticator-setup .client=${this.client}></portal-authenticator-setup>`
    const words = this.isMade ? 'Use your passkey' : 'Add a passkey'
    return html`<div class="stack">
      <p>
        From now on this is confirmed with a passkey or an authenticator app, so that a stolen session alone can do
        nothing of the kind. Set one up now; it takes a minute.
      </p>
      ${failureNotice(this.failure)}
      <p>
        <button type="button" class="button primary" autofocus aria-disabled=${this.isBusy ? 'true' : 'false'} @click=${this.addPasskey}>
          ${this.isBusy ? 'Waiting for your device…' : words}
        </button>
      </p>
      <div>
        <button type="button" class="button quiet" @click=${() => (this.isApp = true)}>
          Set up an authenticator app instead
        </button>
      </div>
    </div>`
  }

  private tooLate() {
    return html`<div class="stack">
      <p>
        This is confirmed with a passkey or an authenticator app, and you have none yet. The first one is set up within
        five minutes of signing in. Sign in again; you come back to this page as it is.
      </p>
      <p>
        <button type="button" class="button primary" autofocus @click=${() => this.dispatchEvent(new SignInAgainEvent())}>
          Sign in again
        </button>
      </p>
    </div>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'portal-first-factor': FirstFactorPanel
  }
}
