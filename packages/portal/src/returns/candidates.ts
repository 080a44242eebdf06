import type { Return } from '@fistworks/contract'
import { html } from 'lit'

type Candidates = NonNullable<Return['unmatched']>['candidates']

/** Payments that an answer of a bank may be about, with what speaks against each. */
export function candidateChoice(candidates: Candidates) {
  return html`<fieldset class="stack"><legend class="label">Payments it may be about</legend>
    ${candidates.map(
      ({ entryId, achFileId, differences }, index) => html`<div>
        <label><input type="radio" name="entryId" value=${entryId} ?checked=${index === 0} /> Entry of <a href="/payments/${achFileId}">this payment</a></label>
        ${differences.map(({ message }) => html`<p class="hint">${message}</p>`)}
      </div>`,
    )}
  </fieldset>`
}
