import { type CivilDate, fromSixDigits, isCivilDate, toSixDigits } from '../../civil-date.ts'
import type { SegmentProblem } from './segment.ts'

/** Checks elements and collects what is wrong with them. */
export class Elements {
  readonly problems: SegmentProblem[] = []
  readonly #elements: readonly string[]

  constructor(elements: readonly string[]) {
    this.#elements = elements
  }

  fault(element: number, message: string): void {
    this.problems.push({ element, message })
  }

  /** An element (from 1) of `minimum` to `maximum` characters. */
  text(element: number, minimum: number, maximum: number): string {
    const text = this.#elements[element - 1] ?? ''
    if (text.length < minimum || text.length > maximum)
      this.fault(element, `expected ${minimum} to ${maximum} characters`)
    return text
  }

  /** An element of a form, in words for who reads the problem. */
  formed(element: number, form: RegExp, expected: string): string {
    const text = this.#elements[element - 1] ?? ''
    if (!form.test(text)) this.fault(element, `expected ${expected}`)
    return text
  }

  /** Whole cents, 1 to 10 digits without a point. */
  cents(element: number): number {
    return Number(this.formed(element, /^\d{1,10}$/, '1 to 10 digits: cents without a point'))
  }

  /** YYMMDD, also YYYYMMDD as newer guides have it. */
  date(element: number): CivilDate {
    const text = this.#elements[element - 1] ?? ''
    const long = `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`
    const date = text.length === 8 ? long : (fromSixDigits(text) ?? '')
    if (isCivilDate(date)) return date
    this.fault(element, 'expected a day as YYMMDD or YYYYMMDD')
    return ''
  }

  none(after: number): void {
    if (this.#elements.length > after) this.fault(after + 1, `expected at most ${after} elements`)
  }
}

/** 'short' is YYMMDD, 'long' YYYYMMDD. */
export type DateForm = 'short' | 'long'

/** The digits of a day; '' for what is none, which its reading then refuses. */
export function dateDigits(date: CivilDate, form: DateForm): string {
  if (!isCivilDate(date)) return ''
  return form === 'long' ? date.replaceAll('-', '') : (toSixDigits(date) ?? '')
}
