import { type AchFile, type BankAccount, type Batch, type Entry, formatCents } from '@fistworks/contract'
import { html, nothing } from 'lit'
import { formatDate, formatInstant } from '../../internal/dates.ts'
import { masked } from '../../internal/masked.ts'
import { plural } from '../../internal/sentence.ts'
import { approvalLines } from './approvals-view.ts'
import { actorName } from '../../internal/words.ts'

const ENTRIES_PER_CHUNK = 50

/** What a decision is about: count and sum, the same in every dialog. */
export function factsOf({ totals, kind }: AchFile) {
  const { entryCount, creditCents, debitCents } = totals
  const collected = { label: kind === 'reversal' ? 'Taken back' : 'Collected', value: formatCents(debitCents) }
  const paid = { label: kind === 'reversal' ? 'Paid back' : 'Paid out', value: formatCents(creditCents) }
  return [
    { label: 'Payments', value: entryCount.toLocaleString('en-US') },
    ...(creditCents > 0 || debitCents === 0 ? [paid] : []),
    ...(debitCents > 0 ? [collected] : []),
  ]
}

/** What came back of it, and how much where the payments are there to be added up. */
function cameBack({ outcome, batches, totals }: AchFile) {
  if (outcome.returned === 0) return []
  const entries = batches.flatMap((batch) => batch.entries)
  const cents = entries.reduce((sum, each) => (each.outcome?.type === 'return' ? sum + each.amountCents : sum), 0)
  const sum = entries.length === totals.entryCount ? ` · ${formatCents(cents)}` : ''
  return [{ label: 'Came back', value: `${outcome.returned.toLocaleString('en-US')}${sum}` }]
}

export function totalsView(file: AchFile) {
  return html`<dl class="facts">
    ${[...factsOf(file), ...cameBack(file)].map((fact) => html`<div><dt class="muted small">${fact.label}</dt><dd class="sum">${fact.value}</dd></div>`)}
  </dl>`
}

export function historyView(file: AchFile) {
  const { approval, generated } = file
  const lines = [
    { what: `Drafted by ${actorName(file.createdBy)}`, at: file.createdAt },
    ...approvalLines(file),
    approval?.decision === 'rejected' && {
      what: `Rejected by ${actorName(approval.by)}${approval.reason ? `: “${approval.reason}”` : ''}`,
      at: approval.at,
    },
    generated && {
      what: `File ${generated.fileName} written, ${plural(generated.sizeBytes, 'byte')}`,
      at: generated.generatedAt,
    },
    file.submittedAt && { what: 'Submitted', at: file.submittedAt },
    file.acknowledgedAt && { what: 'Acknowledged by the bank', at: file.acknowledgedAt },
  ].filter((line) => typeof line === 'object' && line !== null)
  return html`<section aria-labelledby="history">
    <h3 id="history">Who did what</h3>
    <ol class="history">
      ${lines.map((line) => html`<li><span>${line.what}</span><time class="muted small" datetime=${line.at}>${formatInstant(line.at)}</time></li>`)}
    </ol>
    ${generated ? html`<p class="muted small hash">SHA-256 ${generated.sha256}</p>` : nothing}
  </section>`
}

export function batchView(batch: Batch, index: number, accounts: readonly BankAccount[]) {
  const account = accounts.find((each) => each.id === batch.bankAccountId)
  return html`<section class="batch" aria-labelledby="batch-${index}">
    <div class="batch-line">
      <h3 id="batch-${index}"><span class="visually-hidden">Batch ${index + 1}: </span>${batch.companyEntryDescription}</h3>
      <p class="muted small">
        ${batch.secCode} · takes effect ${formatDate(batch.effectiveDate)}${
          account ? html` · from ${account.name} ${masked(account.accountNumberLast4)}` : nothing
        }
      </p>
    </div>
    ${batch.entries.length === batch.entryCount ? rows(batch, index) : html`<p>${plural(batch.entryCount, 'payment')}: too many to show here one by one. What this file comes to is above.</p>`}
  </section>`
}

function rows(batch: Batch, index: number) {
  const chunks: Entry[][] = []
  for (let at = 0; at < batch.entries.length; at += ENTRIES_PER_CHUNK)
    chunks.push(batch.entries.slice(at, at + ENTRIES_PER_CHUNK))
  return html`<div class="rows" role="table" aria-labelledby="batch-${index}">
      <div role="rowgroup">
        <div class="row row-head" role="row">
          <span role="columnheader">Recipient</span><span role="columnheader">Account</span>
          <span role="columnheader" class="number">Amount</span>
        </div>
      </div>
      ${chunks.map((chunk) => html`<div class="chunk ${chunk.length === ENTRIES_PER_CHUNK ? 'long' : ''}" role="rowgroup">${chunk.map(entryRow)}</div>`)}
    </div>`
}

/** What the bank said about it: it came back, or something in it is wrong. */
function outcomeBadge({ outcome }: Entry) {
  if (outcome === null) return nothing
  const isBack = outcome.type === 'return'
  return html` <span class="badge ${isBack ? 'critical' : 'caution'}">${isBack ? 'Returned' : 'Change told'} ${outcome.code}</span>`
}

function entryRow(entry: Entry) {
  const notes = [entry.addenda[0], entry.traceNumber && `trace ${entry.traceNumber}`].filter(Boolean).join(' · ')
  return html`<div class="row" role="row">
    <div class="cell" role="cell">
      <span class="strong">${entry.recipientName}</span>${outcomeBadge(entry)}${notes ? html`<br /><span class="muted small">${notes}</span>` : nothing}
    </div>
    <div class="cell muted account" role="cell">${masked(entry.accountNumberLast4)}</div>
    <div class="cell number strong" role="cell">
      ${entry.direction === 'debit' ? html`<span class="muted small">Collect </span>` : nothing}${formatCents(entry.amountCents)}
    </div>
  </div>`
}
