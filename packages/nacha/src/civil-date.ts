import { padded } from './padded.ts'

/** A day without time or zone, 'YYYY-MM-DD'. */
export type CivilDate = string

export const DAY_MS = 86_400_000

export function civilDate(year: number, month: number, day: number): CivilDate {
  return `${padded(year, 4)}-${padded(month, 2)}-${padded(day, 2)}`
}

/** The day so many days after 1970-01-01; no civil date when it lies outside the years 0 to 9999. */
export function dateOfDayNumber(number: number): CivilDate {
  const day = new Date(number * DAY_MS)
  return Number.isNaN(day.valueOf()) ? '' : day.toISOString().slice(0, -14)
}

/** Days since 1970-01-01; NaN when `text` is no civil date. Engines read a 30 February as 2 March: its day differs. */
export function dayNumberOf(text: string): number {
  const day = new Date(/^\d{4}-\d\d-\d\d$/.test(text) ? text : Number.NaN)
  return day.getUTCDate() === Number(text.slice(8)) ? day.valueOf() / DAY_MS : Number.NaN
}

/** True for a day that exists: 2028-02-29, not 2027-02-29. */
export function isCivilDate(text: string): boolean {
  return !Number.isNaN(dayNumberOf(text))
}

/** YYMMDD of a civil date; null for no date or a year the two digits cannot carry (the format knows 2000 to 2099). */
export function toSixDigits(date: CivilDate): string | null {
  if (!isCivilDate(date) || !date.startsWith('20')) return null
  return date.slice(2, 4) + date.slice(5, 7) + date.slice(8, 10)
}

/** The civil date of YYMMDD; null when there is no such day. The format has no century: 00 to 99 are 2000 to 2099. */
export function fromSixDigits(text: string): CivilDate | null {
  const date = `20${text.slice(0, 2)}-${text.slice(2, 4)}-${text.slice(4)}`
  return isCivilDate(date) ? date : null
}
