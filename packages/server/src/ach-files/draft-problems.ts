import { bankingDateProblem, ENTRIES_MAX, type FieldProblem, formatCents } from '@fistworks/contract'
import { createPauses } from '../pauses.ts'
import type { PayableRecipient } from '../recipients/store.ts'
import type { Draft, DraftBatch, DraftEntry } from './draft.ts'
import { daysBetween } from './new-york-time.ts'

/** A total has twelve digits of cents (batch control and file control). */
const TOTAL_CENTS_MAX = 999_999_999_999
const DAYS_AHEAD_MAX = 60
/** Problems that are listed at most: who mends a hundred finds the rest the next time. */
const PROBLEMS_MAX = 100
const ENTRIES_BETWEEN_PAUSES = 500

/**
 * Everything that is wrong with a draft on this day, each with its place.
 * @param today civil date in New York
 */
export async function draftProblems(draft: Draft, today: string): Promise<FieldProblem[]> {
  const problems: FieldProblem[] = []
  for await (const problem of problemsOf(draft, today)) {
    problems.push(problem)
    if (problems.length === PROBLEMS_MAX) break
  }
  return problems
}

async function* problemsOf(draft: Draft, today: string): AsyncGenerator<FieldProblem> {
  const entryCount = draft.batches.reduce((sum, batch) => sum + batch.entries.length, 0)
  if (entryCount > ENTRIES_MAX) {
    yield {
      pointer: '/batches',
      code: 'limit-exceeded',
      message: `hold ${entryCount} entries; a file has at most ${ENTRIES_MAX}`,
    }
  }
  let connectionId: string | null = null
  const sum = { credit: 0, debit: 0 }
  for (const [index, batch] of draft.batches.entries()) {
    const pointer = `/batches/${index}`
    const account = draft.bankAccounts.get(batch.bankAccountId)
    if (account === undefined || account.archivedAt !== null) {
      const message = 'is not a bank account of this organization that is in use'
      yield { pointer: `${pointer}/bankAccountId`, code: 'not-found', message }
    } else {
      connectionId ??= account.bankConnectionId
      if (account.bankConnectionId !== connectionId) {
        const message =
          'belongs to another bank connection than the first batch: a file goes to one bank, so make two files'
        yield { pointer: `${pointer}/bankAccountId`, code: 'bank-connection', message }
      }
    }
    yield* descriptionProblems(batch, pointer)
    yield* dateProblems(batch, pointer, today)
    yield* entryProblems(batch, pointer, draft.recipients, sum)
  }
}

/** What calls itself a reversal takes back an entry that was sent, from the account that was paid, in time and once. */
function* descriptionProblems(
  { companyEntryDescription, entries }: DraftBatch,
  batch: string,
): Generator<FieldProblem> {
  if (companyEntryDescription.trim().toUpperCase() !== 'REVERSAL') return
  if (entries.every(({ reversesEntry }) => reversesEntry)) return
  const message = 'must not be REVERSAL: to take payments back, reverse the file that made them'
  yield { pointer: `${batch}/companyEntryDescription`, code: 'reserved-word', message }
}

function* dateProblems({ effectiveDate }: DraftBatch, batch: string, today: string): Generator<FieldProblem> {
  const at = { pointer: `${batch}/effectiveDate`, code: 'effective-date' }
  const days = daysBetween(today, effectiveDate)
  const notBankingDay = bankingDateProblem(effectiveDate)
  if (days < 0) yield { ...at, message: `${effectiveDate} is in the past: today is ${today} in New York` }
  else if (days > DAYS_AHEAD_MAX)
    yield { ...at, message: `is ${days} days ahead: at most ${DAYS_AHEAD_MAX} are possible` }
  else if (notBankingDay !== null) yield { ...at, message: notBankingDay }
}

async function* entryProblems(
  batch: DraftBatch,
  pointer: string,
  recipients: Draft['recipients'],
  sum: { credit: number; debit: number },
): AsyncGenerator<FieldProblem> {
  const pause = createPauses()
  for (const [index, entry] of batch.entries.entries()) {
    if (index % ENTRIES_BETWEEN_PAUSES === 0) await pause()
    const message = entry.reversesEntry ? null : recipientProblem(batch, recipients.get(entry.recipientId))
    if (message !== null) yield { pointer: `${pointer}/entries/${index}/recipientId`, ...message }
    const isTooMuch = addAmount(sum, entry)
    if (isTooMuch) {
      const message = `brings the ${entry.direction}s of the file over ${formatCents(TOTAL_CENTS_MAX)}, the most a file can hold`
      yield { pointer: `${pointer}/entries/${index}/amountCents`, code: 'limit-exceeded', message }
    }
  }
}

/** True where the total first passes what twelve digits hold. */
function addAmount(sum: { credit: number; debit: number }, { direction, amountCents }: DraftEntry): boolean {
  const before = sum[direction]
  sum[direction] += amountCents
  return before <= TOTAL_CENTS_MAX && sum[direction] > TOTAL_CENTS_MAX
}

/** Unknown, archived and another tenant's are one answer. */
function recipientProblem(
  { secCode }: DraftBatch,
  recipient: PayableRecipient | undefined,
): Omit<FieldProblem, 'pointer'> | null {
  if (recipient === undefined || recipient.archivedAt !== null) {
    return { code: 'not-found', message: 'is not a recipient of this organization that can be paid' }
  }
  const { name, holderType } = recipient
  if (secCode === 'PPD' && holderType === 'business') {
    return { code: 'sec-code', message: `“${name}” is a business: PPD is for people, so use a CCD batch` }
  }
  if (secCode === 'CCD' && holderType === 'individual') {
    return { code: 'sec-code', message: `“${name}” is a person: CCD is for businesses, so use a PPD batch` }
  }
  return null
}
