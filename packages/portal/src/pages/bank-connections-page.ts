import type { BankConnection } from '@fistworks/contract'
import { html, nothing } from 'lit'
import { customElement } from 'lit/decorators.js'
import { pageStyles } from '../styles/page-styles.ts'
import { tableStyles } from '../styles/table-styles.ts'
import { Loader } from '../ui/loader.ts'
import './deliveries-switch.ts'
import { PortalPage } from './portal-page.ts'

@customElement('portal-bank-connections')
export class BankConnectionsPage extends PortalPage {
  static override styles = [pageStyles, tableStyles]

  private readonly connections = new Loader(
    this,
    async () => (await this.client.bankConnections.list({ limit: 200 })).data,
  )

  override connectedCallback(): void {
    super.connectedCallback()
    void this.connections.load()
  }

  protected override render() {
    const add = this.may('bank-connections:write')
      ? html`<a class="button primary" href="/bank-connections/new">Connect a bank</a>`
      : nothing
    return html`<portal-deliveries
        .client=${this.client}
        .scopes=${this.scopes}
        .hasControls=${true}
      ></portal-deliveries>
      ${this.table(add)}`
  }

  private table(add: unknown) {
    return this.connections.show('bank connections', (data) =>
      data.length === 0
        ? html`<section class="card empty">
            <h2>No bank connected yet</h2>
            <p>
              Have your bank’s SFTP letter at hand: it names the address, the login, the host key’s fingerprint and what
              the file header must say.
            </p>
            ${add}
          </section>`
        : html`<div class="bar">
              <p class="muted">How files reach your banks.</p>
              ${add}
            </div>
            <section class="card" aria-label="Bank connections">
              <table>
                <thead>
                  <tr>
                    <th scope="col">Bank</th>
                    <th scope="col">Address</th>
                    <th scope="col">Login</th>
                    <th scope="col">Folder</th>
                  </tr>
                </thead>
                <tbody>
                  ${data.map((connection) => this.row(connection))}
                </tbody>
              </table>
            </section>`,
    )
  }

  private row(connection: BankConnection) {
    return html`<tr>
      <td class="main">
        <strong>
          ${
            this.may('bank-connections:write') && connection.archivedAt === null
              ? html`<a href="/bank-connections/${connection.id}">${connection.name}</a>`
              : connection.name
          }
        </strong>
        ${connection.archivedAt === null ? nothing : html`<span class="badge">Archived</span>`}
      </td>
      <td data-label="Address"><span>${connection.host}<small>Port ${connection.port}</small></span></td>
      <td data-label="Login">
        <span>${connection.username}<small>${connection.authenticationMethod === 'password' ? 'Password' : 'Private key'}</small></span>
      </td>
      <td data-label="Folder"><span class="code">${connection.uploadDirectory}</span></td>
    </tr>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'portal-bank-connections': BankConnectionsPage
  }
}
