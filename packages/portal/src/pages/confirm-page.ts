import type { RaiseOffer } from '@fistworks/widgets'
import { AccentColor, type PortalSession, type Scope } from '@fistworks/contract'
import { css, html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { type Failure, failureNotice, failureOf } from '../ui/failure.ts'
import { PortalPage } from './portal-page.ts'

const WAIT_MS = 10_000
const WORDS: Partial<Record<Scope, string>> = {
  'recipients:write': 'Add and change recipients',
  'recipients:reveal': 'See full account numbers',
  'ach-files:write': 'Prepare payments',
  'ach-files:approve': 'Approve and reject payments',
  'ach-files:submit': 'Send payments to the bank',
  'submissions:resolve': 'Settle with the bank what is unclear',
}

/**
 * The window that our frame in an accounting product opens: the person who signed in here lends that one frame, for the
 * five minutes of a fresh proof, what their role has and the product allows. It listens to the frame that opened it and
 * to nobody else, and only when that is a page of our own origin.
 */
@customElement('portal-confirm')
export class ConfirmPage extends PortalPage {
  static override styles = [
    ...PortalPage.styles,
    css`
      ul {
        padding-inline-start: 1.25rem;
        list-style: disc;
      }
      .platform {
        padding: 0.5rem 0.75rem;
        border-radius: 0.5rem;
        background: var(--confirm-accent, #0b6557);
        color: #ffffff;
        font-weight: 700;
        overflow-wrap: anywhere;
      }
    `,
  ]

  @property({ attribute: false }) session: PortalSession | null = null
  @state() private offer: RaiseOffer | null = null
  @state() private stage: 'waiting' | 'alone' | 'asking' | 'busy' | 'done' = 'waiting'
  @state() private failure: Failure | null = null
  #timer: ReturnType<typeof setTimeout> | undefined

  override connectedCallback(): void {
    super.connectedCallback()
    addEventListener('message', this.onMessage)
    this.tell('raise-hello')
    this.#timer = setTimeout(() => {
      if (this.stage === 'waiting') this.stage = 'alone'
    }, WAIT_MS)
    if (!opener) this.stage = 'alone'
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    removeEventListener('message', this.onMessage)
    clearTimeout(this.#timer)
  }

  /** A page of another origin in the opener's place hears nothing: the message names our own as the only receiver. */
  private tell(type: 'raise-hello' | 'raised'): void {
    const { opener } = window as { opener: Window | null }
    opener?.postMessage({ fistworks: 1, type }, location.origin)
  }

  private readonly onMessage = ({ source, origin, data }: MessageEvent) => {
    if (source !== opener || origin !== location.origin || !isOffer(data) || this.stage === 'done') return
    this.offer = data
    const accent = AccentColor.safeParse(data.accentColor)
    // By the object model, which the strict content policy of this page allows.
    this.style.setProperty('--confirm-accent', accent.success ? accent.data : null)
    this.stage = 'asking'
  }

  private readonly confirm = async () => {
    if (this.offer === null || this.stage === 'busy') return
    const { embedSessionId, secretHash } = this.offer
    this.stage = 'busy'
    this.failure = null
    try {
      await this.client.embedSession.raise({ embedSessionId, secretHash })
      this.stage = 'done'
      this.tell('raised')
      close()
    } catch (error) {
      this.failure = failureOf(error)
      this.stage = 'asking'
    }
  }

  protected override render() {
    return html`<div class="stack">
      <h1>Confirm that it is you</h1>
      ${this.body()}
    </div>`
  }

  private body() {
    if (this.stage === 'waiting') return html`<p class="muted" role="status">Asking the page you came from…</p>`
    if (this.stage === 'alone') {
      return html`<p>
        You are signed in. Close this window, and choose “Confirm that it is you” once more on the page you came from.
      </p>`
    }
    if (this.stage === 'done') return html`<p role="status">Confirmed. You can close this window.</p>`
    const { offer } = this
    return offer === null ? nothing : html`${named(offer)} ${this.question(offer)}`
  }

  private question({ organization, platform, endUser, scopes }: RaiseOffer) {
    const mine = this.session?.organizations.find(({ id }) => id === organization.id)?.scopes ?? []
    const lent = scopes.filter((scope) => mine.includes(scope))
    if (lent.length === 0) {
      return html`<p>Your role in ${organization.name} can add nothing to that page. Ask somebody who may do it.</p>`
    }
    return html`<p>
        ${platform === '' ? 'The page' : html`<strong>${platform}</strong>`}, where ${endUser} is signed in, asks for five
        minutes to do this in your name for <strong>${organization.name}</strong>:
      </p>
      <ul>
        ${lent.map((scope) => html`<li>${WORDS[scope] ?? scope}</li>`)}
      </ul>
      <p class="muted">It stands in the audit log under your name. Signing out ends it.</p>
      ${failureNotice(this.failure)}
      <p>
        <button type="button" class="button primary" aria-disabled=${this.stage === 'busy' ? 'true' : 'false'} @click=${this.confirm}>
          ${this.stage === 'busy' ? 'Confirming…' : 'Confirm'}
        </button>
        <button type="button" class="button" @click=${() => close()}>Cancel</button>
      </p>`
  }
}

/** Whose page asks. */
const named = ({ platform }: RaiseOffer) => (platform === '' ? nothing : html`<p class="platform">${platform}</p>`)

function isOffer(data: unknown): data is RaiseOffer {
  const { fistworks, type, embedSessionId, secretHash, organization, platform, endUser, scopes } = (data ??
    {}) as Partial<RaiseOffer>
  return (
    fistworks === 1 &&
    type === 'raise' &&
    [embedSessionId, secretHash, organization?.id, organization?.name, platform, endUser].every(
      (each) => typeof each === 'string',
    ) &&
    Array.isArray(scopes)
  )
}

declare global {
  interface HTMLElementTagNameMap {
    'portal-confirm': ConfirmPage
  }
}
