import { type Deadline, deadline } from './calendar/deadline.ts'
import type { DeadlineKey } from './calendar/deadline-table.ts'
import type { CivilDate } from './civil-date.ts'
import { returnCode } from './return-code.ts'
import type { TimeFrame } from './return-code-row.ts'

/** The term of each frame; null: the rules set no day that can be counted. */
const TERM_OF: Readonly<Record<TimeFrame, DeadlineKey | null>> = {
  '2BD': 'return2bd',
  '2BD-refusal': 'returnRefusedCredit',
  '60CD': 'return60cd',
  '5BD': 'dishonor',
  '2BD-D': 'contest',
  OP: null,
  AGR: null,
  NONE: null,
  OWN: null,
}

/** The days that a return deadline is counted from. */
export interface ReturnDates {
  /**
   * Settlement of what the code answers: of the entry; for a dishonor code of the return; for a contest code of the
   * dishonored return.
   */
  readonly settledOn: CivilDate
  /** For codes with a written statement: the day the receiving bank finished checking it. */
  readonly statementCheckedOn?: CivilDate
  /** For R23: the day the receiver refused the credit. */
  readonly refusedOn?: CivilDate
}

/**
 * By when a return with this code must be made. Null when the rules set no countable day (Operator, by agreement,
 * enrollment, R90), when the code is not assigned, and for R23 while the day of the refusal is not known.
 * @throws RangeError when a date is no civil date.
 */
export function returnDeadline(code: string, dates: ReturnDates): Deadline | null {
  const row = returnCode(code)
  const key = row && TERM_OF[row.frame]
  if (!row || key === null) return null
  const startsOn = row.frame === '2BD-refusal' ? dates.refusedOn : dates.settledOn
  if (startsOn === undefined) return null
  const due = deadline(key, startsOn)
  if (!row.writtenStatement || dates.statementCheckedOn === undefined) return due
  const prompt = deadline('returnAfterStatement', dates.statementCheckedOn)
  return prompt && due && prompt.date < due.date ? prompt : due
}
