import {
  type BankAccount,
  BankAccountCreate,
  BankAccountUpdate,
  type BankConnection,
  maskedAccountNumber,
} from '@fistworks/contract'
import { html, nothing } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { failureNotice } from '../ui/failure.ts'
import { selectField, textField } from '../ui/field.ts'
import { errorsOfIssues, textsOf } from '../ui/form-errors.ts'
import { Loader } from '../ui/loader.ts'
import '../ui/number-field.ts'
import { FormPage } from './form-page.ts'
import { agrees } from '../ui/question-dialog.ts'

/** Adds a bank account, or changes one: numbers that are left empty stay as they are. */
@customElement('portal-bank-account')
export class BankAccountPage extends FormPage {
  @property({ attribute: false }) accountId: string | null = null

  private readonly data = new Loader(this, async () => {
    const [connections, account] = await Promise.all([
      this.client.bankConnections.list({ limit: 200 }),
      this.accountId === null ? null : this.client.bankAccounts.retrieve(this.accountId),
    ])
    return { connections: connections.data, account }
  })

  override connectedCallback(): void {
    super.connectedCallback()
    void this.data.load()
  }

  private readonly save = async (event: SubmitEvent) => {
    event.preventDefault()
    const texts = textsOf(event.target as HTMLFormElement)
    for (const field of this.renderRoot.querySelectorAll('portal-number-field')) {
      const number = field.read()
      if (number !== '' || this.accountId === null) texts[field.name] = number
    }
    const checked = (this.accountId === null ? BankAccountCreate : BankAccountUpdate).safeParse(texts)
    this.failure = null
    this.errors = checked.success ? {} : errorsOfIssues(checked.error.issues, texts)
    if (!checked.success) return this.showWrong()
    await this.attempt(async () => {
      if (this.accountId === null) await this.client.bankAccounts.create(BankAccountCreate.parse(texts))
      else await this.client.bankAccounts.update(this.accountId, BankAccountUpdate.parse(texts))
      this.go('/bank-accounts')
    })
  }

  private readonly archive = async () => {
    const id = this.accountId
    if (id === null) return
    const isSure = await agrees(this, {
      heading: 'Archive this bank account?',
      text: 'New payments cannot be made from it any more.',
      confirm: 'Archive',
      isDangerous: true,
    })
    if (!isSure) return
    await this.attempt(async () => {
      await this.client.bankAccounts.archive(id)
      this.go('/bank-accounts')
    })
  }

  protected override render() {
    return html`<p class="bar"><a href="/bank-accounts">All bank accounts</a></p>
      ${this.may('bank-accounts:write') ? this.data.show('the bank account', ({ connections, account }) => this.form(connections, account)) : this.lookOnly()}`
  }

  private form(connections: BankConnection[], account: BankAccount | null) {
    const error = (name: string) => this.errors[name]
    const usable = connections.filter(({ id, archivedAt }) => archivedAt === null || id === account?.bankConnectionId)
    const choices = Object.fromEntries(usable.map(({ id, name }) => [id, name]))
    return html`<form novalidate @submit=${this.save} @input=${this.onInput}>
      <section class="card">
        <h2>The account</h2>
        <div class="fields">
          ${textField({ name: 'name', label: 'Name', value: account?.name ?? '', hint: 'How you call it, such as Operating.', error: error('name'), isRequired: true, maxLength: 100 })}
          ${selectField({ name: 'bankConnectionId', label: 'Sent through', value: account?.bankConnectionId ?? '', choices, error: error('bankConnectionId') })}
          ${this.numberFields(account)}
          ${selectField({ name: 'accountType', label: 'Kind', value: account?.accountType ?? 'checking', choices: { checking: 'Checking', savings: 'Savings' }, error: error('accountType') })}
        </div>
      </section>
      <section class="card">
        <h2>Your company, as the bank knows it</h2>
        <div class="fields">
          ${textField({ name: 'companyName', label: 'Company name', value: account?.companyName ?? '', hint: 'What receivers read, at most 16 characters.', error: error('companyName'), isRequired: true })}
          ${textField({ name: 'companyId', label: 'Company id', value: account?.companyId ?? '', hint: 'The bank gives it: often 1 and your EIN, at most 10 characters.', error: error('companyId'), isRequired: true })}
        </div>
      </section>
      ${failureNotice(this.failure)}
      <div class="actions">
        <button class="button primary" aria-disabled=${this.isBusy ? 'true' : 'false'}>${account === null ? 'Add the account' : 'Save changes'}</button>
        <a class="button" href="/bank-accounts">Cancel</a>
        ${
          account === null || account.archivedAt !== null
            ? nothing
            : html`<button type="button" class="button quiet" aria-disabled=${this.isBusy ? 'true' : 'false'} @click=${this.archive}>Archive</button>`
        }
      </div>
    </form>`
  }

  private numberFields(account: BankAccount | null) {
    const keep = (masked: string) => `Now ${masked}. Leave it empty to keep it.`
    return html`<portal-number-field
        name="routingNumber"
        kind="routing"
        .label=${'Routing number'}
        .hint=${account === null ? 'Nine digits; for ACH, not for wires.' : keep(account.routingNumberMasked)}
        .error=${this.errors['routingNumber'] ?? ''}
        ?required=${account === null}
      ></portal-number-field>
      <portal-number-field
        name="accountNumber"
        kind="account"
        .label=${'Account number'}
        .hint=${account === null ? 'Sealed when saved; nobody reads it afterwards.' : keep(maskedAccountNumber(account.accountNumberLast4))}
        .error=${this.errors['accountNumber'] ?? ''}
        ?required=${account === null}
      ></portal-number-field>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'portal-bank-account': BankAccountPage
  }
}
