import type { BankAccount, Direction } from '@fistworks/contract'
import { css, html, nothing, type PropertyValues } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { PortalPage } from '../pages/portal-page.ts'
import { formStyles } from '../styles/form-styles.ts'
import { pageStyles } from '../styles/page-styles.ts'
import { tableStyles } from '../styles/table-styles.ts'
import { selectField } from '../ui/field.ts'
import { Loader } from '../ui/loader.ts'
import { offeredDatesTable } from './offered-dates-table.ts'

const DIRECTIONS = { credit: 'Payments', debit: 'Collections' }

/** The dates that a file of an account can still have, by when the bank must have it, and what goes the same day. */
@customElement('portal-offered-dates')
export class OfferedDates extends PortalPage {
  static override styles = [
    pageStyles,
    formStyles,
    tableStyles,
    css`
      .fields {
        margin-block: 0 1rem;
      }
      .hint {
        margin-block-start: 0.5rem;
      }
    `,
  ]

  /** Which account the file is paid from; chosen here among all when empty. */
  @property({ attribute: false }) accountId = ''
  /** Whether something is collected: debits may be told to the bank later only. */
  @property({ attribute: false }) direction: Direction | null = null
  @state() private chosen = ''
  @state() private chosenDirection: Direction = 'credit'

  private readonly accounts = new Loader(this, async () => {
    const { data } = await this.client.bankAccounts.list({ limit: 200 })
    const usable = data.filter(({ archivedAt }) => archivedAt === null)
    this.chosen ||= usable[0]?.id ?? ''
    void this.offered.load()
    return usable
  })

  private readonly offered = new Loader(this, async () => {
    const account = this.accountId || this.chosen
    if (account === '') return []
    const direction = this.direction ?? this.chosenDirection
    return (await this.client.effectiveDates.retrieve(account, { direction })).dates
  })

  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has('accountId') && !changed.has('direction')) return
    if (this.accountId === '') void this.accounts.load()
    else void this.offered.load()
  }

  /** What is chosen here is nothing that could be lost. */
  override get hasUnsavedInput(): boolean {
    return false
  }

  private readonly choose = (event: Event) => {
    const { name, value } = event.target as HTMLSelectElement
    if (name === 'direction') this.chosenDirection = value === 'debit' ? 'debit' : 'credit'
    else this.chosen = value
    void this.offered.load()
  }

  protected override render() {
    return html`${this.accountId === '' ? this.choices() : nothing}
    ${this.accountId === '' && this.chosen === '' ? nothing : this.offered.show('dates', (dates) => offeredDatesTable(dates))}`
  }

  private choices() {
    return this.accounts.show('accounts', (accounts) => {
      if (accounts.length === 0) return html`<p class="muted">Add a bank account first.</p>`
      const names = Object.fromEntries(accounts.map((one) => [one.id, labelOf(one)]))
      return html`<div class="fields" @change=${this.choose}>
        ${accounts.length > 1 ? selectField({ name: 'account', label: 'From account', value: this.chosen, choices: names }) : nothing}
        ${selectField({ name: 'direction', label: 'What it makes', value: this.chosenDirection, choices: DIRECTIONS })}
      </div>`
    })
  }
}

const labelOf = ({ name, accountNumberLast4 }: BankAccount) => `${name} ••••${accountNumberLast4}`

declare global {
  interface HTMLElementTagNameMap {
    'portal-offered-dates': OfferedDates
  }
}
