import { html } from 'hono/html'
import { accountOf, amountOf, FAMILIES, type Family, SCENARIOS } from '../sandbox/scenarios.ts'
import { dollars, type Html } from './layout.ts'

/** Every scenario that is listed, one table for each family. */
export function scenarioTables(): Html {
  return html`${Object.entries(FAMILIES).map(([kind, { title, says }]) => scenarioTable(kind as Family, title, says))}`
}

function scenarioTable(kind: Family, title: string, says: string): Html {
  const rows = SCENARIOS.filter(({ scenario }) => scenario.kind === kind)
  return html`<details ${kind === 'return' ? html`open` : ''}><summary>${title}: ${says}</summary>
    <div class="wide" tabindex="0" role="region" aria-label="${title}"><table>
      <thead><tr><th>Account number</th><th>or amount</th><th>What happens</th><th>When</th></tr></thead>
      <tbody>${rows.map(
        (row) =>
          html`<tr><td><code>${accountOf(row)}</code></td><td><code>${dollars(amountOf(row))}</code></td><td>${row.what}</td><td>${row.when}</td></tr>`,
      )}</tbody>
    </table></div></details>`
}
