import type { UserIdentity, UserIdentityList } from '@fistworks/contract'
import { html, nothing } from 'lit'
import { customElement, state } from 'lit/decorators.js'
import { FormPage } from '../pages/form-page.ts'
import { formStyles } from '../styles/form-styles.ts'
import { pageStyles } from '../styles/page-styles.ts'
import { tableStyles } from '../styles/table-styles.ts'
import { failureNotice } from '../ui/failure.ts'
import { Loader } from '../ui/loader.ts'
import { keepErrand, PROVIDER_PATH } from './errand.ts'
import { agrees } from '../ui/question-dialog.ts'

/** The part of a person's account that says which accounts of the identity provider sign them in. */
@customElement('portal-connected-accounts')
export class ConnectedAccounts extends FormPage {
  static override styles = [pageStyles, formStyles, tableStyles]

  @state() private said = ''
  private readonly list = new Loader(this, () => this.client.identities.list())
  /** How a page leaves; a test puts something else here. */
  leaveFor = (path: string) => location.assign(path)

  override connectedCallback(): void {
    super.connectedCallback()
    void this.list.load()
  }

  private readonly connect = () =>
    this.try(async () => {
      const challenge = await this.client.identities.begin()
      keepErrand({ purpose: 'connect', to: '/account', challenge })
      this.leaveFor(PROVIDER_PATH)
    })

  private async disconnect({ id, label }: UserIdentity): Promise<void> {
    const question = { heading: `Remove “${label}”?`, text: 'It signs you in no more.', confirm: 'Remove' }
    if (!(await agrees(this, { ...question, isDangerous: true }))) return
    return this.try(async () => {
      await this.client.identities.remove(id)
      this.said = `“${label}” was removed.`
      await this.list.load()
    })
  }

  private async try(change: () => Promise<void>): Promise<void> {
    this.failure = null
    this.said = ''
    await this.attempt(change)
  }

  protected override render() {
    return this.list.show('connected accounts', (list) => this.section(list))
  }

  /** Where there is no provider and nothing is connected there is nothing to tell. */
  private section({ data, provider }: UserIdentityList) {
    if (provider === null && data.length === 0) return nothing
    return html`<section class="card stack" aria-labelledby="connected">
      <h2 id="connected">Connected accounts</h2>
      <p>
        A connected account signs you in without a mailed code. It is known by the number its provider gave it; its
        e-mail address plays no part. What asks for a proof that it is you asks for it afterwards too.
      </p>
      ${failureNotice(this.failure)}
      ${this.said === '' ? nothing : html`<p class="notice positive" role="status">${this.said}</p>`}
      ${data.length === 0 ? html`<p class="muted">No account is connected yet.</p>` : this.table(data)}
      ${
        provider === null
          ? nothing
          : html`<p><button type="button" class="button" aria-disabled=${this.isBusy ? 'true' : 'false'} @click=${this.connect}>
              Connect a ${provider} account
            </button></p>`
      }
    </section>`
  }

  private table(accounts: readonly UserIdentity[]) {
    return html`<table>
      <thead>
        <tr>
          <th scope="col">Account</th>
          <th scope="col">Connected</th>
          <th scope="col">Last used</th>
          <th scope="col" class="end"><span class="muted">Actions</span></th>
        </tr>
      </thead>
      <tbody>
        ${accounts.map(
          (account) => html`<tr>
            <td class="main"><strong>${account.label}</strong></td>
            <td data-label="Connected">${dayOf(account.createdAt)}</td>
            <td data-label="Last used">${account.lastUsedAt === null ? 'Never' : dayOf(account.lastUsedAt)}</td>
            <td class="end">
              <button type="button" class="button quiet" aria-label="Remove ${account.label}" @click=${() => this.disconnect(account)}>
                Remove
              </button>
            </td>
          </tr>`,
        )}
      </tbody>
    </table>`
  }
}

const dayOf = (instant: string) =>
  new Date(instant).toLocaleDateString('en-US', { year: 'numeric', month: 'short', day: 'numeric' })

declare global {
  interface HTMLElementTagNameMap {
    'portal-connected-accounts': ConnectedAccounts
  }
}
