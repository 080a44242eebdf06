import {
  addBankingDays,
  addDays,
  type CutoffSchedule,
  type Direction,
  MAXIMUM_LEAD_DAYS,
  OPERATOR_SCHEDULE,
  sameDayProblem,
  sendingWindow,
  zoneClock,
} from '@fistworks/nacha'

/** What of a batch decides when it may be sent. */
export interface PlannedBatch {
  secCode: string
  /** `YYYY-MM-DD` */
  effectiveDate: string
  /** All, or the largest of each direction with its position. */
  entries: readonly { amountCents: number; direction: Direction; position?: number }[]
}

/** When a batch may be with the bank, in epoch milliseconds. */
export interface BatchWindow {
  /** Earlier than this its date lies too far ahead (R18). */
  opensAt: number
  /** The last cutoff that reaches its date; `null` where the bank has none that does. */
  sendBy: number | null
  /** Every entry may settle the same day. */
  maySettleSameDay: boolean
}

/** Cutoffs that are judged by, and how long before one of them sending must begin. */
export interface Reach {
  schedule: CutoffSchedule
  marginMs: number
}

/** A file leaves so long before a cutoff at the latest. Tries of a delivery end 15 minutes before it: the rest is for the first ones. */
export const MARGIN_MS = 20 * 60_000

/** Where the cutoffs of the bank are not known, the Operators' own say what no bank can do. */
export function reachOf(cutoffs: CutoffSchedule | null): Reach {
  return cutoffs === null ? { schedule: OPERATOR_SCHEDULE, marginMs: 0 } : { schedule: cutoffs, marginMs: MARGIN_MS }
}

/** @param effectiveDate a banking day */
export function batchWindow(batch: PlannedBatch, schedule: CutoffSchedule): BatchWindow {
  const { effectiveDate, entries } = batch
  // One debit among credits makes the batch as late as debits are.
  const direction = entries.some((entry) => entry.direction === 'debit') ? 'debit' : 'credit'
  const maySettleSameDay = notSameDay(batch) === null
  return {
    opensAt: processingBegins(addBankingDays(effectiveDate, -MAXIMUM_LEAD_DAYS[direction]), schedule),
    sendBy: lastCutoff(effectiveDate, schedule, { sameDay: maySettleSameDay, direction }),
    maySettleSameDay,
  }
}

/** The first entry that cannot settle the same day, and why; `null` when every one may. */
export function notSameDay({ secCode, effectiveDate, entries }: PlannedBatch) {
  for (const [index, { amountCents, direction, position = index }] of entries.entries()) {
    const problem = sameDayProblem({ secCode, amountCents, direction }, effectiveDate)
    if (problem !== null) return { index: position, problem }
  }
  return null
}

/** The last cutoff that reaches a banking day, in epoch milliseconds; `null` where there is none. */
export function lastCutoff(
  effectiveDate: string,
  schedule: CutoffSchedule,
  which: { sameDay: boolean; direction: Direction },
): number | null {
  const most = MAXIMUM_LEAD_DAYS[which.direction]
  const isUsable = schedule.cutoffs.some(({ leadDays }) => leadDays <= most && (which.sameDay || leadDays > 0))
  return isUsable ? sendingWindow(effectiveDate, schedule, which).sendBy : null
}

/** The moment from which a file is processed on this banking day or later: the last cutoff of the day before has passed. */
function processingBegins(day: string, schedule: CutoffSchedule): number {
  const clock = zoneClock(schedule.timeZone)
  const before = addBankingDays(day, -1)
  const passed = schedule.cutoffs.map(({ by, dayAfter }) =>
    clock.instantOf(dayAfter === true ? addDays(before, 1) : before, by),
  )
  return Math.max(clock.instantOf(day, '00:00'), ...passed.map((at) => at + 1))
}

/** The last moment at which a file of these batches may leave, in epoch milliseconds; `null` where no cutoff takes it. */
export function lastStart(batches: readonly PlannedBatch[], { schedule, marginMs }: Reach): number | null {
  const moments = batches.map((batch) => batchWindow(batch, schedule).sendBy)
  const known = moments.filter((at) => at !== null)
  return known.length < moments.length || known.length === 0 ? null : Math.min(...known) - marginMs
}
