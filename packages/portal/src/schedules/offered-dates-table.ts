import { formatCents, type OfferedDate } from '@fistworks/contract'
import { html, nothing } from 'lit'
import { dayWords, momentWords } from './words.ts'

const SHOWN = 5

/**
 * The next dates, by when each must be with the bank, and what may go the same day.
 * @param take offers to take each of them
 */
export function offeredDatesTable(offered: readonly OfferedDate[], take: ((date: string) => void) | null = null) {
  const dates = offered.slice(0, SHOWN)
  if (dates.length === 0) {
    return html`<p class="muted">No date can be reached with the cutoffs of this bank: look at its connection.</p>`
  }
  const most = dates.find(({ mostPerEntryCents }) => mostPerEntryCents !== null)?.mostPerEntryCents ?? null
  const isKnown = dates.some(({ deliverBy }) => deliverBy !== null)
  return html`<table aria-label="Dates that can be reached">
      <thead>
        <tr>
          <th scope="col">Takes effect on</th>
          <th scope="col">Last cutoff of the bank</th>
          <th scope="col">Submitted now, it leaves</th>
          ${take === null ? nothing : html`<th scope="col" class="end">Choose</th>`}
        </tr>
      </thead>
      <tbody>
        ${dates.map((one) => row(one, take))}
      </tbody>
    </table>
    <p class="hint">
      ${isKnown ? 'A file must leave at least 20 minutes before the cutoff; what is not submitted by then is never sent late.' : 'The cutoffs of this bank are not known, so nothing is promised: enter them at its connection.'}
      ${most === null ? '' : `Same day: at most ${formatCents(most)} for each payment, nothing international.`}
    </p>`
}

function row({ effectiveDate, leavesAt, deliverBy, sameDay }: OfferedDate, take: ((date: string) => void) | null) {
  const day = dayWords(effectiveDate)
  return html`<tr>
    <td class="main"><strong>${day}</strong> ${sameDay ? html`<span class="badge">Same day</span>` : nothing}</td>
    <td data-label="Last cutoff of the bank">${deliverBy === null ? 'Not known' : momentWords(deliverBy)}</td>
    <td data-label="Submitted now, it leaves">${momentWords(leavesAt)}</td>
    ${
      take === null
        ? nothing
        : html`<td class="end">
            <button type="button" class="button quiet" aria-label="Take it: ${day}" @click=${() => take(effectiveDate)}>Take it</button>
          </td>`
    }
  </tr>`
}
