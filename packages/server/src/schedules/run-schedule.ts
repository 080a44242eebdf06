import type { Actor, Id, Occurrence } from '@fistworks/contract'
import { requestApproval } from '../ach-files/approval.ts'
import type { WriteContext } from '../context.ts'
import { type JobWorld, jobContext } from '../jobs/job-context.ts'
import type { Job, JobOutcome, Lease } from '../jobs/jobs.ts'
import { ProblemError } from '../problem-error.ts'
import type { Databases } from '../storage/directory.ts'
import { ownedBy } from '../storage/owned-by.ts'
import { draftFromTemplate } from '../templates/use.ts'
import type { TemplateRow } from '../templates/table.ts'
import { lastMomentOf, makesFileAt, nextOf, unreachable } from './occurrence.ts'
import { changed, goOn, past, SCHEDULE_JOB, tell, waitUntil } from './progress.ts'
import { templateOf } from './service.ts'
import { scheduleStore, scheduleWriter } from './store.ts'
import type { ScheduleRow } from './table.ts'

const SCHEDULER: Actor = { type: 'system', id: 'schedule', name: 'Schedule' }
const AGAIN_MS = 3_600_000
const NAME_CHARACTERS = 100

export interface ScheduleRunDependencies extends JobWorld {
  databases: Pick<Databases, 'tenantOf'>
}

/**
 * Makes the file of the next payment and sends it for approval; then waits for the one after. All of one payment is one
 * unit of work, so that a process that dies, a job that runs twice or a clock that jumps makes no second file.
 */
export function createScheduleHandlers(deps: ScheduleRunDependencies) {
  return {
    async [SCHEDULE_JOB](job: Job, lease: Pick<Lease, 'assertHeld'>): Promise<JobOutcome> {
      const scheduleId = idIn(job.payload)
      const vault = await deps.vaultFor(job.organizationId)
      const storage = ownedBy(job.organizationId, await deps.databases.tenantOf(job.organizationId))
      const now = deps.now()
      const within = (work: (ctx: WriteContext, row: ScheduleRow) => Promise<void>) =>
        storage.write(async (tx) => {
          await lease.assertHeld(tx)
          const ctx = jobContext(deps, { job, tx, vault, actor: SCHEDULER, now })
          const row = await scheduleStore(tx, ctx.organizationId).find(scheduleId)
          if (row?.status === 'active' && row.jobId === job.id) await work(ctx, row)
        })
      try {
        await within(runNext)
      } catch (error) {
        if (!(error instanceof ProblemError)) throw error
        await within((ctx, row) => failed(ctx, row, error))
      }
      return { done: true }
    },
  }
}

async function runNext(ctx: WriteContext, row: ScheduleRow): Promise<void> {
  const next = nextOf(row)
  if (next === undefined || makesFileAt(next) > ctx.now) {
    await goOn(ctx, row)
    return
  }
  const template = await templateOf(ctx, row)
  const why = await unreachable(ctx, template, next.paysOn, row.transmit)
  if (why !== null) {
    await missed(ctx, row, next, why)
    return
  }
  const achFileId = await makeFile(ctx, row, next, template)
  const after = await changed(ctx, row, past(row, next, false))
  await putRun(ctx, row, next, { outcome: 'made', achFileId, problem: null })
  await ctx.audit({
    action: 'schedule.fileCreated',
    targetType: 'schedule',
    targetId: row.id,
    data: { dueOn: next.dueOn, paysOn: next.paysOn, achFileId, templateVersion: template.version },
  })
  await tell(ctx, after, 'schedule.fileCreated', { dueAt: next.paysOn, achFileId })
  await goOn(ctx, after)
}

async function makeFile(
  ctx: WriteContext,
  row: ScheduleRow,
  { paysOn }: Occurrence,
  template: TemplateRow,
): Promise<Id<'ach'>> {
  if (template.version !== row.templateVersion) {
    throw new ProblemError(
      'state-conflict',
      `The template “${template.name}” was changed: look at it and confirm the schedule.`,
    )
  }
  const use = {
    name: `${row.name.slice(0, NAME_CHARACTERS - paysOn.length - 1)} ${paysOn}`,
    effectiveDate: paysOn,
    amounts: [],
    transmit: { when: row.transmit },
    submitOnApproval: row.submitOnApproval,
  }
  const draft = await draftFromTemplate(ctx, template, use, row.authors)
  await requestApproval(ctx, draft.id, draft)
  return draft.id
}

/** Told once for each reason, and tried again while its date can still be reached: somebody may mend what is wrong. */
async function failed(ctx: WriteContext, row: ScheduleRow, error: ProblemError): Promise<void> {
  const next = nextOf(row)
  if (next === undefined) return
  const problem = error.message
  const template = await templateOf(ctx, row)
  if (row.problem !== problem) {
    await putRun(ctx, row, next, { outcome: 'failed', achFileId: null, problem })
    await auditMiss(ctx, row, next, problem)
    await tell(ctx, row, 'schedule.failed', { reason: problem, dueAt: next.paysOn })
  }
  const last = await lastMomentOf(ctx, template, next.paysOn)
  const again = ctx.now.getTime() + AGAIN_MS
  const at = last === null ? again : Math.min(again, Math.max(last.getTime(), ctx.now.getTime()) + 1)
  await waitUntil(ctx, { ...row, problem }, new Date(at))
}

/** Its date can no longer be reached: it is not made, everybody is told, and the next one is waited for. */
async function missed(ctx: WriteContext, row: ScheduleRow, next: Occurrence, why: string): Promise<void> {
  const problem = `The payment of ${next.paysOn} was not made: ${row.problem ?? why}`
  await putRun(ctx, row, next, { outcome: 'missed', achFileId: null, problem })
  await auditMiss(ctx, row, next, problem)
  const after = await changed(ctx, row, past(row, next, false))
  await tell(ctx, after, 'schedule.failed', { reason: problem, dueAt: next.paysOn })
  await goOn(ctx, after)
}

function putRun(
  ctx: WriteContext,
  row: ScheduleRow,
  { dueOn, paysOn }: Occurrence,
  what: { outcome: 'made' | 'failed' | 'missed'; achFileId: Id<'ach'> | null; problem: string | null },
) {
  const at = ctx.now.toISOString()
  return scheduleWriter(ctx.db, ctx.organizationId).putRun({ scheduleId: row.id, dueOn, paysOn, ...what, at })
}

async function auditMiss(ctx: WriteContext, row: ScheduleRow, { dueOn, paysOn }: Occurrence, problem: string) {
  await ctx.audit({
    action: 'schedule.fileNotCreated',
    targetType: 'schedule',
    targetId: row.id,
    outcome: 'failed',
    data: { dueOn, paysOn, problem },
  })
}

function idIn(payload: unknown): Id<'sch'> {
  if (typeof payload === 'object' && payload !== null && 'scheduleId' in payload) return payload.scheduleId as Id<'sch'>
  throw new Error('A job of a schedule names none.')
}
