import { OrganizationCreate } from '@fistworks/contract'
import { html } from 'lit'
import { customElement } from 'lit/decorators.js'
import { FormPage } from '../pages/form-page.ts'
import { failureNotice } from '../ui/failure.ts'
import { textField } from '../ui/field.ts'
import { errorsOfIssues, textsOf } from '../ui/form-errors.ts'
import { MembershipEvent } from './membership-event.ts'

/** A person founds an organization and owns it. Its client names no organization. */
@customElement('portal-found-organization')
export class FoundOrganization extends FormPage {
  private readonly found = async (event: SubmitEvent) => {
    event.preventDefault()
    const texts = textsOf(event.target as HTMLFormElement)
    const checked = OrganizationCreate.safeParse(texts)
    this.failure = null
    this.errors = checked.success ? {} : errorsOfIssues(checked.error.issues, texts)
    if (!checked.success) return this.showWrong()
    await this.attempt(async () => {
      const { id } = await this.client.organizations.create(checked.data)
      this.settle()
      this.dispatchEvent(new MembershipEvent(id))
    })
  }

  protected override render() {
    return html`${failureNotice(this.failure)}
      <form novalidate @submit=${this.found} @input=${this.onInput}>
        ${textField({ name: 'name', label: 'Name of your organization', hint: 'The company that pays. You become its owner.', error: this.errors['name'], maxLength: 100 })}
        <div class="actions">
          <button class="button primary" aria-disabled=${this.isBusy ? 'true' : 'false'}>
            ${this.isBusy ? 'Waiting…' : 'Create the organization'}
          </button>
        </div>
      </form>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'portal-found-organization': FoundOrganization
  }
}
