import { type FieldProblem, formatCents, type ReversalReason } from '@fistworks/contract'
import { bankingDayOnOrAfter, isMissed, nextBankingDay, reversalDeadline } from '@fistworks/nacha'
import type { SentEntry } from './reversal-store.ts'
import type { AchBatchRow } from './table.ts'

const HOUR = 3_600_000

/**
 * When the reversal takes effect: the next banking day, but not before what it takes back has settled.
 * @param today civil date in New York
 */
export function reversalDate(batches: readonly Pick<AchBatchRow, 'effectiveDate'>[], today: string): string {
  const settled = batches.map(({ effectiveDate }) => bankingDayOnOrAfter(effectiveDate))
  return [nextBankingDay(today), ...settled].sort().at(-1) ?? nextBankingDay(today)
}

/** Why it cannot be taken back any more, or not from now on, in words; `null` when it can. */
export function lateness(
  batches: readonly Pick<AchBatchRow, 'effectiveDate'>[],
  { now, today, date, discoveredAt }: { now: Date; today: string; date: string; discoveredAt: Date },
): string | null {
  if (discoveredAt > now) return 'it cannot have been noticed in the future'
  if (now.getTime() > discoveredAt.getTime() + 24 * HOUR) {
    return 'a reversal is sent within 24 hours after the error was noticed: talk to your bank'
  }
  for (const { effectiveDate } of batches) {
    const settled = bankingDayOnOrAfter(effectiveDate)
    const due = reversalDeadline(settled)
    if (isMissed(due, today) || isMissed(due, date)) {
      return `what settled on ${settled} could be reversed until ${due.date}, five banking days after: talk to your bank`
    }
  }
  return null
}

/** What of these entries the reason does not cover. */
export function reasonProblem(
  reason: ReversalReason,
  entries: readonly SentEntry[],
  batches: readonly AchBatchRow[],
): string | null {
  const directions = new Set(entries.map(({ direction }) => direction))
  if (reason === 'debitTooEarly' && directions.has('credit')) return 'is for debits that came earlier than meant'
  if (reason === 'creditTooLate' && directions.has('debit')) return 'is for credits that came later than meant'
  const codes = new Set(entries.map(({ batchPosition }) => batches[batchPosition]?.secCode))
  if (reason === 'wagesPaidByCheck' && (directions.has('debit') || codes.has('CCD'))) {
    return 'is for wages of people (PPD credits) that were paid by check as well'
  }
  return null
}

/** Why named entries cannot be taken back. */
export function entryProblems(
  named: readonly string[],
  all: ReadonlyMap<string, SentEntry>,
  { returned, taken }: { returned: ReadonlySet<string>; taken: ReadonlySet<string> },
): FieldProblem[] {
  return named.flatMap((id, index) => {
    const entry = all.get(id)
    const pointer = `/entryIds/${index}`
    if (entry === undefined) return [{ pointer, code: 'not-found', message: 'is no entry of this file' }]
    const amount = formatCents(entry.amountCents)
    if (returned.has(id)) return [{ pointer, code: 'returned', message: `(${amount}) came back already` }]
    if (taken.has(id)) return [{ pointer, code: 'reversed', message: `(${amount}) is reversed already` }]
    return []
  })
}
