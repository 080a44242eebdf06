import { type CivilDate, civilDate, dateParts, isLeapYear } from '../civil-date.ts'
import { addDays, daysBetween } from './day-number.ts'

/** The day of the year, '001' to '366', as in the settlement date of a batch header. */
export function julianDay(date: CivilDate): string {
  const { year } = dateParts(date)
  return String(daysBetween(civilDate(year, 1, 1), date) + 1).padStart(3, '0')
}

/**
 * The day that a Julian day without a year means: of the year that puts it nearest to `near`, mostly the file creation
 * date; of two equally near ones the later, because settlement follows creation. '002' near 2026-12-31 is 2027-01-02.
 * Null for what is no day (000, 367, letters), and for 366 when no year around has one.
 * @throws RangeError when `near` is no civil date.
 */
export function dateOfJulianDay(julian: string, near: CivilDate): CivilDate | null {
  const day = /^\d{3}$/.test(julian) ? Number(julian) : 0
  const { year } = dateParts(near)
  let found: CivilDate | null = null
  for (const each of [year + 1, year, year - 1]) {
    if (day < 1 || day > (isLeapYear(each) ? 366 : 365) || each < 0 || each > 9999) continue
    const date = addDays(civilDate(each, 1, 1), day - 1)
    if (found === null || Math.abs(daysBetween(near, date)) < Math.abs(daysBetween(near, found))) found = date
  }
  return found
}
