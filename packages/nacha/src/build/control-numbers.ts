import type { Totals } from '../file-totals.ts'

/** A total has 12 digits: 9,999,999,999.99 dollars. */
const MAXIMUM_TOTAL_CENTS = 999_999_999_999

/** What does not fit a control, in words; null when everything does. */
export function overflowOf(totals: Totals, maximumCount: number): string | null {
  if (totals.entryCount + totals.addendaCount > maximumCount) return 'number of entries and addenda'
  if (totals.creditCents > MAXIMUM_TOTAL_CENTS) return 'credit total'
  return totals.debitCents > MAXIMUM_TOTAL_CENTS ? 'debit total' : null
}

/** The numbers of a control record; one that overflows is written as zero, and the file is refused for it. */
export function controlNumbers(totals: Totals, maximumCount: number) {
  const count = totals.entryCount + totals.addendaCount
  const fitting = (cents: number) => (cents > MAXIMUM_TOTAL_CENTS ? 0 : cents)
  return {
    entryAddendaCount: count > maximumCount ? 0 : count,
    entryHash: totals.entryHash,
    totalDebitAmount: fitting(totals.debitCents),
    totalCreditAmount: fitting(totals.creditCents),
  }
}
