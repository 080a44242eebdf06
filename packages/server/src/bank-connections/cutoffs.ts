import type { BankCutoffs } from '@fistworks/contract'
import type { CutoffSchedule } from '@fistworks/nacha'

/** The cutoffs of a connection as the calendar reads them; `null` where they are not known. */
export function cutoffScheduleOf(cutoffs: BankCutoffs | null): CutoffSchedule | null {
  if (cutoffs === null) return null
  return {
    timeZone: cutoffs.timeZone,
    cutoffs: cutoffs.times.map(({ by, leadDays, dayAfter }) => ({ by, leadDays, dayAfter: dayAfter === true })),
  }
}
