import { nextBankingDay } from '@fistworks/nacha'
import { bankDate, bankInstant } from '../sandbox/bank-time.ts'
import { ClockRefusal } from './sandbox-clock.ts'

/** The moves that are offered, by the name that a form or a test sends. */
export const CLOCK_MOVES = {
  hour: '+1 hour',
  day: '+1 day',
  bankingDay: 'Next banking day',
} as const

/** When a day is asked for, this time of it, in New York: the bank has put out what it has to say. */
const MORNING = '09:00'
const HOUR_MS = 3_600_000

/**
 * Where a move leads.
 * @param asked `by` a name of `CLOCK_MOVES`, or `to` a date (9:00 in New York) or an instant in UTC
 * @throws ClockRefusal
 */
export function clockAfter(asked: { by?: unknown; to?: unknown }, now: Date): Date {
  const { by, to } = asked
  if (typeof to === 'string' && to !== '') return instantOf(to)
  if (by === 'hour') return new Date(now.getTime() + HOUR_MS)
  if (by === 'day') return new Date(now.getTime() + 24 * HOUR_MS)
  if (by === 'bankingDay') return bankInstant(nextBankingDay(bankDate(now)), MORNING)
  throw new ClockRefusal(`Say by: ${Object.keys(CLOCK_MOVES).join(', ')}; or to: a date or a time.`)
}

function instantOf(text: string): Date {
  const isDate = /^\d{4}-\d\d-\d\d$/.test(text)
  const isInstant = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?Z$/.test(text)
  if ((isDate || isInstant) && !Number.isNaN(Date.parse(text)))
    return isDate ? bankInstant(text, MORNING) : new Date(text)
  throw new ClockRefusal('Say the time as a date, like 2026-11-24, or in UTC, like 2026-11-24T06:00:00Z.')
}
