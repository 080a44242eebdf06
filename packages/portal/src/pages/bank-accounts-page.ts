import { type BankAccount, maskedAccountNumber } from '@fistworks/contract'
import { html, nothing } from 'lit'
import { customElement } from 'lit/decorators.js'
import { pageStyles } from '../styles/page-styles.ts'
import { tableStyles } from '../styles/table-styles.ts'
import { Loader } from '../ui/loader.ts'
import { PortalPage } from './portal-page.ts'

@customElement('portal-bank-accounts')
export class BankAccountsPage extends PortalPage {
  static override styles = [pageStyles, tableStyles]

  private readonly accounts = new Loader(this, async () => {
    const [accounts, connections] = await Promise.all([
      this.client.bankAccounts.list({ limit: 200 }),
      this.client.bankConnections.list({ limit: 200 }),
    ])
    return { accounts: accounts.data, connections: connections.data }
  })

  override connectedCallback(): void {
    super.connectedCallback()
    void this.accounts.load()
  }

  private get mayWrite(): boolean {
    return this.may('bank-accounts:write')
  }

  protected override render() {
    return this.accounts.show('bank accounts', ({ accounts, connections }) => {
      if (connections.length === 0) return this.needsConnection()
      if (accounts.length === 0) return this.empty()
      const nameOf = (id: string) =>
        connections.find((connection) => connection.id === id)?.name ?? 'Archived connection'
      return html`<div class="bar">
          <p class="muted">Accounts payments are made from.</p>
          ${this.mayWrite ? html`<a class="button primary" href="/bank-accounts/new">Add a bank account</a>` : nothing}
        </div>
        <section class="card" aria-label="Bank accounts">
          <table>
            <thead>
              <tr>
                <th scope="col">Account</th>
                <th scope="col">Number</th>
                <th scope="col">Company</th>
                <th scope="col">Sent through</th>
              </tr>
            </thead>
            <tbody>
              ${accounts.map((account) => this.row(account, nameOf(account.bankConnectionId)))}
            </tbody>
          </table>
        </section>`
    })
  }

  private row(account: BankAccount, connectionName: string) {
    const isArchived = account.archivedAt !== null
    const name =
      this.mayWrite && !isArchived ? html`<a href="/bank-accounts/${account.id}">${account.name}</a>` : account.name
    return html`<tr>
      <td class="main">
        <strong>${name}</strong> ${isArchived ? html`<span class="badge">Archived</span>` : nothing}
        <small>${account.accountType}</small>
      </td>
      <td data-label="Number">
        <span>${maskedAccountNumber(account.accountNumberLast4)}<small>${account.routingNumberMasked}</small></span>
      </td>
      <td data-label="Company"><span>${account.companyName}<small>${account.companyId}</small></span></td>
      <td data-label="Sent through">${connectionName}</td>
    </tr>`
  }

  private needsConnection() {
    return html`<section class="card empty">
      <h2>Connect your bank first</h2>
      <p>Payments reach a bank through its connection, so the connection comes first.</p>
      ${
        this.may('bank-connections:write')
          ? html`<a class="button primary" href="/bank-connections/new">Connect a bank</a>`
          : html`<p>Ask an administrator to set it up.</p>`
      }
    </section>`
  }

  private empty() {
    return html`<section class="card empty">
      <h2>No bank account yet</h2>
      <p>Add the account you pay from. Its number is sealed as soon as it is saved, and shown masked from then on.</p>
      ${
        this.mayWrite
          ? html`<a class="button primary" href="/bank-accounts/new">Add a bank account</a>`
          : html`<p>Ask an administrator to add it.</p>`
      }
    </section>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'portal-bank-accounts': BankAccountsPage
  }
}
