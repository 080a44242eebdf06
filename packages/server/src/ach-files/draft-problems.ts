import { bankingDateProblem, ENTRIES_MAX, type FieldProblem, formatCents } from '@fistworks/contract'
import type { BankAccountRow } from '../bank-accounts/table.ts'
import { createPauses } from '../pauses.ts'
import type { Payee } from '../recipients/store.ts'
import {
  type Draft,
  type DraftBatch,
  type DraftEntry,
  type DraftHeads,
  type DraftPart,
  type PaidEntry,
  partsOf,
} from './draft.ts'
import { daysBetween } from './new-york-time.ts'

/** A total has twelve digits of cents (batch control and file control). */
const TOTAL_CENTS_MAX = 999_999_999_999
const DAYS_AHEAD_MAX = 60
/** Problems that are listed at most: who mends a hundred finds the rest the next time. */
const PROBLEMS_MAX = 100

/**
 * Everything that is wrong with a draft on this day, each with its place.
 * @param today civil date in New York
 */
export async function draftProblems(draft: Draft, today: string): Promise<FieldProblem[]> {
  const check = new DraftCheck(draft, today)
  const pause = createPauses()
  for (const part of partsOf(draft)) {
    check.add(part)
    await pause()
  }
  return check.problems()
}

/** The same of a draft whose entries come part by part. */
export class DraftCheck {
  readonly #heads: DraftHeads
  readonly #today: string
  readonly #sum = { credit: 0, debit: 0 }
  /** By batch. */
  readonly #found: { problems: FieldProblem[]; takesBackAll: boolean }[]
  #entryCount = 0

  /** @param today civil date in New York */
  constructor(heads: DraftHeads, today: string) {
    this.#heads = heads
    this.#today = today
    this.#found = heads.batches.map(() => ({ problems: [], takesBackAll: true }))
  }

  add({ batch: position, from, entries }: DraftPart): void {
    const batch = this.#heads.batches[position]
    const found = this.#found[position]
    if (batch === undefined || found === undefined) throw new Error('Entries of a batch that the draft does not have.')
    this.#entryCount += entries.length
    for (const [index, entry] of entries.entries()) {
      if (!entry.reversesEntry) found.takesBackAll = false
      for (const problem of entryProblems(batch, entry, this.#sum)) {
        if (found.problems.length === PROBLEMS_MAX) return
        const pointer = `/batches/${position}/entries/${from + index}/${problem.pointer}`
        found.problems.push({ ...problem, pointer })
      }
    }
  }

  problems(): FieldProblem[] {
    return [...this.#all()].slice(0, PROBLEMS_MAX)
  }

  *#all(): Generator<FieldProblem> {
    if (this.#entryCount > ENTRIES_MAX) {
      const message = `hold ${this.#entryCount} entries; a file has at most ${ENTRIES_MAX}`
      yield { pointer: '/batches', code: 'limit-exceeded', message }
    }
    let connectionId: string | null = null
    for (const [index, batch] of this.#heads.batches.entries()) {
      const pointer = `/batches/${index}`
      const account = this.#heads.bankAccounts.get(batch.bankAccountId)
      connectionId ??= account?.archivedAt === null ? account.bankConnectionId : null
      const { problems = [], takesBackAll = true } = this.#found[index] ?? {}
      yield* accountProblems(account, pointer, connectionId)
      if (!takesBackAll) yield* descriptionProblems(batch, pointer)
      yield* dateProblems(batch, pointer, this.#today)
      yield* problems
    }
  }
}

function* accountProblems(
  account: BankAccountRow | undefined,
  batch: string,
  connectionId: string | null,
): Generator<FieldProblem> {
  const pointer = `${batch}/bankAccountId`
  if (account === undefined || account.archivedAt !== null) {
    yield { pointer, code: 'not-found', message: 'is not a bank account of this organization that is in use' }
  } else if (account.bankConnectionId !== connectionId) {
    const message =
      'belongs to another bank connection than the first batch: a file goes to one bank, so make two files'
    yield { pointer, code: 'bank-connection', message }
  }
}

/** What calls itself a reversal takes back an entry that was sent, from the account that was paid, in time and once. */
function* descriptionProblems(
  { companyEntryDescription }: Pick<DraftBatch, 'companyEntryDescription'>,
  batch: string,
): Generator<FieldProblem> {
  if (companyEntryDescription.trim().toUpperCase() !== 'REVERSAL') return
  const message = 'must not be REVERSAL: to take payments back, reverse the file that made them'
  yield { pointer: `${batch}/companyEntryDescription`, code: 'reserved-word', message }
}

function* dateProblems(
  { effectiveDate }: Pick<DraftBatch, 'effectiveDate'>,
  batch: string,
  today: string,
): Generator<FieldProblem> {
  const at = { pointer: `${batch}/effectiveDate`, code: 'effective-date' }
  const days = daysBetween(today, effectiveDate)
  const notBankingDay = bankingDateProblem(effectiveDate)
  if (days < 0) yield { ...at, message: `${effectiveDate} is in the past: today is ${today} in New York` }
  else if (days > DAYS_AHEAD_MAX)
    yield { ...at, message: `is ${days} days ahead: at most ${DAYS_AHEAD_MAX} are possible` }
  else if (notBankingDay !== null) yield { ...at, message: notBankingDay }
}

/** With pointers from the entry on. */
function* entryProblems(
  batch: Pick<DraftBatch, 'secCode'>,
  entry: PaidEntry,
  sum: { credit: number; debit: number },
): Generator<FieldProblem> {
  const message = entry.reversesEntry ? null : recipientProblem(batch, entry.recipient)
  if (message !== null) yield { pointer: 'recipientId', ...message }
  const isTooMuch = addAmount(sum, entry)
  if (isTooMuch) {
    const message = `brings the ${entry.direction}s of the file over ${formatCents(TOTAL_CENTS_MAX)}, the most a file can hold`
    yield { pointer: 'amountCents', code: 'limit-exceeded', message }
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
  { secCode }: Pick<DraftBatch, 'secCode'>,
  recipient: Payee | undefined,
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
