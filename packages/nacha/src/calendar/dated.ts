import type { CivilDate } from '../civil-date.ts'

/** A value that a rule has from a day on, until the next row of its list. */
export interface Dated<T> {
  readonly from: CivilDate
  readonly value: T
}

/** The value in force on a day, from a list in order of time; null before its first row. */
export function inForce<T>(history: readonly Dated<T>[], on: CivilDate): T | null {
  return history.findLast((each) => each.from <= on)?.value ?? null
}
