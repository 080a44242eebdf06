import { addBankingDays, nextBankingDay } from '../banking-day.ts'
import type { CivilDate } from '../civil-date.ts'
import { type Dated, inForce } from './dated.ts'
import { addDays, dayNumber } from './day-number.ts'
import { DEADLINES, type DeadlineKey, type Term } from './deadline-table.ts'

/** Which moment of the day counts: opening of business, end of the day, or (waiting times) the first day allowed. */
export type Edge = 'opening' | 'close' | 'earliest'

export interface Deadline {
  readonly key: DeadlineKey
  readonly date: CivilDate
  readonly edge: Edge
}

function dayOf(term: Term, startsOn: CivilDate): CivilDate {
  if (term.unit === 'banking') return addBankingDays(startsOn, term.count)
  const day = addDays(startsOn, term.count)
  return term.unit === 'calendarThenBanking' ? nextBankingDay(day) : day
}

/**
 * The day a term ends that begins on `startsOn` (what begins it says the table), by the rule in force on that day. Null
 * when there was no such rule yet.
 * @throws RangeError when `startsOn` is no civil date.
 */
export function deadline(key: DeadlineKey, startsOn: CivilDate): Deadline | null {
  dayNumber(startsOn)
  const { terms, edge }: { readonly terms: readonly Dated<Term>[]; readonly edge: Edge } = DEADLINES[key]
  const term = inForce(terms, startsOn)
  return term && { key, date: dayOf(term, startsOn), edge }
}

/**
 * True when what was done on `doneOn` was done too late, or, for a waiting time, too early. For an `opening` deadline
 * `doneOn` is the day on which the return settles or was there when business opened.
 */
export function isMissed(due: Deadline, doneOn: CivilDate): boolean {
  dayNumber(doneOn)
  return due.edge === 'earliest' ? doneOn < due.date : doneOn > due.date
}
