import type { Member, Role } from '@fistworks/contract'
import { html, nothing } from 'lit'
import { customElement } from 'lit/decorators.js'
import { failureNotice } from '../ui/failure.ts'
import { Loader } from '../ui/loader.ts'
import { MemberSection } from './member-section.ts'
import { dayOf, ROLE_WORDS, roleName } from './role-words.ts'

/** Who belongs to the organization; owners and administrators change it here. */
@customElement('portal-members')
export class MembersSection extends MemberSection {
  private readonly members = new Loader(this, async () => (await this.client.members.list()).data)

  override connectedCallback(): void {
    super.connectedCallback()
    void this.members.load()
  }

  private readonly onRole = async (member: Member, event: Event) => {
    event.stopPropagation()
    const select = event.target as HTMLSelectElement
    const role = select.value as Role
    const asked = `Make ${member.name} ${role}? They are signed out, and whom they invited has to be invited anew.`
    if (!confirm(asked)) {
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

  private readonly onRemove = async (member: Member) => {
    if (!confirm(`Remove ${member.name} from ${this.organization.name}? They are signed out at once.`)) return
    await this.tell(async () => {
      await this.client.members.remove(member.id)
      return `${member.name} was removed.`
    })
    await this.members.load()
  }

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
        ${members.map((member) => this.row(member))}
      </tbody>
    </table>`
  }

  private row(member: Member) {
    const mayChange = this.mayChange(member)
    return html`<tr>
      <td class="main">
        <strong>${member.name}</strong>
        ${member.hasSecondFactor ? nothing : html`<span class="badge critical">No second factor</span>`}
        <small>${member.email}</small>
      </td>
      <td data-label="Role">${mayChange ? this.roleChoice(member) : roleName(member.role)}</td>
      <td data-label="In this role since">${dayOf(member.roleSince)}</td>
      <td data-label="Last worked here">${member.lastUsedAt === null ? 'Never' : dayOf(member.lastUsedAt)}</td>
      <td class="end">
        ${
          mayChange
            ? html`<button type="button" class="button quiet" aria-label="Remove ${member.name}" @click=${() => this.onRemove(member)}>
              Remove
            </button>`
            : nothing
        }
      </td>
    </tr>`
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

declare global {
  interface HTMLElementTagNameMap {
    'portal-members': MembersSection
  }
}
