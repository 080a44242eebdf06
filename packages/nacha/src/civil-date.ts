/** A day without time or zone, 'YYYY-MM-DD'. */
export type CivilDate = string

const FORM = /^(\d{4})-(\d{2})-(\d{2})$/

export interface DateParts {
  readonly year: number
  readonly month: number
  readonly day: number
}

export function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

/** True for a day that exists: 2028-02-29, not 2027-02-29. */
export function isCivilDate(text: string): boolean {
  const match = FORM.exec(text)
  if (!match) return false
  const month = Number(match[2])
  const day = Number(match[3])
  return month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(Number(match[1]), month)
}

/** @throws RangeError when `date` is not a civil date. */
export function dateParts(date: CivilDate): DateParts {
  if (!isCivilDate(date)) throw new RangeError(`'${date}' is not a date of the form YYYY-MM-DD`)
  return { year: Number(date.slice(0, 4)), month: Number(date.slice(5, 7)), day: Number(date.slice(8, 10)) }
}

const two = (value: number) => String(value).padStart(2, '0')

export function civilDate(year: number, month: number, day: number): CivilDate {
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`
}

/** 0 Sunday to 6 Saturday (Sakamoto's method). */
export function dayOfWeek({ year, month, day }: DateParts): number {
  const shift = [0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4][month - 1] ?? 0
  // A whole cycle of 400 years keeps January of the year 0 from counting in a negative year.
  const y = (month < 3 ? year - 1 : year) + 400
  return (y + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) + shift + day) % 7
}

/** The next (`step` 1) or the previous (-1) day. */
export function neighbour({ year, month, day }: DateParts, step: 1 | -1): DateParts {
  const there = day + step
  if (there >= 1 && there <= daysInMonth(year, month)) return { year, month, day: there }
  const monthThere = month + step
  if (monthThere === 13) return { year: year + 1, month: 1, day: 1 }
  if (monthThere === 0) return { year: year - 1, month: 12, day: 31 }
  return { year, month: monthThere, day: step === 1 ? 1 : daysInMonth(year, monthThere) }
}

/** YYMMDD of a civil date; null for no date or a year the two digits cannot carry (the format knows 2000 to 2099). */
export function toSixDigits(date: CivilDate): string | null {
  if (!isCivilDate(date) || !date.startsWith('20')) return null
  return date.slice(2, 4) + date.slice(5, 7) + date.slice(8, 10)
}

/**
 * The civil date of YYMMDD; null when there is no such day. The format has no century: 00 to 99 are 2000 to 2099.
 * With `notAfter` it is the latest such day that is not after it: a date of death (R14, R15) never lies ahead.
 */
export function fromSixDigits(text: string, notAfter?: CivilDate): CivilDate | null {
  let century = notAfter === undefined ? 20 : Number(notAfter.slice(0, 2))
  const inCentury = () => `${two(century)}${text.slice(0, 2)}-${text.slice(2, 4)}-${text.slice(4)}`
  if (notAfter !== undefined && inCentury() > notAfter) century--
  const date = inCentury()
  return isCivilDate(date) ? date : null
}
