import { formatCents, type Return } from '@fistworks/contract'
import { html, nothing } from 'lit'
import { customElement, state } from 'lit/decorators.js'
import { dayOf } from '../organization/role-words.ts'
import { PortalPage } from '../pages/portal-page.ts'
import { pageStyles } from '../styles/page-styles.ts'
import { tableStyles } from '../styles/table-styles.ts'
import { failureNotice, type Failure, failureOf } from '../ui/failure.ts'
import { Loader } from '../ui/loader.ts'
import { againInWords, KIND_WORDS } from './return-words.ts'
import { returnsStyles, returnsTabs } from './returns-tabs.ts'

const PAGE = 50

/** What banks said about payments, newest first. */
@customElement('portal-returns')
export class ReturnsPage extends PortalPage {
  static override styles = [pageStyles, tableStyles, returnsStyles]

  @state() private isUnmatchedOnly = false
  @state() private failure: Failure | null = null

  private readonly returns = new Loader(this, async () => {
    const { data, nextCursor } = await this.client.returns.list(this.query(null))
    return { data, nextCursor }
  })

  override connectedCallback(): void {
    super.connectedCallback()
    void this.returns.load()
  }

  private query(after: string | null) {
    return {
      limit: PAGE,
      ...(this.isUnmatchedOnly ? { unmatched: 'true' as const } : {}),
      ...(after === null ? {} : { after }),
    }
  }

  private readonly choose = (isUnmatchedOnly: boolean) => {
    this.isUnmatchedOnly = isUnmatchedOnly
    this.returns.value = null
    void this.returns.load()
  }

  private async more(after: string): Promise<void> {
    try {
      const { data, nextCursor } = await this.client.returns.list(this.query(after))
      const before = this.returns.value?.data ?? []
      this.returns.value = { data: [...before, ...data], nextCursor }
      this.failure = null
    } catch (error) {
      this.failure = failureOf(error)
    }
  }

  protected override render() {
    const choice = (label: string, value: boolean) =>
      html`<button type="button" class="button" aria-pressed=${this.isUnmatchedOnly === value ? 'true' : 'false'} @click=${() => this.choose(value)}>${label}</button>`
    return html`${returnsTabs('/returns')}
      <div class="bar">
        <p class="muted">Payments that came back, and what else the banks said about them.</p>
        <div class="choices" role="group" aria-label="Which returns">${choice('All', false)} ${choice('Without a payment', true)}</div>
      </div>
      ${this.returns.show('returns', ({ data, nextCursor }) => (data.length === 0 ? this.empty() : this.table(data, nextCursor)))}`
  }

  private empty() {
    if (this.isUnmatchedOnly) {
      return html`<section class="card empty"><h2>Every return has its payment</h2>
        <p>What matches no payment of yours is kept and shown here.</p></section>`
    }
    return html`<section class="card empty"><h2>No returns</h2>
      <p>When a bank sends a payment back, it is shown here, with what it means and what you can do.</p></section>`
  }

  private table(returns: readonly Return[], nextCursor: string | null) {
    return html`<section class="card" aria-label="Returns">
        <table>
          <thead><tr>
            <th scope="col">Recipient</th><th scope="col">What happened</th><th scope="col">Received</th><th scope="col" class="end">Amount</th>
          </tr></thead>
          <tbody>${returns.map((one) => this.row(one))}</tbody>
        </table>
      </section>
      ${failureNotice(this.failure)}
      ${nextCursor === null ? nothing : html`<p><button type="button" class="button" @click=${() => this.more(nextCursor)}>Show more</button></p>`}`
  }

  private row(one: Return) {
    return html`<tr>
      <td class="main"><strong><a href="/returns/${one.id}">${one.recipientName || 'Unknown'}</a></strong>
        <small>••••${one.accountNumberLast4}</small>
        ${one.entryId === null ? html`<span class="badge critical">No payment found</span>` : nothing}</td>
      <td data-label="What happened"><span>${KIND_WORDS[one.kind]}: ${one.reason} <span class="muted">${one.code}</span>
        <small>${againInWords(one)}</small></span></td>
      <td data-label="Received">${dayOf(one.receivedAt)}</td>
      <td data-label="Amount" class="end">${formatCents(one.amountCents)}<small>${one.direction === 'debit' ? 'collected' : 'paid'}</small></td>
    </tr>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'portal-returns': ReturnsPage
  }
}
