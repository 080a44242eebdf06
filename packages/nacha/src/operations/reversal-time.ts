import { isMissed } from '../calendar/deadline.ts'
import { reversalDeadline } from '../calendar/reversal-deadline.ts'
import { NETWORK_TIME_ZONE } from '../calendar/schedule.ts'
import { civilDateAt, epochMs, type Instant } from '../calendar/zone-clock.ts'
import { type CivilDate, isCivilDate } from '../civil-date.ts'
import type { Problems } from './problem.ts'

/** When a reversal is sent, for the rules of time. */
export interface ReversalMoment {
  readonly effectiveEntryDate: CivilDate
  /** The moment it is sent: epoch milliseconds or RFC 3339. */
  readonly at: Instant
  /** When the originals settled; worked out from their batch headers when left out. */
  readonly settledOn?: CivilDate | undefined
  /** When the error was found; then the reversal must go out within 24 hours. */
  readonly discoveredAt?: Instant | undefined
  /** Make it although the time is over: someone has agreed to it. */
  readonly evenIfLate?: boolean | undefined
}

/**
 * Refuses a reversal that is not with the receiving bank within 5 banking days after settlement (reference 6.3), or that
 * would settle before what it takes back. Neither day of sending nor effective entry date may lie after the deadline.
 */
export function refuseLate(settled: CivilDate | null, moment: ReversalMoment, batch: number, problems: Problems): void {
  const place = { batch }
  if (settled === null || !isCivilDate(settled)) {
    problems.add('date.invalid', 'When the batch settled is not known: give settledOn', place)
    return
  }
  const { effectiveEntryDate, at, discoveredAt } = moment
  if (effectiveEntryDate < settled) {
    problems.add('date.invalid', `The reversal takes effect before the ${settled} on which the batch settles`, place)
  }
  if (moment.evenIfLate) return
  const due = reversalDeadline(settled, discoveredAt)
  const sentOn = civilDateAt(at, NETWORK_TIME_ZONE)
  if (isMissed(due, sentOn) || isMissed(due, effectiveEntryDate)) {
    const message = `A batch that settled on ${settled} can be reversed until ${due.date}, five banking days after`
    problems.add('date.late', message, place)
  } else if (due.sendBy !== null && epochMs(at) > due.sendBy) {
    problems.add('date.late', 'A reversal is sent within 24 hours after the error was found', place)
  }
}
