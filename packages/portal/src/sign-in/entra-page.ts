import type { PortalSession } from '@fistworks/contract'
import type { FISTWorks } from '@fistworks/sdk'
import { html, LitElement } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { pageStyles } from '../styles/page-styles.ts'
import { type Failure, failureNotice } from '../ui/failure.ts'
import { dropErrand, type Errand, keepErrand, keptErrand, ownPath, PROVIDER_PATH, signInLink } from './errand.ts'
import { providerFailure, StrayAnswer } from './provider-failure.ts'
import { signInStyles } from './sign-in-styles.ts'

/** A person waits: being told to slow down is shown, not slept through. */
const AT_ONCE = { maxRetries: 0 }

/**
 * Sends people to the identity provider and takes what they come back with. The only page that may speak to the
 * provider, and the only one that loads its library; whoever is done leaves it for a page without either.
 */
@customElement('portal-entra')
export class EntraPage extends LitElement {
  static override styles = [pageStyles, signInStyles]

  @property({ attribute: false }) client!: FISTWorks
  /** Makes the client speak for this session. */
  @property({ attribute: false }) adopt: (session: PortalSession) => void = () => {}
  @state() private failure: Failure | null = null
  @state() private provider = 'the identity provider'
  @state() private errand: Errand = { purpose: 'signIn', to: '/', challenge: null }

  override connectedCallback(): void {
    super.connectedCallback()
    void this.run()
  }

  private async run(): Promise<void> {
    const answer = takeAnswer()
    try {
      await (answer === null ? this.leave() : this.arrive(answer))
    } catch (error) {
      this.failure = providerFailure(error, this.provider)
      await this.updateComplete
      this.renderRoot.querySelector('h1')?.focus()
    }
  }

  private async leave(): Promise<void> {
    const to = new URLSearchParams(location.search).get('to')
    const kept = keptErrand()
    this.errand = to === null && kept !== null ? kept : { purpose: 'signIn', to: ownPath(to), challenge: null }
    const challenge = this.errand.challenge ?? (await this.challenge())
    this.provider = challenge.name
    keepErrand({ ...this.errand, challenge: null })
    const { goToProvider } = await import('./msal.ts')
    await goToProvider(challenge)
  }

  private async arrive(answer: string): Promise<void> {
    const errand = keptErrand()
    dropErrand()
    if (errand === null) throw new StrayAnswer()
    this.errand = errand
    const challenge = await this.challenge()
    this.provider = challenge.name
    const { tokenFor } = await import('./msal.ts')
    const token = await tokenFor(challenge, answer)
    if (token === null) throw new StrayAnswer()
    if (errand.purpose === 'connect') await this.connect(token)
    else await this.client.signIn.withEntra({ token }, AT_ONCE)
    this.dispatchEvent(new Event('portal-passed'))
    location.replace(errand.to)
  }

  private async connect(token: string): Promise<void> {
    this.adopt(await this.client.portalSession.retrieve())
    await this.client.identities.create({ token }, AT_ONCE)
  }

  private async challenge() {
    const { entra } = await this.client.signIn.methods(AT_ONCE)
    if (entra === null) throw new StrayAnswer()
    return entra
  }

  protected override render() {
    const { purpose, to } = this.errand
    const isConnecting = purpose === 'connect'
    return html`<main class="card">
      <p class="brand"><img src="/icon.svg" alt="" width="36" height="36" />FISTWorks</p>
      <h1 tabindex="-1">${isConnecting ? 'Connect an account' : 'Sign in'}</h1>
      ${
        this.failure === null
          ? html`<p role="status">One moment. You are on your way to ${this.provider} or back from there.</p>`
          : html`${failureNotice(this.failure)}
              <p class="actions">
                ${isConnecting ? '' : html`<a class="button primary" href=${signInLink(to)}>Try again</a>`}
                <a class="button ${isConnecting ? 'primary' : ''}" href=${to}>
                  ${isConnecting ? 'Back to your account' : 'Another way to sign in'}
                </a>
              </p>`
      }
    </main>`
  }
}

/** What the provider sent along in the address, which forgets it: it is no address to keep or to pass on. */
function takeAnswer(): string | null {
  const { hash, search } = location
  const answer = hash.slice(1)
  if (!new URLSearchParams(answer).has('state')) return null
  history.replaceState(null, '', `${PROVIDER_PATH}${search}`)
  return answer
}

declare global {
  interface HTMLElementTagNameMap {
    'portal-entra': EntraPage
  }
}
