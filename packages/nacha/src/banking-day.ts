import { type CivilDate, civilDate, type DateParts, dateParts, dayOfWeek, neighbour } from './civil-date.ts'

const MONDAY = 1
const THURSDAY = 4
const SATURDAY = 6

interface FixedHoliday {
  readonly name: string
  readonly month: number
  readonly day: number
}

/** The `nth` weekday of the month; -1 is the last one. */
interface FloatingHoliday {
  readonly name: string
  readonly month: number
  readonly weekday: number
  readonly nth: number
}

const FIXED: readonly FixedHoliday[] = [
  { name: "New Year's Day", month: 1, day: 1 },
  { name: 'Juneteenth National Independence Day', month: 6, day: 19 },
  { name: 'Independence Day', month: 7, day: 4 },
  { name: 'Veterans Day', month: 11, day: 11 },
  { name: 'Christmas Day', month: 12, day: 25 },
]

const FLOATING: readonly FloatingHoliday[] = [
  { name: 'Martin Luther King, Jr. Day', month: 1, weekday: MONDAY, nth: 3 },
  { name: "Washington's Birthday", month: 2, weekday: MONDAY, nth: 3 },
  { name: 'Memorial Day', month: 5, weekday: MONDAY, nth: -1 },
  { name: 'Labor Day', month: 9, weekday: MONDAY, nth: 1 },
  { name: 'Columbus Day', month: 10, weekday: MONDAY, nth: 2 },
  { name: 'Thanksgiving Day', month: 11, weekday: THURSDAY, nth: 4 },
]

function isNth(parts: DateParts, holiday: FloatingHoliday): boolean {
  if (parts.month !== holiday.month || dayOfWeek(parts) !== holiday.weekday) return false
  // Only Memorial Day counts from the end, in May, which has 31 days.
  return holiday.nth === -1 ? parts.day > 24 : Math.ceil(parts.day / 7) === holiday.nth
}

function holidayOf(parts: DateParts): string | null {
  const weekday = dayOfWeek(parts)
  // A holiday on a Sunday is kept on Monday. On a Saturday it is not moved: the Friday before is a banking day.
  const yesterday = weekday === MONDAY ? neighbour(parts, -1) : null
  for (const { name, month, day } of FIXED) {
    if (weekday !== 0 && weekday !== SATURDAY && parts.month === month && parts.day === day) return name
    if (yesterday && yesterday.month === month && yesterday.day === day) return name
  }
  return FLOATING.find((each) => isNth(parts, each))?.name ?? null
}

function isOpen(parts: DateParts): boolean {
  const weekday = dayOfWeek(parts)
  return weekday !== 0 && weekday !== SATURDAY && holidayOf(parts) === null
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
    if (isOpen(parts)) left--
  }
  return civilDate(parts.year, parts.month, parts.day)
}

/** The first banking day after `date`. */
export function nextBankingDay(date: CivilDate): CivilDate {
  return addBankingDays(date, 1)
}
