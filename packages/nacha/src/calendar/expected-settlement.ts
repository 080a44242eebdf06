import { addBankingDays, bankingDayOnOrAfter } from '../banking-day.ts'
import type { CivilDate } from '../civil-date.ts'
import {
  OPERATOR_WINDOWS,
  type OperatorWindow,
  type SameDayEntry,
  type SameDayProblem,
  sameDayProblem,
} from './same-day.ts'
import { latestEffectiveDate, OPERATOR_SCHEDULE, openCutoffs } from './schedule.ts'
import type { Instant } from './zone-clock.ts'

/**
 * What the Operator makes of an effective entry date: `as_asked`; `closed_day`, moved to the next banking day;
 * `missing` and `past`, settled at the earliest chance; `missed_window` and `not_same_day`, asked for today but
 * settled the next banking day; `too_far`, returned as R18.
 */
export type SettlementReason =
  | 'as_asked'
  | 'closed_day'
  | 'missing'
  | 'past'
  | 'missed_window'
  | 'not_same_day'
  | 'too_far'

export interface ExpectedSettlement {
  /** Null when the entry comes back instead of settling. */
  readonly date: CivilDate | null
  readonly window: OperatorWindow | null
  readonly reason: SettlementReason
  /** Why it cannot settle the same day, when `reason` is `not_same_day`. */
  readonly problem: SameDayProblem | null
}

function windowOf(key: string | undefined): OperatorWindow | null {
  return OPERATOR_WINDOWS.find((each) => each.key === key) ?? null
}

/**
 * When an entry settles that reaches the Operator at an instant with an effective entry date, null for a blank, zero or
 * impossible one. A missing or past date may settle the same day: leave no date out to gain time.
 * @throws RangeError for what is no instant or date.
 */
export function expectedSettlement(
  entry: SameDayEntry,
  effectiveEntryDate: CivilDate | null,
  at: Instant,
): ExpectedSettlement {
  const open = openCutoffs(at, OPERATOR_SCHEDULE)
  const today = open[0]?.processingDay ?? ''
  const problem = sameDayProblem(entry, today)
  const sameDay = open.find((each) => each.processingDay === today && each.cutoff.leadDays === 0)
  const nextDay: Omit<ExpectedSettlement, 'reason' | 'problem'> = {
    date: addBankingDays(today, 1),
    window: windowOf('nextDay'),
  }
  const atOnce = sameDay && problem === null ? { date: today, window: windowOf(sameDay.cutoff.name) } : nextDay
  if (effectiveEntryDate === null) return { ...atOnce, reason: 'missing', problem: null }
  const wanted = bankingDayOnOrAfter(effectiveEntryDate)
  if (wanted < today) return { ...atOnce, reason: 'past', problem: null }
  const asked = wanted === effectiveEntryDate ? 'as_asked' : 'closed_day'
  if (wanted === today) {
    if (problem) return { ...nextDay, reason: 'not_same_day', problem }
    return { ...atOnce, reason: sameDay ? asked : 'missed_window', problem: null }
  }
  if (wanted > latestEffectiveDate(today, entry.direction)) {
    return { date: null, window: null, reason: 'too_far', problem: null }
  }
  return { date: wanted, window: nextDay.window, reason: asked, problem: null }
}
