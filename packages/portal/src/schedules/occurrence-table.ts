import type { Occurrence } from '@fistworks/contract'
import { html } from 'lit'
import { dayWords } from './words.ts'

/** Payments to come: when they pay, why one was moved, and when its file is made. */
export function occurrenceTable(occurrences: readonly Occurrence[], label: string) {
  return html`<table aria-label=${label}>
    <thead>
      <tr>
        <th scope="col">Pays on</th>
        <th scope="col">Moved because</th>
        <th scope="col">File made on</th>
      </tr>
    </thead>
    <tbody>
      ${occurrences.map(
        ({ paysOn, reason, makesFileOn }) => html`<tr>
          <td class="main"><strong>${dayWords(paysOn)}</strong></td>
          <td data-label="Moved because">${reason ?? '–'}</td>
          <td data-label="File made on">${dayWords(makesFileOn)}</td>
        </tr>`,
      )}
    </tbody>
  </table>`
}
