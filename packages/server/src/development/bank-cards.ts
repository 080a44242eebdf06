import { returnCodeProblem } from '@fistworks/nacha'
import { html } from 'hono/html'
import type { BookedAnswer } from '../sandbox/bank-book.ts'
import type { ViewedAnswerFile, ViewedEntry, ViewedFile } from '../sandbox/bank-view.ts'
import { OFFERED } from './by-hand.ts'
import { dollars, type Html, inWords, newYork } from './layout.ts'

const CONDUCTS = {
  rejects: 'asked to be refused',
  late: 'acknowledged after a day',
  silent: 'never answered',
  sweeps: 'taken out of the folder at once',
  drops: 'its connection was dropped once',
  diskFull: 'came when the disk was full',
  newHostKey: 'changed the host key',
} as const

/** A file the bank got, what it met in it, and what it says of it. */
export function receivedFile(file: ViewedFile, username: string): Html {
  const conduct = file.conduct === null ? '' : ` · ${CONDUCTS[file.conduct]}`
  return html`<li>
    <h3>${file.name}</h3>
    <p class="meta">${file.sizeBytes} bytes · received ${newYork(new Date(file.receivedAt))} · ${verdictOf(file)}${conduct}</p>
    ${
      file.entries.length === 0
        ? ''
        : html`<div class="wide" tabindex="0" role="region" aria-label="Entries of ${file.name}"><table>
          <thead><tr><th>Entry</th><th>Settles</th><th>What the bank says</th><th>Say by hand</th></tr></thead>
          <tbody>${file.entries.map((entry) => entryRow(entry, file.name, username))}</tbody>
        </table></div>`
    }
    ${file.entryCount > file.entries.length ? html`<p class="quiet">${file.entryCount} entries; the first ${file.entries.length} are shown.</p>` : ''}
    ${records(file.name, file.maskedText)}
  </li>`
}

function verdictOf({ verdict, verdictAt, isAcknowledged }: ViewedFile): string {
  if (verdictAt === null) return 'no answer'
  const word = verdict.startsWith('ACCEPTED') ? 'accepted' : verdict.replace('REJECTED', 'rejected:')
  return isAcknowledged ? word : `answer on ${newYork(new Date(verdictAt))}`
}

function entryRow(entry: ViewedEntry, fileName: string, username: string): Html {
  const { batch, entry: index } = entry
  const place = { customer: username, file: fileName, batch, entry: index }
  return html`<tr>
    <td>${entry.name}<br /><span class="quiet">${dollars(entry.amountCents)} ${entry.direction} · ${entry.secCode} · ••${entry.accountEnd}</span></td>
    <td>${inWords(entry.settles)}</td>
    <td>${entry.answers.length === 0 ? 'nothing' : entry.answers.map((answer) => html`<div>${answerInWords(answer)}</div>`)}</td>
    <td><form method="post" action="/dev/bank/answers" class="row">
      ${Object.entries(place).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)}
      <select name="code" aria-label="Answer to ${entry.name}">${offeredFor(entry).map((code) => html`<option>${code}</option>`)}</select>
      <button>Send now</button>
    </form></td>
  </tr>`
}

/** What the rules allow for it. */
function offeredFor({ secCode, direction }: ViewedEntry): string[] {
  return OFFERED.filter((code) => code.startsWith('C') || returnCodeProblem(code, { secCode, direction }) === null)
}

function answerInWords({ kind, code, on, fileName, problem }: BookedAnswer): string {
  const what = {
    return: 'returned',
    correction: 'change told',
    dishonor: 'return dishonored',
    contest: 'dishonor contested',
  }
  if (problem !== null) return `${code}: ${problem}`
  return fileName === null ? `${code} on ${inWords(on)}` : `${code}, ${what[kind]} in ${fileName}`
}

/** A file the bank put out. */
export function answeredFile(file: ViewedAnswerFile): Html {
  return html`<li>
    <h3>/${file.directory}/${file.name}</h3>
    <p class="meta">${file.sizeBytes} bytes · ${newYork(file.at)}</p>
    ${records(file.name, file.maskedText)}
  </li>`
}

/** Account numbers are masked here; the files hold them in full. */
function records(name: string, maskedText: string): Html {
  return html`<details><summary>Records, masked</summary><pre tabindex="0" role="region" aria-label="Records of ${name}">${maskedText}</pre></details>`
}
