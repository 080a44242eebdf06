import { type AchFile, type ApprovalRule, type BankAccount, formatCents } from '@fistworks/contract'
import { html, nothing } from 'lit'
import { formatDate, formatInstant } from '../../internal/dates.ts'
import { plural } from '../../internal/sentence.ts'
import { actorName, statusWords } from '../../internal/words.ts'

const LARGEST = 3

/** What whoever decides has to see beside count and sum: from where, when, and the largest payments. */
export function detailsOf(file: AchFile, accounts: readonly BankAccount[]): string {
  const from = new Set(file.batches.map(({ bankAccountId }) => nameOf(bankAccountId, accounts)))
  const dates = new Set(file.batches.map(({ effectiveDate }) => formatDate(effectiveDate)))
  const entries = file.batches.flatMap((batch) => batch.entries)
  const largest = entries
    .toSorted((a, b) => b.amountCents - a.amountCents)
    .slice(0, LARGEST)
    .map(
      ({ recipientName, accountNumberLast4, amountCents, direction }) =>
        `${direction === 'debit' ? 'from ' : ''}${recipientName} ••••${accountNumberLast4} ${formatCents(amountCents)}`,
    )
  const same = file.possibleDuplicates.map(duplicateWords).join(' ')
  return [
    `From ${[...from].join(', ')}. Takes effect ${[...dates].join('; ')}.`,
    largest.length > 0 ? `Largest: ${largest.join(', ')}.` : '',
    same,
  ]
    .filter((part) => part !== '')
    .join(' ')
}

function nameOf(id: string, accounts: readonly BankAccount[]): string {
  const account = accounts.find((each) => each.id === id)
  return account ? `${account.name} ••••${account.accountNumberLast4}` : 'an account that is not used any more'
}

function duplicateWords({ name, status, entryCount, amountCents }: AchFile['possibleDuplicates'][number]): string {
  return `${plural(entryCount, 'payment')}, ${formatCents(amountCents)}, also stand in “${name}” (${statusWords(status).label.toLowerCase()}).`
}

/** Why the person who looks is not asked to decide. */
function yourPart({ you }: AchFile) {
  if (you.isAuthor)
    return html`<p>You made or changed it, or an account it pays, so somebody else has to approve it.</p>`
  return you.hasApproved ? html`<p>You have approved it.</p>` : nothing
}

function ruleWords({ approvals, given, people, fromCents }: ApprovalRule & { given: number }): string {
  const who =
    people === null ? 'anybody who may approve and did not write it' : people.map(({ name }) => name).join(', ')
  const from = fromCents === 0 ? '' : ` because it moves ${formatCents(fromCents)} or more`
  return `${given} of ${approvals} by ${who}${from}`
}

/** How many approvals a file that waits has, whose are missing and until when, and what may be paid twice. */
export function approvalsView(file: AchFile) {
  const isWaiting = file.status === 'pendingApproval'
  const duplicates = isWaiting || file.status === 'approved' ? file.possibleDuplicates : []
  return html`${
    isWaiting
      ? html`<div class="notice">
          <h3>${file.approvals.length} of ${plural(file.approvalsNeeded, 'approval')}</h3>
          ${yourPart(file)}
          ${file.approvalRules.map((rule) => html`<p>${ruleWords(rule)}</p>`)}
          ${file.approvalExpiresAt ? html`<p class="muted small">If nobody decides, the request ends ${formatInstant(file.approvalExpiresAt)} and it is a draft again.</p>` : nothing}
        </div>`
      : nothing
  }
  ${
    duplicates.length > 0
      ? html`<div class="notice caution"><h3>It may pay twice</h3>${duplicates.map((each) => html`<p>${duplicateWords(each)}</p>`)}</div>`
      : nothing
  }`
}

/** Why a file that was sent for approval is a draft again, or was rejected, and what it takes back. */
export function noticesView(file: AchFile | null) {
  if (file === null) return nothing
  return html`${
    file.status === 'rejected' && file.approval
      ? html`<div class="notice critical"><h3>Rejected</h3><p>${file.approval.reason}</p></div>`
      : nothing
  }
  ${
    file.status === 'draft' && file.reopenedBecause
      ? html`<div class="notice caution"><h3>A draft again</h3><p>Because ${file.reopenedBecause}.</p></div>`
      : nothing
  }
  ${file.kind === 'reversal' ? html`<div class="notice"><h3>A reversal</h3><p>It takes money back from the accounts that were paid. Tell the receivers no later than it takes effect.</p></div>` : nothing}
  ${file.reversedBy.length > 0 ? html`<div class="notice caution"><h3>Reversed</h3><p>${plural(file.reversedBy.length, 'reversal')} of this file ${file.reversedBy.length === 1 ? 'was' : 'were'} made.</p></div>` : nothing}`
}

/** One line for each approval that stands. */
export function approvalLines(file: AchFile) {
  return file.approvals.map(({ by, at }) => ({ what: `Approved by ${actorName(by)}`, at }))
}
