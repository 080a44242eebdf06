import type { CivilDate } from '../civil-date.ts'
import { type Deadline, deadline } from './deadline.ts'
import { epochMs, type Instant } from './zone-clock.ts'

/** Hours from the discovery of an error to its reversal. For single entries not confirmed by a second source. */
export const REVERSAL_HOURS_AFTER_DISCOVERY = 24

export interface ReversalDeadline extends Deadline {
  /** Also to be sent by this moment, in epoch milliseconds; null when the discovery is not known. */
  readonly sendBy: number | null
}

/**
 * Until when an erroneous entry or file that settled on `settledOn` may be reversed: with the receiving bank within
 * 5 banking days, and sent within 24 hours of discovery.
 * @throws RangeError for what is no date or instant.
 */
export function reversalDeadline(settledOn: CivilDate, discoveredAt?: Instant): ReversalDeadline {
  const due = deadline('reversal', settledOn)
  if (!due) throw new RangeError(`No reversal of what settled on ${settledOn}: there was no rule yet`)
  const hours = REVERSAL_HOURS_AFTER_DISCOVERY
  return { ...due, sendBy: discoveredAt === undefined ? null : epochMs(discoveredAt) + hours * 3_600_000 }
}
