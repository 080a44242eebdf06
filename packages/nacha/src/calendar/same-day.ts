import type { CivilDate } from '../civil-date.ts'
import type { Direction } from '../transaction-code.ts'
import { type Dated, inForce } from './dated.ts'
import type { ClockTime } from './zone-clock.ts'

/** One delivery of the ACH Operators. Times are those of America/New_York. */
export interface OperatorWindow {
  readonly key: 'sameDay1' | 'sameDay2' | 'sameDay3' | 'nextDay'
  /** First day of the window. */
  readonly from: CivilDate
  /** The file is with the Operator at this time at the latest. */
  readonly by: ClockTime
  /** The deadline lies in the night after the processing day. */
  readonly dayAfter: boolean
  /** Banking days from the processing day to the earliest settlement. */
  readonly leadDays: 0 | 1
  readonly deliveredAt: ClockTime
  readonly settlesAt: ClockTime
  /** When the receiving bank makes credits available, in its own local time, in words. */
  readonly creditsAvailable: string
  /** The companyDescriptiveDate that asks for the window; only some banks want it, the effective date alone decides. */
  readonly indicator: 'SD1300' | 'SD1700' | 'SD1800' | null
}

/** The windows of the Operators, in the order of the processing day. Banks ask for files earlier than this. */
export const OPERATOR_WINDOWS: readonly OperatorWindow[] = [
  {
    key: 'sameDay1',
    from: '2016-09-23',
    by: '10:30',
    dayAfter: false,
    leadDays: 0,
    deliveredAt: '12:00',
    settlesAt: '13:00',
    creditsAvailable: '13:30',
    indicator: 'SD1300',
  },
  {
    key: 'sameDay2',
    from: '2016-09-23',
    by: '14:45',
    dayAfter: false,
    leadDays: 0,
    deliveredAt: '16:00',
    settlesAt: '17:00',
    creditsAvailable: '17:00',
    indicator: 'SD1700',
  },
  {
    key: 'sameDay3',
    from: '2021-03-19',
    by: '16:45',
    dayAfter: false,
    leadDays: 0,
    deliveredAt: '17:30',
    settlesAt: '18:00',
    creditsAvailable: 'the end of its processing day',
    indicator: 'SD1800',
  },
  {
    key: 'nextDay',
    from: '1980-01-01',
    by: '02:15',
    dayAfter: true,
    leadDays: 1,
    deliveredAt: '06:00',
    settlesAt: '08:30',
    creditsAvailable: '09:00',
    indicator: null,
  },
]

/**
 * Most an entry may carry to settle the same day, in cents, by the day it is processed. A proposal of 10 November 2025
 * to allow 10,000,000.00 was not found approved: it will be one more row.
 */
export const SAME_DAY_LIMITS: readonly Dated<number>[] = [
  { from: '2016-09-23', value: 2_500_000 },
  { from: '2020-03-20', value: 10_000_000 },
  { from: '2022-03-18', value: 100_000_000 },
]

/** The first day on which entries of a direction may settle the same day. */
export const SAME_DAY_SINCE: Readonly<Record<Direction, CivilDate>> = { credit: '2016-09-23', debit: '2017-09-15' }

/** SEC codes whose forward entries never settle the same day. */
export const SAME_DAY_EXCLUDED: readonly string[] = ['IAT']

/** The per-entry limit in cents on a day, or null before Same Day ACH. */
export function sameDayLimitCents(on: CivilDate, limits: readonly Dated<number>[] = SAME_DAY_LIMITS): number | null {
  return inForce(limits, on)
}

export interface SameDayEntry {
  readonly secCode: string
  readonly amountCents: number
  readonly direction: Direction
  /** Returns of any amount and SEC code may use the same-day windows. */
  readonly isReturn?: boolean
}

export type SameDayProblem =
  | { readonly reason: 'sec_code' }
  | { readonly reason: 'not_yet'; readonly since: CivilDate }
  | { readonly reason: 'amount'; readonly limitCents: number }

/** Why an entry processed on that day cannot settle the same day, whatever the hour; null when it can. */
export function sameDayProblem(
  entry: SameDayEntry,
  on: CivilDate,
  limits: readonly Dated<number>[] = SAME_DAY_LIMITS,
): SameDayProblem | null {
  if (entry.isReturn === true) return null
  if (SAME_DAY_EXCLUDED.includes(entry.secCode)) return { reason: 'sec_code' }
  const since = SAME_DAY_SINCE[entry.direction]
  const limitCents = sameDayLimitCents(on, limits)
  if (on < since || limitCents === null) return { reason: 'not_yet', since }
  return entry.amountCents > limitCents ? { reason: 'amount', limitCents } : null
}

/** The window that a companyDescriptiveDate such as 'SD1300' asks for: null when it asks for none, 'unknown' for no known time. */
export function sameDayIndicator(companyDescriptiveDate: string): OperatorWindow | 'unknown' | null {
  const text = companyDescriptiveDate.trim()
  if (!/^SD\d{4}$/.test(text)) return null
  return OPERATOR_WINDOWS.find((each) => each.indicator === text) ?? 'unknown'
}
