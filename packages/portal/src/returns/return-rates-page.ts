import type { ReturnRate, ReturnRateLevel, ReturnRates } from '@fistworks/contract'
import { html } from 'lit'
import { customElement } from 'lit/decorators.js'
import { dayOf } from '../organization/role-words.ts'
import { PortalPage } from '../pages/portal-page.ts'
import { pageStyles } from '../styles/page-styles.ts'
import { tableStyles } from '../styles/table-styles.ts'
import { Loader } from '../ui/loader.ts'
import { percent } from './return-words.ts'
import { returnsStyles, returnsTabs } from './returns-tabs.ts'

const LEVELS = {
  unauthorized: 'Not authorized',
  administrative: 'Wrong account details',
  overall: 'All returns',
} as const
const STATES = {
  fine: { words: 'Fine', tone: 'positive' },
  warning: { words: 'Close to the limit', tone: 'caution' },
  exceeded: { words: 'Above the limit', tone: 'critical' },
} as const

/** Returned debits among the debits originated, against the levels of the network. */
@customElement('portal-return-rates')
export class ReturnRatesPage extends PortalPage {
  static override styles = [pageStyles, tableStyles, returnsStyles]

  private readonly rates = new Loader(this, () => this.client.returnRates.retrieve())

  override connectedCallback(): void {
    super.connectedCallback()
    void this.rates.load()
  }

  protected override render() {
    return html`${returnsTabs('/returns/rates')}
      ${this.rates.show('return rates', (rates) => (rates.rates.length === 0 ? this.empty() : this.all(rates)))}`
  }

  private empty() {
    return html`<section class="card empty"><h2>No debits in the last 60 days</h2>
      <p>Return rates are counted over payments you collect. Above the limits of the network your bank has to act.</p></section>`
  }

  private all({ from, until, rates }: ReturnRates) {
    return html`<p class="muted bar">Debits from ${dayOf(from)} to ${dayOf(until)}.</p>
      ${rates.map((rate, index) => this.one(rate, index))}`
  }

  private one({ companyName, secCode, debitCount, levels }: ReturnRate, index: number) {
    return html`<section class="card" aria-labelledby="rate-${index}">
      <h2 id="rate-${index}">${companyName} · ${secCode}</h2>
      <p class="muted">${debitCount} ${debitCount === 1 ? 'debit' : 'debits'}</p>
      <table>
        <thead><tr><th scope="col">Returns</th><th scope="col">Rate</th><th scope="col">Limit</th><th scope="col" class="end">State</th></tr></thead>
        <tbody>${levels.map((level) => this.level(level))}</tbody>
      </table>
    </section>`
  }

  private level({ level, codes, returnedCount, basisPoints, thresholdBasisPoints, state }: ReturnRateLevel) {
    const { words, tone } = STATES[state]
    return html`<tr>
      <td class="main"><strong>${LEVELS[level]}</strong><small>${codes === null ? 'every code' : codes.join(' ')}</small></td>
      <td data-label="Rate">${basisPoints === null ? 'none' : `${percent(basisPoints)} (${returnedCount})`}</td>
      <td data-label="Limit">${percent(thresholdBasisPoints)}</td>
      <td class="end"><span class="badge ${tone}">${words}</span></td>
    </tr>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'portal-return-rates': ReturnRatesPage
  }
}
