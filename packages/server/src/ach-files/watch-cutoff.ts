import type { WriteContext } from '../context.ts'
import { cutoffScheduleOf } from '../bank-connections/cutoffs.ts'
import { enqueueJob } from '../jobs/jobs.ts'
import { lastStart, reachOf } from '../transmissions/batch-window.ts'
import { connectionOf, type DraftOutline } from './read-draft.ts'
import type { AchFileRow } from './table.ts'

export const CUTOFF_JOB = 'achFile.cutoff'

/** Has somebody look, at the last moment at which this file can leave, whether it was submitted. */
export async function watchCutoff(ctx: WriteContext, file: AchFileRow, outline: DraftOutline): Promise<void> {
  const connection = await connectionOf(ctx, outline)
  const last = lastStart(outline.batches, reachOf(cutoffScheduleOf(connection?.cutoffs ?? null)))
  if (last === null) return
  const runAt = new Date(last + 1)
  await enqueueJob(ctx.db, {
    id: ctx.newId('job'),
    organizationId: ctx.organizationId,
    kind: CUTOFF_JOB,
    payload: { achFileId: file.id },
    // Asked for again without another date, it is told once.
    dedupeKey: `${CUTOFF_JOB}:${file.id}:${runAt.toISOString()}`,
    runAt,
  })
}
