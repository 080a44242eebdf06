import { type CivilDate, civilDate, dateOfDayNumber, dayNumberOf } from '../civil-date.ts'
import { padded } from '../padded.ts'
import { dayNumber } from './day-number.ts'

/** The day of the year, '001' to '366', as in the settlement date of a batch header. */
export function julianDay(date: CivilDate): string {
  const first = dayNumberOf(`${date.slice(0, 4)}-01-01`)
  return padded(dayNumber(date) - first + 1, 3)
}

/**
 * The day that a Julian day without a year means: of the year that puts it nearest to `near`, mostly the file creation
 * date; of two equally near ones the later, because settlement follows creation. '002' near 2026-12-31 is 2027-01-02.
 * Null for what is no day (000, 367, letters), and for 366 when no year around has one.
 * @throws RangeError when `near` is no civil date.
 */
export function dateOfJulianDay(julian: string, near: CivilDate): CivilDate | null {
  const day = /^\d{3}$/.test(julian) ? Number(julian) : 0
  const there = dayNumber(near)
  const year = Number(near.slice(0, 4))
  let found: CivilDate | null = null
  let distance = Number.POSITIVE_INFINITY
  for (const each of [year + 1, year, year - 1]) {
    const first = civilDate(each, 1, 1)
    const number = dayNumberOf(first) + day - 1
    const date = dateOfDayNumber(number)
    // 000, and 366 of a common year, are days of another year.
    if (date.slice(0, 4) === first.slice(0, 4) && Math.abs(number - there) < distance) {
      found = date
      distance = Math.abs(number - there)
    }
  }
  return found
}
