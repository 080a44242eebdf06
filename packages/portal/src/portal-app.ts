import type { PortalSession } from '@fistworks/contract'
import type { FISTWorks } from '@fistworks/sdk'
import { html, LitElement } from 'lit'
import { customElement, property, query, state } from 'lit/decorators.js'
import { cache } from 'lit/directives/cache.js'
import { keyed } from 'lit/directives/keyed.js'
import { type Connect, connectHere } from './connect.ts'
import { LeaveGuard } from './navigation/leave-guard.ts'
import type { NavigateEvent } from './navigation/navigate-event.ts'
import { type Route, routeOf } from './navigation/routes.ts'
import type { MembershipEvent } from './organization/membership-event.ts'
import { confirmWindow, loadingPage, pageAlone, type Placeless } from './organization/pages-alone.ts'
import { pageOf } from './pages/page-of.ts'
import { hasUnsavedPage } from './pages/portal-page.ts'
import { createSessionClock, type SessionClock } from './session-clock.ts'
import type { OrganizationEvent, PortalShell } from './shell/portal-shell.ts'
import './shell/portal-shell.ts'
import './sign-in/entra-page.ts'
import { isPassing } from './sign-in/errand.ts'
import type { SignedInEvent } from './sign-in/sign-in-page.ts'
import './sign-in/sign-in-page.ts'
import type { StepUpDialog } from './step-up/step-up-dialog.ts'
import './step-up/step-up-dialog.ts'
import type { SteppedUpEvent } from './step-up/step-up-events.ts'
import { pageStyles } from './styles/page-styles.ts'
import { type Failure, failureNotice, failureOf } from './ui/failure.ts'
import { isPlatformId, placeNamed, placeToWork, rememberPlace, workplacesOf } from './workplace.ts'

/** The hosted pages: who is signed in, in which organization, on which page. */
@customElement('portal-app')
export class PortalApp extends LitElement {
  static override styles = [pageStyles]

  @property({ attribute: false }) connect: Connect = connectHere
  @state() private session: PortalSession | null = null
  @state() private stage: 'loading' | 'signedOut' | 'signedIn' = 'loading'
  @state() private client: FISTWorks | null = null
  @state() private organizationId: string | null = null
  @state() private notice = ''
  @state() private failure: Failure | null = null
  @state() private endingAt: Date | null = null
  @query('portal-step-up') private readonly stepUp!: StepUpDialog | null
  @query('portal-shell') private readonly shell!: PortalShell | null

  #placeless: Placeless | null = null
  #visitor = ''
  readonly #ways = new LeaveGuard(this, {
    hasUnsavedInput: () => hasUnsavedPage(this.shell),
    show: () => this.showPage(),
  })
  #leaves = 0
  /** Changes when what the last person left behind has to go. */
  #visit = 0
  #clock!: SessionClock

  override connectedCallback(): void {
    super.connectedCallback()
    this.#clock = createSessionClock({
      endingSoon: (endsAt) => (this.endingAt = endsAt),
      goesOn: () => (this.endingAt = null),
      refresh: () => void this.stay(),
      idle: () => void this.idleOut(),
      ended: () => void this.stay(),
      changedElsewhere: (change) => {
        if (this.stage === 'signedIn') void this.stay()
        else if (change === 'signedIn' && !isPassing()) void this.resume()
      },
    })
    if (isPassing()) this.leave('')
    else void this.resume()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#clock.close()
  }

  private get route(): Route {
    return routeOf(this.#ways.path, isPlatformId(this.organizationId ?? ''))
  }

  /** @param confirmPerson left out for the client that the question itself is asked with */
  private clientFor(place: string | null, confirmPerson?: () => Promise<boolean>): FISTWorks {
    return this.connect({
      ...placeNamed(place),
      ...(confirmPerson === undefined ? {} : { confirmPerson }),
      antiForgeryToken: () => this.session?.antiForgeryToken,
      renewAntiForgeryToken: this.renewAntiForgeryToken,
      onAnswer: (response) => {
        if (response.status !== 401) this.#clock.answered()
        else if (this.stage === 'signedIn') this.leave('Your session has ended. Sign in again to go on.')
      },
    })
  }

  private readonly onPassed = () => this.#clock.tell('signedIn')

  private readonly adopt = (session: PortalSession) => void (this.session = session)

  private readonly resume = async () => {
    this.failure = null
    this.client = this.clientFor(null)
    try {
      this.begin(await this.client.portalSession.retrieve())
    } catch (error) {
      const failure = failureOf(error)
      if (failure.status === 401) this.leave(this.notice)
      else this.failure = failure
    }
  }

  private begin(session: PortalSession): void {
    if (session.user.id !== this.#visitor) this.#visit++
    this.#visitor = session.user.id
    this.session = session
    this.organizationId = placeToWork(session, this.organizationId)?.id ?? null
    this.client = this.clientFor(this.organizationId, this.confirmPerson)
    this.stage = 'signedIn'
    this.#clock.set(session)
  }

  private leave(notice: string): void {
    this.#clock.stop()
    this.#leaves++
    this.session = null
    this.notice = notice
    this.endingAt = null
    this.client = this.clientFor(null)
    this.stage = 'signedOut'
  }

  /** Asking for the session keeps it going; an end is noticed by the answer. */
  private readonly stay = async () => {
    try {
      const session = await this.client?.portalSession.retrieve()
      if (session === undefined) return
      if (session.user.id !== this.#visitor) return this.begin(session)
      this.session = session
      this.#clock.set(session)
    } catch (error) {
      if (failureOf(error).status !== 401) this.endingAt = new Date(this.session?.expiresAt ?? Date.now())
    }
  }

  /** Nobody was there for too long: whoever comes next finds a sign-in, also where a component went on asking. */
  private async idleOut(): Promise<void> {
    const ending = this.client?.portalSession.end({ maxRetries: 0 })
    this.leave('You were signed out because nothing was done for a while. Sign in to go on where you were.')
    // Where the server cannot be asked it ends the session by itself.
    await ending?.catch(() => undefined)
    this.#clock.tell('signedOut')
  }

  private get placeless(): Placeless {
    this.#placeless ??= { plain: this.clientFor(null), confirming: this.clientFor(null, this.confirmPerson) }
    return this.#placeless
  }

  /** Pages and components go on by themselves once it is done. */
  private readonly confirmPerson = async () => (await this.stepUp?.ask()) ?? false

  private readonly onSteppedUp = ({ session }: SteppedUpEvent) => {
    this.session = session
    this.#clock.set(session)
  }

  /** Another tab got a new cookie: the token that belongs to it is asked for, unless it is somebody else's by now. */
  private readonly renewAntiForgeryToken = async () => {
    const visitor = this.#visitor
    await this.stay()
    return visitor === this.#visitor ? this.session?.antiForgeryToken : undefined
  }

  private readonly signOut = async () => {
    if (await this.#ways.mayLeave()) await this.endSession(() => this.forget('You are signed out.'))
  }

  /** A sign-in of just now is needed; what is on the page stays for whoever comes back. */
  private readonly signInAgain = () => this.endSession(() => this.leave('Sign in again to go on where you were.'))
  private async endSession(then: () => void): Promise<void> {
    try {
      await this.client?.portalSession.end()
      this.#clock.tell('signedOut')
      then()
    } catch (error) {
      this.failure = failureOf(error)
    }
  }

  private readonly onSignedIn = (event: SignedInEvent) => {
    this.begin(event.session)
    this.#clock.tell('signedIn')
    this.showPage()
  }

  private readonly onOrganization = async (event: OrganizationEvent) => {
    if (!(await this.#ways.mayLeave())) return this.shell?.requestUpdate()
    this.organizationId = event.organizationId
    rememberPlace(event.organizationId)
    this.client = this.clientFor(event.organizationId, this.confirmPerson)
    this.#ways.go(isPlatformId(event.organizationId) ? '/platform' : '/payments')
  }

  /** Where the person may work is another now. */
  private readonly onMembership = async ({ organizationId }: MembershipEvent) => {
    try {
      const session = await this.placeless.plain.portalSession.retrieve()
      if (organizationId !== null) rememberPlace(organizationId)
      this.organizationId = organizationId
      this.begin(session)
      this.#ways.go(organizationId === null ? '/' : '/organization')
    } catch (error) {
      this.failure = failureOf(error)
    }
  }

  private readonly onAccountClosed = () => {
    this.#clock.tell('signedOut')
    this.forget('Your account is closed.')
  }

  private forget(notice: string): void {
    this.#visit++
    this.#visitor = ''
    this.leave(notice)
  }

  private readonly onClick = (event: MouseEvent) => this.#ways.follow(event)

  private readonly showPage = () => {
    this.failure = null
    if (this.organizationId === null && this.session !== null) this.begin(this.session)
    this.requestUpdate()
    void this.updateComplete.then(() => this.shell?.focusHeading())
  }

  protected override updated(): void {
    if (this.stage !== 'loading') document.title = `${this.session ? this.route.title : 'Sign in'} · FISTWorks`
  }

  /** Pages that a session's end takes away come back, with what was typed, when the same person signs in again. */
  protected override render(): unknown {
    return keyed(this.#visit, html`${cache(this.content())}`)
  }

  private content() {
    if (this.stage === 'loading') return loadingPage(this.failure, () => void this.resume())
    if (isPassing()) {
      return html`<portal-entra .client=${this.client} .adopt=${this.adopt} @portal-passed=${this.onPassed}></portal-entra>`
    }
    if (this.stage === 'signedOut' || this.session === null || this.client === null) {
      return html`${keyed(
        this.#leaves,
        html`<portal-sign-in .client=${this.client} .notice=${this.notice} .isAwaited=${this.#visitor !== ''} @portal-signed-in=${this.onSignedIn}></portal-sign-in>`,
      )}`
    }
    const dialog = html`<portal-step-up .client=${this.placeless.plain} @click=${this.onClick} @portal-stepped-up=${this.onSteppedUp} @portal-sign-in-again=${this.signInAgain}></portal-step-up>`
    if (this.route.page === 'confirm') return html`${confirmWindow(this.client, this.session)} ${dialog}`
    const place = workplacesOf(this.session).find(({ id }) => id === this.organizationId)
    const alone = pageAlone(this.route, this.session, place, this.placeless, this.signOut)
    if (place === undefined || alone !== null) {
      return html`<main class="alone stack" @click=${this.onClick} @portal-membership=${this.onMembership} @portal-platforms-changed=${this.stay} @portal-organization=${this.onOrganization}>
          ${alone} ${failureNotice(this.failure)}
        </main>
        ${dialog}`
    }
    return html`<portal-shell
      .session=${this.session}
      .organization=${place}
      .route=${this.route}
      .endingAt=${this.endingAt}
      @click=${this.onClick}
      @portal-navigate=${(event: NavigateEvent) => this.#ways.go(event.path)}
      @portal-organization=${this.onOrganization}
      @portal-sign-out=${this.signOut}
      @portal-stay=${this.stay}
      @portal-stepped-up=${this.onSteppedUp}
      @portal-factors-changed=${this.stay}
      @portal-platforms-changed=${this.stay}
      @portal-membership=${this.onMembership}
      @portal-account-closed=${this.onAccountClosed}
    >
      ${failureNotice(this.failure)} ${pageOf(this.route, this.client, place, this.session, this.placeless.confirming)}
    </portal-shell>
    ${dialog}`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'portal-app': PortalApp
  }
}
