import type { Member } from '@fistworks/contract'
import { html, nothing } from 'lit'
import { customElement } from 'lit/decorators.js'
import { failureNotice } from '../ui/failure.ts'
import { textField } from '../ui/field.ts'
import { textsOf } from '../ui/form-errors.ts'
import { Loader } from '../ui/loader.ts'
import { isLastOwner } from './last-owner.ts'
import { MembershipEvent } from './membership-event.ts'
import { MemberSection } from './member-section.ts'
import { agrees } from '../ui/question-dialog.ts'

/** Going away: the person from the organization, or its owner closes it. */
@customElement('portal-leaving')
export class LeavingSection extends MemberSection {
  private readonly members = new Loader(this, async () => (await this.client.members.list()).data)

  override connectedCallback(): void {
    super.connectedCallback()
    this.reload()
  }

  /** Reads anew who else owns the organization. */
  reload(): void {
    if (this.organization.role === 'owner' && this.may('members:read')) void this.members.load()
  }

  private readonly leave = async () => {
    const isSure = await agrees(this, {
      heading: `Leave ${this.organization.name}?`,
      text: 'Somebody has to invite you if you want to come back.',
      confirm: 'Leave',
      isDangerous: true,
    })
    if (!isSure) return
    await this.tell(async () => {
      await this.client.members.leave()
      this.dispatchEvent(new MembershipEvent(null))
      return `You have left ${this.organization.name}.`
    })
  }

  private readonly close = async (event: SubmitEvent) => {
    event.preventDefault()
    const { name = '' } = textsOf(event.target as HTMLFormElement)
    this.errors =
      name === this.organization.name ? {} : { name: 'must be the name of the organization, letter by letter' }
    if (name !== this.organization.name) return this.showWrong()
    await this.tell(async () => {
      await this.client.organizations.close(this.organization.id, { name })
      this.dispatchEvent(new MembershipEvent(this.organization.id))
      return 'The organization is being closed. You get a mail when its keys are destroyed.'
    })
  }

  protected override render() {
    return html`<section class="card stack" aria-labelledby="leaving">
      <h2 id="leaving">${this.may('organizations:close') ? 'Leave or close' : 'Leave'}</h2>
      ${failureNotice(this.failure)}
      ${this.said === '' ? nothing : html`<p class="notice positive" role="status">${this.said}</p>`}
      ${this.organization.role === 'owner' && this.may('members:read') ? this.members.show('who owns it', (members) => this.leaving(members)) : this.leaving([])}
      ${this.may('organizations:close') ? this.closing() : nothing}
    </section>`
  }

  private leaving(members: readonly Member[]) {
    const { name } = this.organization
    if (members.length > 0 && isLastOwner(this.organization, this.organization, members)) {
      return html`<p>You are the only owner of ${name}. To leave, make another member an owner first, or close it.</p>`
    }
    return html`<p>Leaving takes only you out.</p>
      <p><button type="button" class="button" @click=${this.leave}>Leave ${name}</button></p>`
  }

  private closing() {
    return html`<div class="notice critical stack">
      <h3>Close ${this.organization.name} for good</h3>
      <p>
        API keys, embedded pages and invitations end at once. Schedules end, and payments that still wait to go to the bank
        are canceled: they are not sent. A payment that is on its way, or of which nobody knows whether it arrived, is settled
        first. Then bank accounts, recipients’ accounts, bank logins and files
        become unreadable, for everybody and for ever. Only the audit log stays.
      </p>
      <form novalidate @submit=${this.close} @input=${this.onInput}>
        ${textField({ name: 'name', label: 'Name of the organization', hint: `Type ${this.organization.name}.`, error: this.errors['name'], maxLength: 200 })}
        <div class="actions">
          <button class="button" aria-disabled=${this.isBusy ? 'true' : 'false'}>
            ${this.isBusy ? 'Waiting…' : 'Close the organization'}
          </button>
        </div>
      </form>
    </div>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'portal-leaving': LeavingSection
  }
}
