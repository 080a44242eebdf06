import { holidayName, isBankingDay, isCivilDate, nextBankingDay } from '@fistworks/nacha'

/** Why a file cannot take effect on this date, in words, or `null`. */
export function bankingDateProblem(value: string): string | null {
  if (!isCivilDate(value)) return 'must be a date like 2026-12-24'
  if (isBankingDay(value)) return null
  const why = holidayName(value) ?? 'a weekend'
  return `banks do not settle on ${value} (${why}); the next banking day is ${nextBankingDay(value)}`
}
