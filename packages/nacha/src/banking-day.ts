import { dateAt, dayNumber } from './calendar/day-number.ts'
import { type CivilDate, DAY_MS } from './civil-date.ts'

const MONDAY = 1
const THURSDAY = 4
const SATURDAY = 6

interface Holiday {
  readonly month: number
  /** The day of the month; with a `weekday` the first of the seven days among which that weekday is the holiday. */
  readonly day: number
  readonly weekday?: number
  /** The first year the banks closed for it; always when left out. */
  readonly since?: number
}

/**
 * The Federal Reserve's holidays, in the order of the year. A change of them is one more row or a `since`. Their names
 * stand in the same order in `holidays.ts`: to judge a date nobody needs them.
 */
export const HOLIDAYS: readonly Holiday[] = [
  { month: 1, day: 1 },
  { month: 1, day: 15, weekday: MONDAY, since: 1986 },
  { month: 2, day: 15, weekday: MONDAY },
  { month: 5, day: 25, weekday: MONDAY },
  { month: 6, day: 19, since: 2021 },
  { month: 7, day: 4 },
  { month: 9, day: 1, weekday: MONDAY },
  { month: 10, day: 8, weekday: MONDAY },
  { month: 11, day: 11 },
  { month: 11, day: 22, weekday: THURSDAY },
  { month: 12, day: 25 },
]

/** 0 Sunday to 6 Saturday. 1970-01-01 was a Thursday; 700,000 weeks keep the years before it from being negative. */
const weekdayOf = (number: number) => (number + THURSDAY + 4_900_000) % 7

/** The day of the month on which the banks close for a holiday, or null when they do not. */
export function keptOn({ month, day, weekday, since = 0 }: Holiday, year: number): number | null {
  // Weekdays repeat after 400 years, and `Date.UTC` takes the years 0 to 99 for those of a century.
  const first = weekdayOf(Date.UTC(year + 400, month - 1, day) / DAY_MS)
  if (year < since) return null
  if (weekday !== undefined) return day + ((weekday - first + 7) % 7)
  // A holiday on a Sunday is kept on Monday. On a Saturday it is not moved: the Friday before is a banking day.
  if (first === SATURDAY) return null
  return first === 0 ? day + 1 : day
}

/** Which of the holidays keeps the banks closed on a day, -1 for none. */
export function holidayAt(number: number): number {
  const date = new Date(number * DAY_MS)
  const month = date.getUTCMonth() + 1
  return HOLIDAYS.findIndex((each) => each.month === month && keptOn(each, date.getUTCFullYear()) === date.getUTCDate())
}

function isOpen(number: number): boolean {
  return weekdayOf(number) % SATURDAY > 0 && holidayAt(number) < 0
}

/**
 * True when the ACH Operators are open: Monday to Friday, no Federal Reserve holiday.
 * @throws RangeError when `date` is not 'YYYY-MM-DD'.
 */
export function isBankingDay(date: CivilDate): boolean {
  return isOpen(dayNumber(date))
}

/**
 * The `count`-th banking day after `date` (before it when negative); `date` itself for 0, open or not.
 * @throws RangeError when `date` is not 'YYYY-MM-DD' or `count` is not a whole number up to 10,000.
 */
export function addBankingDays(date: CivilDate, count: number): CivilDate {
  if (!Number.isInteger(count) || Math.abs(count) > 10_000) throw new RangeError(`${count} banking days`)
  let number = dayNumber(date)
  for (let left = Math.abs(count); left > 0; ) {
    number += Math.sign(count)
    if (isOpen(number)) left--
  }
  return dateAt(number, `${count} banking days from ${date}`)
}

/** The first banking day after `date`. */
export function nextBankingDay(date: CivilDate): CivilDate {
  return addBankingDays(date, 1)
}

/** `date` when it is a banking day, else the next one: what settles on a closed day settles then. */
export function bankingDayOnOrAfter(date: CivilDate): CivilDate {
  return isBankingDay(date) ? date : addBankingDays(date, 1)
}

/** `date` when it is a banking day, else the one before. */
export function bankingDayOnOrBefore(date: CivilDate): CivilDate {
  return isBankingDay(date) ? date : addBankingDays(date, -1)
}

/**
 * How many banking days `to` lies after `from`: the `n` for which `addBankingDays(from, n)` reaches `to` (when `to` is a
 * banking day). Counts those after `from` up to and with `to`; negative, from `to` on, when `to` lies before.
 * @throws RangeError when either is not 'YYYY-MM-DD' or they are more than 100 years apart.
 */
export function bankingDaysBetween(from: CivilDate, to: CivilDate): number {
  const first = dayNumber(from)
  const days = dayNumber(to) - first
  if (Math.abs(days) > 36_525) throw new RangeError(`${from} and ${to} are more than 100 years apart`)
  const step = Math.sign(days)
  let count = 0
  for (let each = step; Math.abs(each) <= Math.abs(days) && step !== 0; each += step) {
    if (isOpen(first + each)) count += step
  }
  return count
}
