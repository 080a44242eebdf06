import { HOLIDAYS, holidayAt, keptOn } from './banking-day.ts'
import { dayNumber } from './calendar/day-number.ts'
import { type CivilDate, civilDate } from './civil-date.ts'

/** The names of `HOLIDAYS`, in the same order. */
export const HOLIDAY_NAMES: readonly string[] = [
  "New Year's Day",
  'Martin Luther King, Jr. Day',
  "Washington's Birthday",
  'Memorial Day',
  'Juneteenth National Independence Day',
  'Independence Day',
  'Labor Day',
  'Columbus Day',
  'Veterans Day',
  'Thanksgiving Day',
  'Christmas Day',
]

/**
 * The weekdays of a year on which the Federal Reserve and so the ACH Operators are closed, in order. From the rule, so
 * any year from 1980 to 9999 works.
 */
export function holidaysOf(year: number): readonly { readonly date: CivilDate; readonly name: string }[] {
  if (!Number.isInteger(year) || year < 1980 || year > 9999) throw new RangeError(`${year} is not a year from 1980 on`)
  return HOLIDAYS.flatMap((holiday, at) => {
    const day = keptOn(holiday, year)
    return day === null ? [] : [{ date: civilDate(year, holiday.month, day), name: HOLIDAY_NAMES[at] ?? '' }]
  })
}

/**
 * The Federal Reserve holiday for which the banks are closed on that weekday, or null. Holidays follow from the rule,
 * so any year works. A holiday that falls on a weekend names the day it is kept on, not itself.
 * @throws RangeError when `date` is not 'YYYY-MM-DD'.
 */
export function holidayName(date: CivilDate): string | null {
  return HOLIDAY_NAMES[holidayAt(dayNumber(date))] ?? null
}
