import { InvitationAccept, type InvitationOffer, type PortalSession } from '@fistworks/contract'
import { html } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { FormPage } from '../pages/form-page.ts'
import { failureNotice } from '../ui/failure.ts'
import { textField } from '../ui/field.ts'
import { errorsOfIssues, textsOf } from '../ui/form-errors.ts'
import { Loader } from '../ui/loader.ts'
import { MembershipEvent } from './membership-event.ts'
import { dayOf } from './role-words.ts'

/**
 * Where the link of an invitation leads. Its secret stands behind the `#`, is taken out of the address at once, and
 * kept by nothing but this page.
 */
@customElement('portal-accept-invitation')
export class AcceptInvitation extends FormPage {
  @property({ attribute: false }) session!: PortalSession
  #secret = ''
  private readonly offer = new Loader(this, () => this.client.invitations.preview({ secret: this.#secret }))

  override connectedCallback(): void {
    super.connectedCallback()
    if (location.hash !== '') this.#secret = location.hash.slice(1)
    history.replaceState(history.state, '', location.pathname)
    void this.offer.load()
  }

  private readonly accept = async (event: SubmitEvent) => {
    event.preventDefault()
    const texts = textsOf(event.target as HTMLFormElement)
    const checked = InvitationAccept.safeParse({ secret: this.#secret, name: texts['name'] })
    this.failure = null
    this.errors = checked.success ? {} : errorsOfIssues(checked.error.issues, texts)
    if (!checked.success) return this.showWrong()
    await this.attempt(async () => {
      const before = new Set(this.session.organizations.map(({ id }) => id))
      const { organizations } = await this.client.invitations.accept(checked.data)
      this.settle()
      this.dispatchEvent(new MembershipEvent(organizations.find(({ id }) => !before.has(id))?.id ?? null))
    })
  }

  protected override render() {
    return html`<div class="stack">
      <h1 tabindex="-1">Invitation</h1>
      <p class="muted">You are signed in as ${this.session.user.email}.</p>
      ${this.offer.show('the invitation', (offer) => this.form(offer))}
    </div>`
  }

  private form({ organizationName, role, invitedBy, expiresAt }: InvitationOffer) {
    return html`<p>
        ${invitedBy} invites you to work in <strong>${organizationName}</strong> as <strong>${role}</strong>. You can
        accept until ${dayOf(expiresAt)}.
      </p>
      ${failureNotice(this.failure)}
      <form novalidate @submit=${this.accept} @input=${this.onInput}>
        ${textField({ name: 'name', label: 'Your name', value: this.session.user.name, hint: 'As the others see you.', error: this.errors['name'], maxLength: 100 })}
        <div class="actions">
          <button class="button primary" aria-disabled=${this.isBusy ? 'true' : 'false'}>
            ${this.isBusy ? 'Waiting…' : 'Accept the invitation'}
          </button>
          <a class="button quiet" href="/">Not now</a>
        </div>
      </form>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'portal-accept-invitation': AcceptInvitation
  }
}
