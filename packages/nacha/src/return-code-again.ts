import { dayNumber } from './calendar/day-number.ts'
import { deadline } from './calendar/deadline.ts'
import type { CivilDate } from './civil-date.ts'
import { returnCode } from './return-code.ts'

/** How often an entry that came back for lack of money may be sent again. */
export const MAXIMUM_REINITIATIONS = 2
/** The companyEntryDescription of an entry that is sent again as it was. */
export const RETRY_DESCRIPTION = 'RETRY PYMT'

/** What is known of an entry that came back. */
export interface ReturnedEntry {
  /** Settlement of the original entry, not of a later try. */
  readonly settledOn: CivilDate
  /** Settlement of the return. */
  readonly returnedOn: CivilDate
  /** The day the new entry would settle. */
  readonly on: CivilDate
  /** How often it was sent again already. */
  readonly reinitiations: number
  /** Addenda information of the return: R17 says there what it means. */
  readonly addendaInformation?: string
}

/**
 * `as_it_was`: same company name, identification and amount, described `RETRY PYMT`. `once_authorized`: when the receiver
 * has agreed again. `once_corrected`: when the cause is gone. `as_corrected_entry`: a new entry, on the old authorization.
 */
export type SendAgainAnswer = 'as_it_was' | 'once_authorized' | 'once_corrected' | 'as_corrected_entry' | 'no'

export interface SendAgain {
  readonly answer: SendAgainAnswer
  /** The last day for it; null when the rules set none or the answer is no. */
  readonly until: CivilDate | null
  /** Tries that are left; null when they are not counted. */
  readonly left: number | null
  /** A sentence for a person. */
  readonly why: string
}

function no(why: string): SendAgain {
  return { answer: 'no', until: null, left: null, why }
}

function withinWindow(entry: ReturnedEntry, yes: Omit<SendAgain, 'until'>): SendAgain {
  const until = deadline('reinitiation', entry.settledOn)?.date ?? null
  if (until !== null && entry.on > until) {
    return no(`It may be sent again until ${until}, 180 days after the original settled: agree on a new payment`)
  }
  return { ...yes, until }
}

function again(entry: ReturnedEntry): SendAgain {
  const left = MAXIMUM_REINITIATIONS - entry.reinitiations
  if (left <= 0)
    return no(`It was sent again ${entry.reinitiations} times already, and ${MAXIMUM_REINITIATIONS} is the most`)
  const why = `Same company name, identification and amount, described ${RETRY_DESCRIPTION}`
  return withinWindow(entry, { answer: 'as_it_was', left, why })
}

function corrected(entry: ReturnedEntry): SendAgain {
  const until = deadline('correctedEntry', entry.returnedOn)?.date ?? null
  if (until === null) return no('Before 1 April 2020 this code had another meaning: a new authorization is needed')
  if (entry.on > until) return no(`A corrected entry could settle until ${until}, 60 days after the return settled`)
  return { answer: 'as_corrected_entry', until, left: null, why: 'The authorization holds: correct the error first' }
}

/** True when R17 was used for suspected fraud: the first 12 positions of its addenda information say so. */
export function isQuestionable(code: string, addendaInformation: string): boolean {
  return code === 'R17' && addendaInformation.slice(0, 12).toUpperCase() === 'QUESTIONABLE'
}

/**
 * Whether and how an entry that came back with a code may be sent again on a day. A code that is not assigned: no.
 * @throws RangeError when a date is no civil date, or `reinitiations` no whole number from 0.
 */
export function maySendAgain(code: string, entry: ReturnedEntry): SendAgain {
  for (const date of [entry.settledOn, entry.returnedOn, entry.on]) dayNumber(date)
  if (!Number.isInteger(entry.reinitiations) || entry.reinitiations < 0) {
    throw new RangeError(`${entry.reinitiations} reinitiations: count them from 0`)
  }
  const row = returnCode(code)
  if (!row) return no('The code is not assigned: ask your bank what it means')
  if (isQuestionable(code, entry.addendaInformation ?? '')) {
    return no('The receiving bank suspects fraud: not before that is cleared')
  }
  switch (row.again) {
    case 'retry':
      return again(entry)
    case 'new60':
      return corrected(entry)
    case 'auth': {
      const yes = { answer: 'once_authorized', left: null, why: row.advice } as const
      return row.categories.includes('stop') ? withinWindow(entry, yes) : { ...yes, until: null }
    }
    case 'fix':
      return { answer: 'once_corrected', until: null, left: null, why: row.advice }
    case 'no':
      return no(row.advice)
  }
}
