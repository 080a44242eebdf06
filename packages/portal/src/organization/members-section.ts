import type { Member, Role } from '@fistworks/contract'
import { html, nothing } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { failureNotice } from '../ui/failure.ts'
import { Loader } from '../ui/loader.ts'
import { isLastOwner } from './last-owner.ts'
import { MemberSection } from './member-section.ts'
import { dayOf, ROLE_WORDS, roleName } from './role-words.ts'
import { agrees, type Question } from '../ui/question-dialog.ts'

/** Who belongs to the organization; owners and administrators change it here. */
@customElement('portal-members')
export class MembersSection extends MemberSection {
  /** The person who looks. */
  @property({ attribute: false }) userId = ''
  private readonly members = new Loader(this, async () => (await this.client.members.list()).data)

  override connectedCallback(): void {
    super.connectedCallback()
    this.reload()
  }

  /** Reads anew: an access review takes members away, too. */
  reload(): void {
    void this.members.load()
  }

  private readonly onRole = async (member: Member, event: Event) => {
    event.stopPropagation()
    const select = event.target as HTMLSelectElement
    const role = select.value as Role
    const isSure = await agrees(this, {
      heading: `Make ${member.name} ${role}?`,
      text: 'They are signed out, and whom they invited has to be invited anew.',
      confirm: 'Change the role',
    })
    if (!isSure) {
      select.value = member.role
      return
    }
    await this.tell(async () => {
      await this.client.members.changeRole(member.id, { role })
      return `${member.name} is ${role} now.`
    })
    await this.members.load()
    select.value = this.members.value?.find(({ id }) => id === member.id)?.role ?? role
  }

  private async decide(question: Question, change: () => Promise<void>, said: string): Promise<void> {
    if (!(await agrees(this, { ...question, isDangerous: true }))) return
    await this.tell(async () => {
      await change()
      return said
    })
    await this.members.load()
  }

  private readonly onRemove = ({ id, name }: Member) =>
    this.decide(
      {
        heading: `Remove ${name} from ${this.organization.name}?`,
        text: 'They are signed out at once.',
        confirm: 'Remove',
      },
      () => this.client.members.remove(id),
      `${name} was removed.`,
    )

  private readonly onEndSessions = ({ id, name }: Member) =>
    this.decide(
      {
        heading: `Sign ${name} out wherever they are signed in?`,
        text: 'They can sign in again.',
        confirm: 'Sign them out',
      },
      () => this.client.members.endSessions(id),
      `${name} is signed out everywhere.`,
    )

  private readonly onReset = ({ id, name }: Member) =>
    this.decide(
      {
        heading: `Take away the passkeys, the authenticator app and the recovery codes of ${name}?`,
        text: 'Do so only when you know it is they who ask. They are signed out, get a mail, and set up new ones after they sign in.',
        confirm: 'Take them away',
      },
      () => this.client.members.resetSecondFactors(id),
      `${name} has nothing to confirm with any more, and was told by mail.`,
    )

  /** About owners only owners decide. */
  private mayChange(member: Member): boolean {
    return this.may('members:write') && (member.role !== 'owner' || this.organization.role === 'owner')
  }

  protected override render() {
    return html`<section class="card stack" aria-labelledby="members">
      <h2 id="members">Members</h2>
      ${failureNotice(this.failure)}
      ${this.said === '' ? nothing : html`<p class="notice positive" role="status">${this.said}</p>`}
      ${this.members.show('members', (members) => this.table(members))}
    </section>`
  }

  private table(members: readonly Member[]) {
    return html`<table>
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col">Role</th>
          <th scope="col">In this role since</th>
          <th scope="col">Last worked here</th>
          <th scope="col" class="end"><span class="muted">Actions</span></th>
        </tr>
      </thead>
      <tbody>
        ${members.map((member) => this.row(member, isLastOwner(this.organization, member, members)))}
      </tbody>
    </table>`
  }

  private row(member: Member, isLast: boolean) {
    const mayChange = this.mayChange(member)
    return html`<tr>
      <td class="main">
        <strong>${member.name}</strong>
        ${member.id === this.userId ? html`<span class="badge">You</span>` : nothing}
        ${member.hasSecondFactor ? nothing : html`<span class="badge critical">No second factor</span>`}
        <small>${member.email}</small>
        ${isLast && mayChange ? html`<small>The only owner: make somebody else an owner before this can change.</small>` : nothing}
      </td>
      <td data-label="Role">${mayChange && !isLast ? this.roleChoice(member) : roleName(member.role)}</td>
      <td data-label="In this role since">${dayOf(member.roleSince)}</td>
      <td data-label="Last worked here">${member.lastUsedAt === null ? 'Never' : dayOf(member.lastUsedAt)}</td>
      <td class="end">${mayChange && member.id !== this.userId ? this.actions(member) : nothing}</td>
    </tr>`
  }

  private readonly onKey = (event: KeyboardEvent) => {
    if (event.key === 'Escape') leaveMenu(event)
  }

  private readonly onFocusOut = (event: FocusEvent) => {
    const next = event.relatedTarget
    if (next instanceof Node && !menuOf(event)?.contains(next)) menuOf(event)?.removeAttribute('open')
  }

  /** Nobody does this to themselves: one leaves, and somebody else takes away what one has lost. */
  private actions(member: Member) {
    return html`<details @focusout=${this.onFocusOut} @keydown=${this.onKey}>
      <summary class="button quiet" aria-label="Actions for ${member.name}">Actions</summary>
      <div class="menu" @click=${leaveMenu}>
      ${this.action(member, 'Sign out everywhere', () => this.onEndSessions(member))}
      ${member.hasSecondFactor ? this.action(member, 'Reset second factors', () => this.onReset(member)) : nothing}
      ${this.action(member, 'Remove', () => this.onRemove(member))}
      </div>
    </details>`
  }

  private action({ name }: Member, words: string, act: () => Promise<void>) {
    return html`<button type="button" class="button quiet" aria-label="${words}: ${name}" @click=${act}>${words}</button>`
  }

  private roleChoice(member: Member) {
    const roles = (Object.keys(ROLE_WORDS) as Role[]).filter(
      (role) => role !== 'owner' || this.organization.role === 'owner',
    )
    return html`<select
      aria-label="Role of ${member.name}"
      @input=${(event: Event) => event.stopPropagation()}
      @change=${(event: Event) => this.onRole(member, event)}
    >
      ${roles.map((role) => html`<option value=${role} ?selected=${role === member.role}>${roleName(role)}</option>`)}
    </select>`
  }
}

const menuOf = ({ currentTarget }: Event) => (currentTarget as HTMLElement).closest('details')

/** Closes it, and the focus is where it was opened. */
function leaveMenu(event: Event): void {
  const menu = menuOf(event)
  menu?.removeAttribute('open')
  menu?.querySelector('summary')?.focus()
}

declare global {
  interface HTMLElementTagNameMap {
    'portal-members': MembersSection
  }
}
