import { type AchFile, type Entry, formatCents } from '@fistworks/contract'
import { css, html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { PortalPage } from '../pages/portal-page.ts'
import { formStyles } from '../styles/form-styles.ts'
import { pageStyles } from '../styles/page-styles.ts'
import { tableStyles } from '../styles/table-styles.ts'
import { Loader } from '../ui/loader.ts'

const PAGE = 100
const SEARCH_AFTER_MS = 300
const count = (n: number) => n.toLocaleString('en-US')

/** The payments of a file that is too large to come with them: a page at a time, and looked for by recipient. */
@customElement('portal-payment-entries')
export class PaymentEntries extends PortalPage {
  static override styles = [
    pageStyles,
    formStyles,
    tableStyles,
    css`
      :host {
        margin-block-start: 1.5rem;
      }
      .field {
        max-width: 24rem;
        margin-block-end: 1rem;
      }
      .amount {
        text-align: end;
        white-space: nowrap;
      }
      table[aria-busy='true'] {
        opacity: 0.55;
      }
    `,
  ]

  @property({ attribute: false }) file!: AchFile
  @state() private search = ''
  /** The cursor of each page that was seen, the shown one last. */
  @state() private cursors: readonly (string | null)[] = [null]
  @state() private isBusy = false
  #timer: ReturnType<typeof setTimeout> | undefined

  private readonly page = new Loader(this, () => {
    const after = this.cursors.at(-1) ?? null
    const search = this.search.trim()
    const query = { limit: PAGE, ...(after === null ? {} : { after }), ...(search === '' ? {} : { search }) }
    return this.client.achFiles.listEntries(this.file.id, query)
  })

  override connectedCallback(): void {
    super.connectedCallback()
    void this.page.load()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    clearTimeout(this.#timer)
  }

  /** What is looked for is nothing that could be lost. */
  override get hasUnsavedInput(): boolean {
    return false
  }

  private async show(cursors: readonly (string | null)[]): Promise<void> {
    this.cursors = cursors
    this.isBusy = true
    await this.page.load()
    this.isBusy = false
  }

  private readonly onSearch = (event: Event) => {
    this.search = (event.target as HTMLInputElement).value
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.show([null]), SEARCH_AFTER_MS)
  }

  private readonly next = () => {
    const next = this.page.value?.nextCursor ?? null
    if (next !== null && !this.isBusy) void this.show([...this.cursors, next])
  }

  private readonly previous = () => {
    if (this.cursors.length > 1 && !this.isBusy) void this.show(this.cursors.slice(0, -1))
  }

  protected override render() {
    const { entryCount } = this.file.totals
    return html`<section class="card" aria-labelledby="entries">
      <h2 id="entries">All ${count(entryCount)} payments</h2>
      <div class="field">
        <label for="search">Search by recipient</label>
        <input id="search" type="search" maxlength="100" autocomplete="off" spellcheck="false" aria-describedby="search-hint" @input=${this.onSearch} />
        <p class="hint" id="search-hint">A part of the name, or the last four digits of the account.</p>
      </div>
      ${this.page.show('payments', ({ data, hasMore }) => this.list(data, hasMore))}
    </section>`
  }

  private list(entries: readonly Entry[], hasMore: boolean) {
    const from = (this.cursors.length - 1) * PAGE
    const of =
      this.search.trim() === '' ? ` of ${count(this.file.totals.entryCount)}` : hasMore ? ', and more' : ' found'
    const where =
      entries.length === 0
        ? 'No payment to such a recipient.'
        : `${count(from + 1)} to ${count(from + entries.length)}${of}`
    const off = (isOff: boolean) => (isOff || this.isBusy ? 'true' : 'false')
    return html`${entries.length === 0 ? nothing : this.table(entries)}
      <div class="bar pages">
        <p role="status">${this.isBusy ? 'Loading…' : where}</p>
        <div class="actions">
          <button type="button" class="button" aria-disabled=${off(from === 0)} @click=${this.previous}>Previous page</button>
          <button type="button" class="button" aria-disabled=${off(!hasMore)} @click=${this.next}>Next page</button>
        </div>
      </div>`
  }

  private table(entries: readonly Entry[]) {
    return html`<table aria-labelledby="entries" aria-busy=${this.isBusy ? 'true' : 'false'}>
      <thead>
        <tr>
          <th scope="col">Recipient</th>
          <th scope="col">Account</th>
          <th scope="col" class="amount">Amount</th>
        </tr>
      </thead>
      <tbody>
        ${entries.map((entry) => this.row(entry))}
      </tbody>
    </table>`
  }

  private row({ recipientName, accountNumberLast4, direction, amountCents, addenda, traceNumber, outcome }: Entry) {
    const notes = [addenda[0], traceNumber && `trace ${traceNumber}`].filter(Boolean).join(' · ')
    return html`<tr>
      <td class="main">
        <strong>${recipientName}</strong>
        ${outcome === null ? nothing : html`<span class="badge critical">${outcome.type === 'return' ? 'Returned' : 'Change told'} ${outcome.code}</span>`}
        ${notes === '' ? nothing : html`<small>${notes}</small>`}
      </td>
      <td data-label="Account">••••${accountNumberLast4}</td>
      <td data-label="Amount" class="amount">${direction === 'debit' ? 'Collect ' : ''}${formatCents(amountCents)}</td>
    </tr>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'portal-payment-entries': PaymentEntries
  }
}
