import { daysBetween } from './calendar/day-number.ts'
import { type CivilDate, civilDate, type DateParts, dateParts, dayOfWeek, neighbour } from './civil-date.ts'

const MONDAY = 1
const THURSDAY = 4
const SATURDAY = 6

interface FixedHoliday {
  readonly name: string
  readonly month: number
  readonly day: number
  /** The first year the banks closed for it; always when left out. */
  readonly since?: number
}

/** The `nth` weekday of the month; -1 is the last one. */
interface FloatingHoliday {
  readonly name: string
  readonly month: number
  readonly weekday: number
  readonly nth: number
  readonly since?: number
}

/** The Federal Reserve's holidays, in the order of the year. A change of them is one more row or a `since`. */
export const HOLIDAYS: readonly (FixedHoliday | FloatingHoliday)[] = [
  { name: "New Year's Day", month: 1, day: 1 },
  { name: 'Martin Luther King, Jr. Day', month: 1, weekday: MONDAY, nth: 3, since: 1986 },
  { name: "Washington's Birthday", month: 2, weekday: MONDAY, nth: 3 },
  { name: 'Memorial Day', month: 5, weekday: MONDAY, nth: -1 },
  { name: 'Juneteenth National Independence Day', month: 6, day: 19, since: 2021 },
  { name: 'Independence Day', month: 7, day: 4 },
  { name: 'Labor Day', month: 9, weekday: MONDAY, nth: 1 },
  { name: 'Columbus Day', month: 10, weekday: MONDAY, nth: 2 },
  { name: 'Veterans Day', month: 11, day: 11 },
  { name: 'Thanksgiving Day', month: 11, weekday: THURSDAY, nth: 4 },
  { name: 'Christmas Day', month: 12, day: 25 },
]

/** The day of the month on which the banks close for a holiday, or null when they do not. */
function keptOn(holiday: FixedHoliday | FloatingHoliday, year: number): number | null {
  const { month, since = year } = holiday
  if (year < since) return null
  if ('nth' in holiday) {
    const first = 1 + ((holiday.weekday - dayOfWeek({ year, month, day: 1 }) + 7) % 7)
    if (holiday.nth > 0) return first + (holiday.nth - 1) * 7
    // Only Memorial Day counts from the end, in May, which has 31 days.
    return first + 28 <= 31 ? first + 28 : first + 21
  }
  const weekday = dayOfWeek({ year, month, day: holiday.day })
  // A holiday on a Sunday is kept on Monday. On a Saturday it is not moved: the Friday before is a banking day.
  if (weekday === SATURDAY) return null
  return weekday === 0 ? holiday.day + 1 : holiday.day
}

function holidayOf({ year, month, day }: DateParts): string | null {
  return HOLIDAYS.find((each) => each.month === month && keptOn(each, year) === day)?.name ?? null
}

function isWeekday(parts: DateParts): boolean {
  const weekday = dayOfWeek(parts)
  return weekday !== 0 && weekday !== SATURDAY
}

function isOpen(parts: DateParts): boolean {
  return isWeekday(parts) && holidayOf(parts) === null
}

/**
 * The weekdays of a year on which the Federal Reserve and so the ACH Operators are closed, in order. From the rule, so
 * any year from 1980 to 9999 works.
 */
export function holidaysOf(year: number): readonly { readonly date: CivilDate; readonly name: string }[] {
  if (!Number.isInteger(year) || year < 1980 || year > 9999) throw new RangeError(`${year} is not a year from 1980 on`)
  return HOLIDAYS.flatMap((holiday) => {
    const day = keptOn(holiday, year)
    return day === null ? [] : [{ date: civilDate(year, holiday.month, day), name: holiday.name }]
  })
}

/**
 * The Federal Reserve holiday for which the banks are closed on that weekday, or null. Holidays follow from the rule,
 * so any year works. A holiday that falls on a weekend names the day it is kept on, not itself.
 * @throws RangeError when `date` is not 'YYYY-MM-DD'.
 */
export function holidayName(date: CivilDate): string | null {
  return holidayOf(dateParts(date))
}

/**
 * True when the ACH Operators are open: Monday to Friday, no Federal Reserve holiday.
 * @throws RangeError when `date` is not 'YYYY-MM-DD'.
 */
export function isBankingDay(date: CivilDate): boolean {
  return isOpen(dateParts(date))
}

/**
 * The `count`-th banking day after `date` (before it when negative); `date` itself for 0, open or not.
 * @throws RangeError when `date` is not 'YYYY-MM-DD' or `count` is not a whole number up to 10,000.
 */
export function addBankingDays(date: CivilDate, count: number): CivilDate {
  if (!Number.isInteger(count) || Math.abs(count) > 10_000) throw new RangeError(`${count} banking days`)
  const step = count < 0 ? -1 : 1
  let parts = dateParts(date)
  for (let left = Math.abs(count); left > 0; ) {
    parts = neighbour(parts, step)
    if (parts.year < 0 || parts.year > 9999)
      throw new RangeError(`${count} banking days from ${date} leave the calendar`)
    if (isOpen(parts)) left--
  }
  return civilDate(parts.year, parts.month, parts.day)
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
  const days = daysBetween(from, to)
  if (Math.abs(days) > 36_525) throw new RangeError(`${from} and ${to} are more than 100 years apart`)
  let count = 0
  let parts = dateParts(from)
  for (let left = Math.abs(days); left > 0; left--) {
    parts = neighbour(parts, days < 0 ? -1 : 1)
    if (isOpen(parts)) count += days < 0 ? -1 : 1
  }
  return count
}
