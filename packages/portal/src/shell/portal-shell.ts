import type { PortalSession, Scope } from '@fistworks/contract'
import { html, LitElement, nothing } from 'lit'
import { customElement, property, query, state } from 'lit/decorators.js'
import { live } from 'lit/directives/live.js'
import { PLATFORM_SECTIONS, type Route, SECTIONS } from '../navigation/routes.ts'
import { isSandbox } from '../sandbox/sandbox.ts'
import '../sandbox/sandbox-banner.ts'
import { pageStyles } from '../styles/page-styles.ts'
import { isOrganization, type Workplace, workplacesOf } from '../workplace.ts'
import { shellStyles } from './shell-styles.ts'

/** What is done only by somebody who has proven that it is they. */
const DECIDING: readonly Scope[] = ['ach-files:approve', 'ach-files:submit', 'bank-connections:write', 'members:write']

/** The person works in another of their organizations from now on. */
export class OrganizationEvent extends Event {
  readonly organizationId: string

  constructor(organizationId: string) {
    super('portal-organization', { bubbles: true, composed: true })
    this.organizationId = organizationId
  }
}

/**
 * What stands around every page: navigation, organization, person, and the page's heading.
 *
 * @fires portal-organization - Another organization was chosen.
 * @fires portal-sign-out - The person wants to leave.
 * @fires portal-stay - The person wants the session to go on.
 */
@customElement('portal-shell')
export class PortalShell extends LitElement {
  static override styles = [pageStyles, shellStyles]

  @property({ attribute: false }) session!: PortalSession
  /** Where the person works: an organization, or a platform. */
  @property({ attribute: false }) organization!: Workplace
  @property({ attribute: false }) route!: Route
  /** When the session ends unless something is done; `null` while that is far away. */
  @property({ attribute: false }) endingAt: Date | null = null
  @state() private isMenuOpen = false
  @query('h1') private readonly heading!: HTMLElement

  /** Where a keyboard or screen reader goes on after another page is shown. */
  async focusHeading(): Promise<void> {
    this.isMenuOpen = false
    await this.updateComplete
    this.heading.focus()
  }

  private tell(type: 'portal-sign-out' | 'portal-stay'): void {
    this.dispatchEvent(new Event(type))
  }

  protected override render() {
    return html`<header>
        <button type="button" class="skip button" @click=${this.focusHeading}>Skip to content</button>
        <div class="top">
          <a class="brand" href="/"><img src="/icon.svg" alt="" width="28" height="28" />FISTWorks</a>
          <button
            type="button"
            class="button menu"
            aria-expanded=${this.isMenuOpen ? 'true' : 'false'}
            aria-controls="drawer"
            @click=${() => (this.isMenuOpen = !this.isMenuOpen)}
          >
            Menu
          </button>
        </div>
        <div id="drawer" class="drawer ${this.isMenuOpen ? 'open' : ''}">
          ${this.organizationChoice()} ${this.navigation()} ${this.person()}
        </div>
      </header>
      <main>
        ${isSandbox() ? html`<portal-sandbox-banner></portal-sandbox-banner>` : nothing}
        ${this.endingAt === null ? nothing : this.ending(this.endingAt)}
        ${this.secondFactorNotice()}
        <h1 tabindex="-1">${this.route.title}</h1>
        <slot></slot>
      </main>`
  }

  private navigation() {
    const all = isOrganization(this.organization) ? SECTIONS : PLATFORM_SECTIONS
    const sections = all.filter(({ scope }) => this.organization.scopes.includes(scope))
    return html`<nav aria-label="Main">
      <ul>
        ${sections.map(
          ({ path, name }) => html`<li>
            <a href=${path} aria-current=${path === this.route.section ? 'page' : nothing}>${name}</a>
          </li>`,
        )}
      </ul>
    </nav>`
  }

  private organizationChoice() {
    const { organizations, platforms } = this.session
    if (workplacesOf(this.session).length === 1)
      return html`<p class="organization"><strong>${this.organization.name}</strong></p>`
    const choose = (event: Event) =>
      this.dispatchEvent(new OrganizationEvent((event.target as HTMLSelectElement).value))
    return html`<div class="organization">
      <label for="organization"><small>${platforms.length === 0 ? 'Organization' : 'Working in'}</small></label>
      <select id="organization" @change=${choose}>
        ${this.options(organizations)}
        ${platforms.length === 0 ? nothing : html`<optgroup label="Platforms">${this.options(platforms)}</optgroup>`}
      </select>
    </div>`
  }

  private options(places: readonly Workplace[]) {
    return places.map(
      ({ id, name }) => html`<option value=${id} .selected=${live(id === this.organization.id)}>${name}</option>`,
    )
  }

  private person() {
    return html`<div class="person">
      <a href="/account" aria-current=${this.route.page === 'account' ? 'page' : nothing}><strong>${this.session.user.name}</strong></a>
      <small>${isOrganization(this.organization) ? this.organization.role : 'platform administrator'}</small>
      <button type="button" class="button quiet" @click=${() => this.tell('portal-sign-out')}>Sign out</button>
    </div>`
  }

  /** Whoever decides over money or people is told until they can confirm that it is they. */
  private secondFactorNotice() {
    const { passkeys, authenticatorApp } = this.session.secondFactors
    const decides = this.organization.scopes.some((scope) => DECIDING.includes(scope))
    if (passkeys > 0 || authenticatorApp || !decides || this.route.page === 'account') return nothing
    return html`<div class="notice caution ending" role="status">
      <p>You decide over payments or people here. Add a passkey or an authenticator app to confirm with.</p>
      <a class="button" href="/account">Go to your account</a>
    </div>`
  }

  private ending(at: Date) {
    const time = at.toLocaleTimeString('en-US', { hour: 'numeric', minute: '2-digit' })
    const isForGood = at.getTime() >= Date.parse(this.session.expiresAt)
    if (isForGood) {
      return html`<div class="notice caution ending" role="status">
        <p>Everybody signs in again after twelve hours. For you that is at ${time}; what you have typed stays.</p>
      </div>`
    }
    return html`<div class="notice caution ending" role="status">
      <p>You will be signed out at ${time}.</p>
      <button type="button" class="button" @click=${() => this.tell('portal-stay')}>Stay signed in</button>
    </div>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'portal-shell': PortalShell
  }
  interface HTMLElementEventMap {
    'portal-organization': OrganizationEvent
  }
}
