import type { Direction, OfferedDate } from '@fistworks/contract'
import { type ComponentResources, EffectiveDateLists } from '@fistworks/sdk'
import { css, html, LitElement, nothing, type PropertyValues } from 'lit'
import { property, state } from 'lit/decorators.js'
import { formatDate, formatInstant } from '../../internal/dates.ts'
import { baseStyles } from '../../styles/base.ts'
import { buttonStyles } from '../../styles/button.ts'

const SHOWN = 5

const ownStyles = css`
  .dates {
    display: grid;
    gap: 0.25rem;
    margin-block-start: 0.5rem;
  }
  .dates li {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 0.75rem;
  }
`

/**
 * The dates that a batch can still have, by when the bank must have each, and what the chosen one asks for. Fires `choose`
 * with the date. What cannot be read is left out: the server checks every date again when approval is asked for.
 */
export class OfferedDates extends LitElement {
  static readonly elementName = 'fist-offered-dates'
  static override styles = [baseStyles, buttonStyles, ownStyles]

  @property({ attribute: false }) client: ComponentResources | null = null
  @property({ attribute: false }) account = ''
  /** Debits may be told to the bank later only. */
  @property({ attribute: false }) direction: Direction = 'credit'
  @property({ attribute: false }) chosen = ''
  @state() private dates: readonly OfferedDate[] = []
  #run = 0

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('client') || changed.has('account') || changed.has('direction')) void this.load()
  }

  private async load(): Promise<void> {
    const { client, account, direction } = this
    const run = ++this.#run
    let dates: readonly OfferedDate[] = []
    if (client !== null && account !== '') {
      const lists = new EffectiveDateLists(client.http)
      dates = await lists.retrieve(account, { direction }).then(
        (answer) => answer.dates.slice(0, SHOWN),
        () => [],
      )
    }
    if (run === this.#run) this.dates = dates
  }

  protected override render() {
    const { dates } = this
    if (dates.length === 0) return nothing
    return html`<p class="muted small" role="status">${this.aboutChosen()}</p>
      <details>
        <summary>Dates that can be reached</summary>
        <ul class="dates">
          ${dates.map((one) => this.row(one))}
        </ul>
      </details>`
  }

  private aboutChosen(): string {
    const [first] = this.dates
    const one = this.dates.find(({ effectiveDate }) => effectiveDate === this.chosen)
    if (first !== undefined && this.chosen !== '' && this.chosen < first.effectiveDate)
      return `${formatDate(this.chosen)} cannot be reached any more: the next date is ${formatDate(first.effectiveDate)}.`
    if (!one?.deliverBy) return ''
    const most = one.sameDay ? ' It settles the same day.' : ''
    return `Submit it at least 20 minutes before the last cutoff of the bank, ${formatInstant(one.deliverBy)}.${most}`
  }

  private row({ effectiveDate, deliverBy, sameDay }: OfferedDate) {
    const cutoff = deliverBy === null ? 'cutoff not known' : `last cutoff ${formatInstant(deliverBy)}`
    const choose = () => this.dispatchEvent(new CustomEvent('choose', { detail: effectiveDate }))
    return html`<li>
      <button type="button" class="button quiet" aria-pressed=${effectiveDate === this.chosen ? 'true' : 'false'} @click=${choose}>${formatDate(effectiveDate)}</button>
      <span class="muted small">${sameDay ? 'same day · ' : ''}${cutoff}</span>
    </li>`
  }
}
