import { type Invitation, InvitationCreate, type Role } from '@fistworks/contract'
import { html, nothing } from 'lit'
import { customElement } from 'lit/decorators.js'
import { failureNotice } from '../ui/failure.ts'
import { selectField, textField } from '../ui/field.ts'
import { errorsOfIssues, textsOf } from '../ui/form-errors.ts'
import { Loader } from '../ui/loader.ts'
import { MemberSection } from './member-section.ts'
import { dayOf, ROLE_WORDS, roleName } from './role-words.ts'

const TONES: Readonly<Record<Invitation['status'], string>> = {
  pending: 'caution',
  accepted: 'positive',
  revoked: '',
  expired: 'critical',
}

/** Whom the organization has asked to come. */
@customElement('portal-invitations')
export class InvitationsSection extends MemberSection {
  private readonly invitations = new Loader(this, async () => (await this.client.invitations.list()).data)

  override connectedCallback(): void {
    super.connectedCallback()
    void this.invitations.load()
  }

  private readonly invite = async (event: SubmitEvent) => {
    event.preventDefault()
    const form = event.target as HTMLFormElement
    const texts = textsOf(form)
    const checked = InvitationCreate.safeParse({ email: texts['email'], role: texts['role'] })
    this.errors = checked.success ? {} : errorsOfIssues(checked.error.issues, texts)
    if (!checked.success) return this.showWrong()
    await this.tell(async () => {
      const { email, expiresAt } = await this.client.invitations.create(checked.data)
      form.reset()
      return `A link is on its way to ${email}. It works until ${dayOf(expiresAt)}.`
    })
    await this.invitations.load()
  }

  private readonly resend = async ({ id, email }: Invitation) => {
    await this.tell(async () => {
      await this.client.invitations.resend(id)
      return `A new link is on its way to ${email}; the one before works no more.`
    })
    await this.invitations.load()
  }

  private readonly revoke = async ({ id, email }: Invitation) => {
    await this.tell(async () => {
      await this.client.invitations.revoke(id)
      return `The invitation of ${email} is taken back.`
    })
    await this.invitations.load()
  }

  protected override render() {
    return html`<section class="card stack" aria-labelledby="invitations">
      <h2 id="invitations">Invitations</h2>
      <p>Whoever is invited gets a link by mail, and signs in with that address to accept.</p>
      ${failureNotice(this.failure)}
      ${this.said === '' ? nothing : html`<p class="notice positive" role="status">${this.said}</p>`}
      ${this.may('members:write') ? this.form() : nothing}
      ${this.invitations.show('invitations', (invitations) =>
        invitations.length === 0 ? html`<p class="muted">Nobody was invited yet.</p>` : this.table(invitations),
      )}
    </section>`
  }

  private form() {
    const { owner, ...others } = ROLE_WORDS
    const choices = this.organization.role === 'owner' ? { ...others, owner } : others
    return html`<form class="add" novalidate @submit=${this.invite} @input=${this.onInput}>
      ${textField({ name: 'email', label: 'E-mail address', error: this.errors['email'], inputMode: 'email', maxLength: 200 })}
      ${selectField({ name: 'role', label: 'Role', value: 'viewer' satisfies Role, choices, error: this.errors['role'] })}
      <button class="button primary" aria-disabled=${this.isBusy ? 'true' : 'false'}>
        ${this.isBusy ? 'Waiting…' : 'Invite'}
      </button>
    </form>`
  }

  private table(invitations: readonly Invitation[]) {
    return html`<table>
      <thead>
        <tr>
          <th scope="col">Address</th>
          <th scope="col">Role</th>
          <th scope="col">Works until</th>
          <th scope="col">State</th>
          <th scope="col" class="end"><span class="muted">Actions</span></th>
        </tr>
      </thead>
      <tbody>
        ${invitations.map(
          (invitation) => html`<tr>
            <td class="main"><strong>${invitation.email}</strong><small>invited by ${invitation.invitedBy}</small></td>
            <td data-label="Role">${roleName(invitation.role)}</td>
            <td data-label="Works until">${dayOf(invitation.expiresAt)}</td>
            <td data-label="State"><span class="badge ${TONES[invitation.status]}">${invitation.status}</span></td>
            <td class="end">${this.actions(invitation)}</td>
          </tr>`,
        )}
      </tbody>
    </table>`
  }

  private actions(invitation: Invitation) {
    const isTheirs = invitation.role !== 'owner' || this.organization.role === 'owner'
    if (invitation.status !== 'pending' || !this.may('members:write') || !isTheirs) return nothing
    return html`<button type="button" class="button quiet" aria-label="Mail ${invitation.email} again" @click=${() => this.resend(invitation)}>
        Mail again
      </button>
      <button type="button" class="button quiet" aria-label="Take back the invitation of ${invitation.email}" @click=${() => this.revoke(invitation)}>
        Take back
      </button>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'portal-invitations': InvitationsSection
  }
}
