import type { AchFileStatus, Actor, Id } from '@fistworks/contract'
import { readOutline } from '../ach-files/read-draft.ts'
import { achFileStore } from '../ach-files/store.ts'
import type { AchFileRow } from '../ach-files/table.ts'
import { transmissionOf } from '../ach-files/transmission.ts'
import { CUTOFF_JOB } from '../ach-files/watch-cutoff.ts'
import type { WriteContext } from '../context.ts'
import { recordEvent } from '../events/record-event.ts'
import { jobContext } from '../jobs/job-context.ts'
import type { Job, JobOutcome, Lease } from '../jobs/jobs.ts'
import { ownedBy } from '../storage/owned-by.ts'
import { tell } from './progress.ts'
import type { ScheduleRunDependencies } from './run-schedule.ts'
import { scheduleStore, scheduleWriter } from './store.ts'

const CALENDAR: Actor = { type: 'system', id: 'calendar', name: 'Calendar' }
/** Somebody still means to send it. */
const WAITING: readonly AchFileStatus[] = ['pendingApproval', 'approved']
const NOT_SUBMITTED: readonly AchFileStatus[] = [...WAITING, 'draft', 'rejected', 'canceled']

/** Tells of files that were not submitted while their dates could be reached. They are never sent late by themselves. */
export function createCutoffHandlers(deps: ScheduleRunDependencies) {
  return {
    async [CUTOFF_JOB](job: Job, lease: Pick<Lease, 'assertHeld'>): Promise<JobOutcome> {
      const vault = await deps.vaultFor(job.organizationId)
      const storage = ownedBy(job.organizationId, await deps.databases.tenantOf(job.organizationId))
      await storage.write(async (tx) => {
        await lease.assertHeld(tx)
        const ctx = jobContext(deps, { job, tx, vault, actor: CALENDAR, now: deps.now() })
        const file = await achFileStore(tx, ctx.organizationId).find(idIn(job.payload))
        if (file !== undefined && NOT_SUBMITTED.includes(file.status)) await judge(ctx, file)
      })
      return { done: true }
    },
  }
}

async function judge(ctx: WriteContext, file: AchFileRow): Promise<void> {
  const outline = await readOutline(ctx, file)
  const { problems } = await transmissionOf(ctx, outline)
  if (problems === undefined) return
  const reason = [...new Set(problems.map(({ message }) => message))].join('; ')
  const isWaiting = WAITING.includes(file.status)
  if (isWaiting) {
    await recordEvent(ctx.db, ctx.organizationId, {
      type: 'submission.cutoffMissed',
      objectType: 'achFile',
      objectId: file.id,
      status: file.status,
      at: ctx.now,
      about: { name: file.name, achFileId: file.id, reason, dueAt: outline.batchRows[0]?.effectiveDate ?? null },
    })
  }
  await tellSchedule(ctx, file, isWaiting)
}

/** The payment of a schedule whose file was made, but not sent in time. */
async function tellSchedule(ctx: WriteContext, file: AchFileRow, isTold: boolean): Promise<void> {
  const store = scheduleStore(ctx.db, ctx.organizationId)
  const run = await store.runOfFile(file.id)
  if (run?.outcome !== 'made') return
  const problem = `Its file “${file.name}” was not approved and submitted in time.`
  const at = ctx.now.toISOString()
  await scheduleWriter(ctx.db, ctx.organizationId).putRun({ ...run, outcome: 'missed', problem, at })
  const schedule = await store.find(run.scheduleId)
  if (schedule === undefined || isTold) return
  await tell(ctx, schedule, 'schedule.failed', { reason: problem, dueAt: run.paysOn, achFileId: file.id })
}

function idIn(payload: unknown): Id<'ach'> {
  if (typeof payload === 'object' && payload !== null && 'achFileId' in payload) return payload.achFileId as Id<'ach'>
  throw new Error('A job of a cutoff names no file.')
}
