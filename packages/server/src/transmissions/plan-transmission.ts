import { bankingDateProblem, type FieldProblem, type Transmit } from '@fistworks/contract'
import { type CutoffSchedule, openCutoffs } from '@fistworks/nacha'
import { type BatchWindow, batchWindow, type PlannedBatch, type Reach, reachOf } from './batch-window.ts'
import { atTooLate, tooFarApart, tooLate } from './refusals.ts'

/** A file that waits for the next cutoff leaves so long before it. */
export const HOLD_MS = 60 * 60_000

export interface TransmissionRequest {
  batches: readonly PlannedBatch[]
  transmit: Transmit
}

export interface Circumstances {
  /** Epoch milliseconds. */
  now: number
  /** Of the bank connection; `null` where they are not known. Then nothing is promised, and only what even the Operators cannot do is refused. */
  cutoffs: CutoffSchedule | null
}

/** When a file leaves, and what becomes of it. Instants in epoch milliseconds. */
export interface Transmission {
  leavesAt: number
  /** The delivery is held until then; `null` when it leaves at once. */
  notBefore: number | null
  /** The last cutoff that reaches every date; `null` where the bank's cutoffs are not known. */
  deliverBy: number | null
  /** By batch. */
  batches: { effectiveDate: string; sameDay: boolean }[]
}

export type PlannedTransmission =
  | { transmission: Transmission; problems?: never }
  | { transmission?: never; problems: FieldProblem[] }

/**
 * Decides when a file is sent: now, shortly before the next cutoff, or from a given time on; but not before its dates may
 * be told to the bank, and never when one of them can no longer be reached.
 */
export function planTransmission(request: TransmissionRequest, circumstances: Circumstances): PlannedTransmission {
  const closed = request.batches.flatMap(({ effectiveDate }, index) => {
    const message = bankingDateProblem(effectiveDate)
    return message === null ? [] : [dateProblem(index, message)]
  })
  if (closed.length > 0) return { problems: closed }
  const place = { ...circumstances, ...reachOf(circumstances.cutoffs) }
  const windows = request.batches.map((batch) => batchWindow(batch, place.schedule))
  const late = request.batches.flatMap((batch, index) => tooLate(batch, index, place))
  if (late.length > 0) return { problems: late }
  const apart = tooFarApart(request.batches, windows, place)
  if (apart.length > 0) return { problems: apart }
  return leaving(request, windows, place)
}

export type Place = Circumstances & Reach

function leaving(
  { batches, transmit }: TransmissionRequest,
  windows: BatchWindow[],
  place: Place,
): PlannedTransmission {
  const { now, cutoffs, marginMs } = place
  const earliest = Math.max(now, ...windows.map(({ opensAt }) => opensAt))
  const sendBy = Math.min(...windows.map((window) => window.sendBy ?? Number.NEGATIVE_INFINITY))
  const leavesAt = leavingAt(transmit, { batches, windows, earliest, place })
  if (leavesAt === null) {
    const message = 'needs the cutoffs of the bank: enter them at the bank connection, or send now or at a time'
    return { problems: [{ pointer: '/transmit/when', code: 'cutoffs-unknown', message }] }
  }
  if (leavesAt > sendBy - marginMs) return { problems: [atTooLate(sendBy - marginMs, place)] }
  return {
    transmission: {
      leavesAt,
      notBefore: leavesAt > now ? leavesAt : null,
      deliverBy: cutoffs === null ? null : sendBy,
      batches: batches.map((batch, index) => ({
        effectiveDate: batch.effectiveDate,
        sameDay: firstCutoff(batch, windows[index], leavesAt, place)?.processingDay === batch.effectiveDate,
      })),
    },
  }
}

interface Leaving {
  batches: readonly PlannedBatch[]
  windows: BatchWindow[]
  earliest: number
  place: Place
}

/** `null` when the next cutoff is asked for and none is known. */
function leavingAt(transmit: Transmit, { batches, windows, earliest, place }: Leaving): number | null {
  if (transmit.when === 'now') return earliest
  if (transmit.when === 'at') return Math.max(earliest, Date.parse(transmit.at))
  if (place.cutoffs === null) return null
  const next = batches.map((batch, index) => firstCutoff(batch, windows[index], earliest + place.marginMs, place))
  // A file of several dates leaves for the cutoff that the most urgent of them takes first.
  const at = Math.min(...next.map((open) => open?.cutoffAt ?? Number.POSITIVE_INFINITY))
  return Math.max(earliest, at - HOLD_MS)
}

/** The cutoff that takes the batch when it is there at this moment. */
function firstCutoff(batch: PlannedBatch, window: BatchWindow | undefined, at: number, { schedule }: Place) {
  return openCutoffs(at, schedule).find(
    ({ cutoff, effectiveDate }) =>
      effectiveDate <= batch.effectiveDate && (cutoff.leadDays > 0 || window?.maySettleSameDay === true),
  )
}

function dateProblem(index: number, message: string): FieldProblem {
  return { pointer: `/batches/${index}/effectiveDate`, code: 'effective-date', message }
}
