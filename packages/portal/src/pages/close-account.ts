import { AccountClosing } from '@fistworks/contract'
import { html } from 'lit'
import { customElement } from 'lit/decorators.js'
import { failureNotice } from '../ui/failure.ts'
import { textField } from '../ui/field.ts'
import { errorsOfIssues, textsOf } from '../ui/form-errors.ts'
import { FormPage } from './form-page.ts'

/** A person ends their own account. */
@customElement('portal-close-account')
export class CloseAccount extends FormPage {
  private readonly close = async (event: SubmitEvent) => {
    event.preventDefault()
    const { confirm = '', reason = '' } = textsOf(event.target as HTMLFormElement)
    const checked = AccountClosing.safeParse({ confirm, ...(reason === '' ? {} : { reason }) })
    this.failure = null
    this.errors = checked.success ? {} : errorsOfIssues(checked.error.issues)
    if (!checked.success) return this.showWrong()
    await this.attempt(async () => {
      await this.client.account.close(checked.data)
      this.settle()
      this.dispatchEvent(new Event('portal-account-closed', { bubbles: true, composed: true }))
    })
  }

  protected override render() {
    return html`<section class="card stack" aria-labelledby="closing">
      <h2 id="closing">Close your account</h2>
      <p>
        You leave every organization and are signed out everywhere; your passkeys and connected accounts are forgotten.
        What you did stays in the audit logs. If you are the only owner of an organization, make somebody else an owner
        or close it first.
      </p>
      ${failureNotice(this.failure)}
      <form novalidate @submit=${this.close} @input=${this.onInput}>
        <div class="fields">
          ${textField({ name: 'confirm', label: 'To confirm', hint: 'Type CLOSE.', error: this.errors['confirm'], maxLength: 10 })}
          ${textField({ name: 'reason', label: 'Why (if you like)', error: this.errors['reason'], maxLength: 100 })}
        </div>
        <div class="actions">
          <button class="button" aria-disabled=${this.isBusy ? 'true' : 'false'}>
            ${this.isBusy ? 'Waiting…' : 'Close my account'}
          </button>
        </div>
      </form>
    </section>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'portal-close-account': CloseAccount
  }
}
