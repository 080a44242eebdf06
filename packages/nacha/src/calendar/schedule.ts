import { addBankingDays, bankingDayOnOrAfter, isBankingDay } from '../banking-day.ts'
import type { CivilDate } from '../civil-date.ts'
import type { Direction } from '../transaction-code.ts'
import { addDays } from './day-number.ts'
import { OPERATOR_WINDOWS } from './same-day.ts'
import { type ClockTime, epochMs, type Instant, type ZoneClock, zoneClock } from './zone-clock.ts'

/** A time by which a bank (or an Operator) takes files. */
export interface Cutoff {
  /** The file is there at this time at the latest: to the millisecond it is still in time. */
  readonly by: ClockTime
  /** Banking days from the processing day to the effective entry date: 0 is same day. */
  readonly leadDays: 0 | 1 | 2
  /** The time is that of the night after the processing day, as the Operators' 02:15. */
  readonly dayAfter?: boolean
  /** What people call it. */
  readonly name?: string
  /** First processing day that has it; always when left out. */
  readonly from?: CivilDate
}

export interface CutoffSchedule {
  /** IANA name: the clock that the cutoffs are read on. */
  readonly timeZone: string
  readonly cutoffs: readonly Cutoff[]
}

/** All deadlines of the network are those of this clock. */
export const NETWORK_TIME_ZONE = 'America/New_York'

/** The Operators' own schedule. A bank's cutoffs are earlier: take them from its agreement. */
export const OPERATOR_SCHEDULE: CutoffSchedule = {
  timeZone: NETWORK_TIME_ZONE,
  cutoffs: OPERATOR_WINDOWS.map(({ key, by, leadDays, dayAfter, from }) => ({
    name: key,
    by,
    leadDays,
    dayAfter,
    from,
  })),
}

/** Most banking days between processing and effective date; entries that lie further ahead come back as R18. */
export const MAXIMUM_LEAD_DAYS: Readonly<Record<Direction, number>> = { credit: 2, debit: 1 }

/** The latest effective entry date of a file that is processed on a day. */
export function latestEffectiveDate(processingDay: CivilDate, direction: Direction): CivilDate {
  return addBankingDays(processingDay, MAXIMUM_LEAD_DAYS[direction])
}

/** A cutoff that has not passed. */
export interface OpenCutoff {
  readonly cutoff: Cutoff
  /** The banking day on which the file is processed. */
  readonly processingDay: CivilDate
  /** When it passes, in epoch milliseconds. */
  readonly cutoffAt: number
  /** The earliest effective entry date of a file that makes it. */
  readonly effectiveDate: CivilDate
}

function isUsable(cutoff: Cutoff, processingDay: CivilDate): boolean {
  return cutoff.from === undefined || cutoff.from <= processingDay
}

function cutoffAt(clock: ZoneClock, cutoff: Cutoff, processingDay: CivilDate): number {
  return clock.instantOf(cutoff.dayAfter === true ? addDays(processingDay, 1) : processingDay, cutoff.by)
}

/** Every cutoff still open at an instant, of the processing day under way and the three after it, in order of time. */
export function openCutoffs(at: Instant, schedule: CutoffSchedule): readonly OpenCutoff[] {
  const now = epochMs(at)
  const clock = zoneClock(schedule.timeZone)
  // The night of a processing day reaches into the next calendar day.
  const first = bankingDayOnOrAfter(addDays(clock.at(now).date, -1))
  return [0, 1, 2, 3]
    .map((count) => addBankingDays(first, count))
    .flatMap((processingDay) =>
      schedule.cutoffs
        .filter((cutoff) => isUsable(cutoff, processingDay))
        .map((cutoff) => ({
          cutoff,
          processingDay,
          cutoffAt: cutoffAt(clock, cutoff, processingDay),
          effectiveDate: addBankingDays(processingDay, cutoff.leadDays),
        })),
    )
    .filter((each) => each.cutoffAt >= now)
    .toSorted((a, b) => a.cutoffAt - b.cutoffAt)
}

export interface EffectiveDate {
  readonly effectiveDate: CivilDate
  /** A file that is there by this moment still reaches the date: the last of `cutoffs`. */
  readonly sendBy: number
  /** The open cutoffs that reach the date, in order of time. */
  readonly cutoffs: readonly OpenCutoff[]
}

/**
 * The earliest effective entry date that a file sent at `at` can have. With `sameDay: false` the same-day cutoffs are
 * left out, as for entries that may not use them (`sameDayProblem`).
 * @throws RangeError for what is no instant, time zone or time, and when the schedule has no cutoff to use.
 */
export function nextEffectiveDate(
  at: Instant,
  schedule: CutoffSchedule,
  { sameDay }: { readonly sameDay: boolean },
): EffectiveDate {
  const open = openCutoffs(at, schedule).filter((each) => sameDay || each.cutoff.leadDays > 0)
  const dates = open.map((each) => each.effectiveDate).toSorted()
  const cutoffs = open.filter((each) => each.effectiveDate === dates[0])
  const last = cutoffs.at(-1)
  if (!last) throw new RangeError(`The schedule has no ${sameDay ? '' : 'next-day '}cutoff: give at least one`)
  return { effectiveDate: last.effectiveDate, sendBy: last.cutoffAt, cutoffs }
}

/**
 * When to send a file whose entries shall settle on a given banking day: from the beginning of the processing day
 * `notBefore` (earlier, they come back as R18) until `sendBy` in epoch milliseconds.
 * @throws RangeError when `effectiveDate` is no banking day, and as `nextEffectiveDate`.
 */
export function sendingWindow(
  effectiveDate: CivilDate,
  schedule: CutoffSchedule,
  { sameDay, direction }: { readonly sameDay: boolean; readonly direction: Direction },
): { readonly notBefore: CivilDate; readonly sendBy: number } {
  if (!isBankingDay(effectiveDate)) {
    const [before, after] = [addBankingDays(effectiveDate, -1), addBankingDays(effectiveDate, 1)]
    throw new RangeError(`${effectiveDate} is no banking day: take ${before} or ${after}`)
  }
  const clock = zoneClock(schedule.timeZone)
  const moments = schedule.cutoffs.flatMap((cutoff) => {
    const processingDay = addBankingDays(effectiveDate, -cutoff.leadDays)
    const fits = (sameDay || cutoff.leadDays > 0) && cutoff.leadDays <= MAXIMUM_LEAD_DAYS[direction]
    return fits && isUsable(cutoff, processingDay) ? [cutoffAt(clock, cutoff, processingDay)] : []
  })
  if (moments.length === 0) throw new RangeError(`The schedule has no cutoff for ${effectiveDate}: give at least one`)
  const notBefore = addBankingDays(effectiveDate, -MAXIMUM_LEAD_DAYS[direction])
  return { notBefore, sendBy: Math.max(...moments) }
}
