import { type Deadline, isMissed } from '../calendar/deadline.ts'
import { type CivilDate, isCivilDate } from '../civil-date.ts'
import type { ProblemPlace, Problems } from './problem.ts'

/** The day an answer reaches whom it is for; without it no deadline is asked. */
export interface AnswerDay {
  /** Day on which the answer settles, or is there when business opens. */
  readonly on?: CivilDate | undefined
  /** Make it although the time is over. */
  readonly evenIfLate?: boolean | undefined
}

/** Refuses what comes after its deadline; a deadline that the rules do not count in days is never missed. */
export function refuseMissed(
  what: string,
  { on, evenIfLate }: AnswerDay,
  due: Deadline | null,
  problems: Problems,
  place: ProblemPlace,
): void {
  if (on === undefined || evenIfLate) return
  if (!isCivilDate(on)) problems.add('date.invalid', 'The day of the answer is not of the form YYYY-MM-DD', place)
  else if (due && isMissed(due, on)) problems.add('date.late', `${what} was due on ${due.date}`, place)
}
