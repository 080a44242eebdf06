import { type PortalSession, SignIn, SignInCodeRequest, type SignInMethods } from '@fistworks/contract'
import type { FISTWorks } from '@fistworks/sdk'
import { html, LitElement, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { formStyles } from '../styles/form-styles.ts'
import { pageStyles } from '../styles/page-styles.ts'
import { type Failure, failureNotice, failureOf } from '../ui/failure.ts'
import { textField } from '../ui/field.ts'
import { errorsOfIssues, type FormErrors, focusFirstWrong, textsOf } from '../ui/form-errors.ts'
import { signInLink } from './errand.ts'
import { signInStyles } from './sign-in-styles.ts'

/** A person waits: being told to slow down is shown, not slept through. */
const AT_ONCE = { maxRetries: 0 }

/** Somebody signed in. */
export class SignedInEvent extends Event {
  readonly session: PortalSession

  constructor(session: PortalSession) {
    super('portal-signed-in', { bubbles: true, composed: true })
    this.session = session
  }
}

/** Two steps: the address, then the one-time code from the mail. Or the way to the identity provider. */
@customElement('portal-sign-in')
export class SignInPage extends LitElement {
  static override styles = [pageStyles, formStyles, signInStyles]

  @property({ attribute: false }) client!: FISTWorks
  /** Why the person is here again, such as a session that ended. */
  @property() notice = ''
  /** Whether pages wait for this person with what was typed: then no other page may take their place. */
  @property({ type: Boolean }) isAwaited = false
  @state() private methods: SignInMethods | null = null
  @state() private email: string | null = null
  @state() private errors: FormErrors = {}
  @state() private failure: Failure | null = null
  @state() private isBusy = false

  override connectedCallback(): void {
    super.connectedCallback()
    void this.askForMethods()
  }

  private async askForMethods(): Promise<void> {
    try {
      this.methods = await this.client.signIn.methods(AT_ONCE)
    } catch (error) {
      this.failure = failureOf(error)
    }
  }

  private readonly askForCode = async (event: SubmitEvent) => {
    event.preventDefault()
    const checked = SignInCodeRequest.safeParse(textsOf(event.target as HTMLFormElement))
    this.errors = checked.success ? {} : errorsOfIssues(checked.error.issues)
    if (!checked.success) return this.showWrong()
    await this.attempt(async () => {
      await this.client.signIn.requestCode(checked.data, AT_ONCE)
      this.email = checked.data.email
    })
    await this.updateComplete
    this.renderRoot.querySelector<HTMLElement>(this.email === null ? '#email' : '#code')?.focus()
  }

  private readonly verify = async (event: SubmitEvent) => {
    event.preventDefault()
    const { code = '' } = textsOf(event.target as HTMLFormElement)
    const checked = SignIn.safeParse({ email: this.email, code: code.replaceAll(/\D/g, '') })
    this.errors = checked.success ? {} : errorsOfIssues(checked.error.issues)
    if (!checked.success) return this.showWrong()
    await this.attempt(async () => {
      this.dispatchEvent(new SignedInEvent(await this.client.signIn.verifyCode(checked.data, AT_ONCE)))
    })
  }

  private readonly startOver = async () => {
    this.email = null
    this.errors = {}
    this.failure = null
    await this.updateComplete
    this.renderRoot.querySelector<HTMLElement>('#email')?.focus()
  }

  private async attempt(work: () => Promise<void>): Promise<void> {
    if (this.isBusy) return
    this.isBusy = true
    this.failure = null
    try {
      await work()
    } catch (error) {
      this.failure = failureOf(error)
    } finally {
      this.isBusy = false
    }
  }

  private async showWrong(): Promise<void> {
    this.failure = null
    await this.updateComplete
    focusFirstWrong(this.shadowRoot)
  }

  protected override render() {
    return html`<main class="card">
      <p class="brand"><img src="/icon.svg" alt="" width="36" height="36" />FISTWorks</p>
      <h1 tabindex="-1">${this.email === null ? 'Sign in' : 'Look into your mail'}</h1>
      ${this.notice && this.email === null ? html`<p class="notice caution" role="status">${this.notice}</p>` : nothing}
      ${this.email === null ? this.ways() : this.codeForm(this.email)}
    </main>`
  }

  private ways() {
    const { mailedCode = true, entra = null } = this.methods ?? {}
    if (!mailedCode && entra === null) {
      return html`<p class="notice caution">Nobody can sign in here yet. Whoever runs this server has to set up mail first.</p>`
    }
    return html`${mailedCode ? this.addressForm() : nothing}
      ${entra === null ? nothing : html`${mailedCode ? html`<p class="or">or</p>` : nothing}${this.providerLink(entra.name)}`}`
  }

  private providerLink(name: string) {
    const to = `${location.pathname}${location.search}`
    const link = html`<a class="button" href=${signInLink(to)} target=${this.isAwaited ? '_blank' : '_self'} rel="noopener">
      Continue with ${name}
    </a>`
    return this.isAwaited ? html`${link}<small>Opens in a new tab, so that what you typed here stays.</small>` : link
  }

  private addressForm() {
    return html`<form novalidate @submit=${this.askForCode}>
      ${textField({
        name: 'email',
        label: 'E-mail address',
        error: this.errors['email'],
        hint: 'We send you a one-time code. There is no password.',
        inputMode: 'email',
        autocomplete: 'email',
        isRequired: true,
        maxLength: 200,
      })}
      ${failureNotice(this.failure)}
      <button class="button primary" aria-disabled=${this.isBusy ? 'true' : 'false'}>${this.isBusy ? 'Sending…' : 'Send me a code'}</button>
    </form>`
  }

  private codeForm(email: string) {
    return html`<p>If ${email} belongs to an account, a code of eight digits is on its way. It works once, for ten minutes. If none comes, wait a quarter of an hour: only a few are sent to one address.</p>
      <form novalidate @submit=${this.verify}>
        ${textField({
          name: 'code',
          label: 'Code from the mail',
          error: this.errors['code'],
          inputMode: 'numeric',
          autocomplete: 'one-time-code',
          isRequired: true,
          maxLength: 20,
        })}
        ${failureNotice(this.failure)}
        <button class="button primary" aria-disabled=${this.isBusy ? 'true' : 'false'}>${this.isBusy ? 'Signing in…' : 'Sign in'}</button>
        <button type="button" class="button quiet" @click=${this.startOver}>Another address, or a new code</button>
      </form>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'portal-sign-in': SignInPage
  }
  interface HTMLElementEventMap {
    'portal-signed-in': SignedInEvent
  }
}
