import type { Id, Occurrence } from '@fistworks/contract'
import type { WriteContext } from '../context.ts'
import { recordEvent } from '../events/record-event.ts'
import { enqueueJob } from '../jobs/jobs.ts'
import { JOB_ATTEMPTS_MAX } from '../submissions/recorder.ts'
import { makesFileAt, nextOf } from './occurrence.ts'
import { scheduleWriter } from './store.ts'
import type { ScheduleRow } from './table.ts'

export const SCHEDULE_JOB = 'schedule.run'

/** The same with the next payment's job waiting for it; ended when there is none. */
export async function goOn(ctx: WriteContext, row: ScheduleRow): Promise<ScheduleRow> {
  const next = nextOf(row)
  if (next === undefined) return ended(ctx, row)
  return waitUntil(ctx, row, makesFileAt(next))
}

/** The one job that makes the next file: one that was enqueued before does nothing any more. */
export async function waitUntil(ctx: WriteContext, row: ScheduleRow, at: Date): Promise<ScheduleRow> {
  const jobId: Id<'job'> = ctx.newId('job')
  await enqueueJob(ctx.db, {
    id: jobId,
    organizationId: ctx.organizationId,
    kind: SCHEDULE_JOB,
    payload: { scheduleId: row.id },
    dedupeKey: `${SCHEDULE_JOB}:${jobId}`,
    runAt: at,
    maxAttempts: JOB_ATTEMPTS_MAX,
  })
  return changed(ctx, row, { jobId })
}

export async function ended(ctx: WriteContext, row: ScheduleRow): Promise<ScheduleRow> {
  const after = await changed(ctx, row, { status: 'ended', jobId: null, problem: null })
  await tell(ctx, after, 'schedule.ended', {})
  return after
}

export async function changed(ctx: WriteContext, row: ScheduleRow, values: Partial<ScheduleRow>): Promise<ScheduleRow> {
  const after = { ...row, ...values, updatedAt: ctx.now.toISOString() }
  await scheduleWriter(ctx.db, ctx.organizationId).change(row.id, after)
  return after
}

/** How far it is when this payment is done with. */
export function past(row: ScheduleRow, { dueOn, paysOn }: Occurrence, isSkipped: boolean): Partial<ScheduleRow> {
  if (isSkipped) return { handledUntil: dueOn, problem: null }
  return { handledUntil: dueOn, lastPaysOn: paysOn, payments: row.payments + 1, problem: null }
}

export async function tell(
  ctx: WriteContext,
  row: ScheduleRow,
  type: 'schedule.fileCreated' | 'schedule.failed' | 'schedule.ended',
  about: { reason?: string; dueAt?: string; achFileId?: string },
): Promise<void> {
  await recordEvent(ctx.db, ctx.organizationId, {
    type,
    objectType: 'schedule',
    objectId: row.id,
    status: row.status,
    at: ctx.now,
    about: { name: row.name, ...about },
  })
}
