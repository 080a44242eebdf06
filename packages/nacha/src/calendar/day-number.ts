import { type CivilDate, dateOfDayNumber, dayNumberOf, isCivilDate } from '../civil-date.ts'

/** Days since 1970-01-01. @throws RangeError when `date` is not a civil date. */
export function dayNumber(date: CivilDate): number {
  const number = dayNumberOf(date)
  if (Number.isNaN(number)) throw new RangeError(`'${date}' is not a date of the form YYYY-MM-DD`)
  return number
}

/** The day of that number. @throws RangeError, with the `way` that led to it, when it is outside the years 0 to 9999. */
export function dateAt(number: number, way: string): CivilDate {
  const date = dateOfDayNumber(number)
  if (!isCivilDate(date)) throw new RangeError(`${way} leave the calendar`)
  return date
}

/** Calendar days from `from` to `to`, negative when `to` lies before. @throws RangeError for what is no civil date. */
export function daysBetween(from: CivilDate, to: CivilDate): number {
  return dayNumber(to) - dayNumber(from)
}

/**
 * The day `count` calendar days after `date` (before it when negative).
 * @throws RangeError when `date` is no civil date, `count` no whole number, or the result outside the years 0 to 9999.
 */
export function addDays(date: CivilDate, count: number): CivilDate {
  return dateAt(Number.isInteger(count) ? dayNumber(date) + count : Number.NaN, `${count} days from ${date}`)
}
