import type { AchFile, FieldProblem } from '@fistworks/contract'
import { cutoffScheduleOf } from '../bank-connections/cutoffs.ts'
import type { ReadContext, WriteContext } from '../context.ts'
import { ProblemError } from '../problem-error.ts'
import {
  planTransmission,
  type PlannedTransmission,
  type Transmission,
  type TransmissionRequest,
} from '../transmissions/plan-transmission.ts'
import { STATUSES_IN_PREPARATION } from './life-cycle.ts'
import { connectionOf } from './read-draft.ts'
import type { AchFileRow } from './table.ts'

/** As much of a draft as decides when it is sent. */
type Plannable = TransmissionRequest & Parameters<typeof connectionOf>[1]

/** When this file would leave, were it submitted at this moment. */
export async function transmissionOf(ctx: ReadContext, draft: Plannable): Promise<PlannedTransmission> {
  const connection = await connectionOf(ctx, draft)
  const cutoffs = cutoffScheduleOf(connection?.cutoffs ?? null)
  return planTransmission(draft, { now: ctx.now.getTime(), cutoffs })
}

/**
 * The same for one that is being decided about.
 * @throws ProblemError `validation-failed` with the date that can still be reached
 */
export async function refuseUnreachable(ctx: WriteContext, draft: Plannable): Promise<Transmission> {
  const { transmission, problems: errors } = await transmissionOf(ctx, draft)
  if (transmission !== undefined) return transmission
  throw new ProblemError('validation-failed', `The file cannot be sent in time: ${wordsOf(errors)}.`, { errors })
}

/** What people who decide about a file are shown of it; `null` once it is submitted, and while it has no batches. */
export async function presentTransmission(
  ctx: ReadContext,
  row: AchFileRow,
  draft: Plannable,
): Promise<AchFile['plannedTransmission']> {
  const isInPreparation = (STATUSES_IN_PREPARATION as readonly string[]).includes(row.status)
  if (!isInPreparation || draft.batches.length === 0) return null
  const { transmission, problems } = await transmissionOf(ctx, draft)
  if (transmission === undefined) return { leavesAt: null, deliverBy: null, settles: [], problem: wordsOf(problems) }
  return {
    leavesAt: new Date(transmission.leavesAt).toISOString(),
    deliverBy: transmission.deliverBy === null ? null : new Date(transmission.deliverBy).toISOString(),
    settles: transmission.batches.map(({ effectiveDate, sameDay }) => ({ on: effectiveDate, sameDay })),
    problem: null,
  }
}

function wordsOf(problems: readonly FieldProblem[]): string {
  return problems.map(({ message }) => message).join('; ')
}
