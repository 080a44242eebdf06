import { type CivilDate, civilDate, dateParts, isCivilDate } from '../civil-date.ts'

/** Days of 400 years, after which the calendar repeats. */
const CYCLE = 146_097

/** Days since 1970-01-01, counted in years that begin in March so that the leap day is the last (Hinnant's method). */
export function dayNumber(date: CivilDate): number {
  const { year, month, day } = dateParts(date)
  const y = month <= 2 ? year - 1 : year
  const era = Math.floor(y / 400)
  const yearOfEra = y - era * 400
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * CYCLE + dayOfEra - 719_468
}

function dateOfDayNumber(number: number): CivilDate {
  const shifted = number + 719_468
  const era = Math.floor(shifted / CYCLE)
  const dayOfEra = shifted - era * CYCLE
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153)
  const day = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
  return civilDate(yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
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
  const there = Number.isInteger(count) ? dateOfDayNumber(dayNumber(date) + count) : ''
  if (!isCivilDate(there)) throw new RangeError(`${count} days from ${date} leave the calendar`)
  return there
}
