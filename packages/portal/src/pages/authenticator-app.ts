import type { SecondFactors } from '@fistworks/contract'
import { html, nothing } from 'lit'
import { customElement, state } from 'lit/decorators.js'
import '../step-up/authenticator-setup.ts'
import { FactorsChangedEvent } from '../step-up/step-up-events.ts'
import { formStyles } from '../styles/form-styles.ts'
import { pageStyles } from '../styles/page-styles.ts'
import { failureNotice } from '../ui/failure.ts'
import { Loader } from '../ui/loader.ts'
import { FormPage } from './form-page.ts'
import { agrees } from '../ui/question-dialog.ts'

/** The person's authenticator app: set up, replaced or removed. */
@customElement('portal-authenticator-app')
export class AuthenticatorAppSection extends FormPage {
  static override styles = [pageStyles, formStyles]

  @state() private said = ''
  @state() private isSettingUp = false
  private readonly factors = new Loader(this, () => this.client.secondFactors.retrieve())

  override connectedCallback(): void {
    super.connectedCallback()
    this.addEventListener('portal-factors-changed', this.onChanged)
    void this.factors.load()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.removeEventListener('portal-factors-changed', this.onChanged)
    this.isSettingUp = false
  }

  private readonly onChanged = () => {
    if (this.isSettingUp) this.said = 'The authenticator app is set up.'
    this.isSettingUp = false
    this.settle()
    void this.factors.load()
  }

  private readonly setUp = () => {
    this.said = ''
    this.failure = null
    this.isSettingUp = true
  }

  private readonly onRemove = async () => {
    const isSure = await agrees(this, {
      heading: 'Remove the authenticator app?',
      text: 'Its codes confirm nothing any more.',
      confirm: 'Remove',
      isDangerous: true,
    })
    if (!isSure) return
    this.failure = null
    await this.attempt(async () => {
      await this.client.authenticatorApp.remove()
      this.said = 'The authenticator app was removed.'
      this.dispatchEvent(new FactorsChangedEvent())
    })
  }

  protected override render() {
    return html`<section class="card stack" aria-labelledby="app">
      <h2 id="app">Authenticator app</h2>
      <p>An app on your phone that shows a code of six digits: for where a passkey does not work.</p>
      ${failureNotice(this.failure)}
      ${this.said === '' ? nothing : html`<p class="notice positive" role="status">${this.said}</p>`}
      ${this.factors.show('the authenticator app', (factors) => this.known(factors))}
      ${
        this.isSettingUp
          ? html`<portal-authenticator-setup .client=${this.client}></portal-authenticator-setup>`
          : nothing
      }
    </section>`
  }

  private known({ authenticatorApp }: SecondFactors) {
    const words = authenticatorApp === null ? 'Set up an authenticator app' : 'Set up another one instead'
    return html`<p>
        ${authenticatorApp === null ? 'You have none.' : `Set up on ${dayOf(authenticatorApp.createdAt)}, last used on ${dayOf(authenticatorApp.lastUsedAt ?? authenticatorApp.createdAt)}.`}
      </p>
      <p class="actions">
        <button type="button" class="button" @click=${this.setUp}>${words}</button>
        ${
          authenticatorApp === null
            ? nothing
            : html`<button type="button" class="button quiet" aria-disabled=${this.isBusy ? 'true' : 'false'} @click=${this.onRemove}>Remove it</button>`
        }
      </p>`
  }
}

const dayOf = (instant: string) =>
  new Date(instant).toLocaleDateString('en-US', { year: 'numeric', month: 'short', day: 'numeric' })

declare global {
  interface HTMLElementTagNameMap {
    'portal-authenticator-app': AuthenticatorAppSection
  }
}
