import type { Schedule } from '@fistworks/contract'
import type { WriteContext } from '../context.ts'
import { withAuthor } from '../ach-files/authors.ts'
import { ProblemError } from '../problem-error.ts'
import { nextOf } from './occurrence.ts'
import { presentSchedule } from './present.ts'
import { changed, ended, goOn, past } from './progress.ts'
import { usableTemplate, withoutPassed } from './rules.ts'
import { auditSchedule, refuseEnded, scheduleToDecide, templateOf, told } from './service.ts'
import { scheduleWriter } from './store.ts'
import type { ScheduleRow } from './table.ts'

/** No file is made before it is resumed. Those that were made stay. */
export async function pauseSchedule(ctx: WriteContext, id: string, input: { version: number }): Promise<Schedule> {
  const before = await scheduleToDecide(ctx, id, input.version)
  if (before.status !== 'active') throw new ProblemError('state-conflict', 'Only a schedule that runs can be paused.')
  const after = await changed(ctx, before, { status: 'paused', jobId: null, version: before.version + 1 })
  return decided(ctx, 'schedule.paused', before, after)
}

/** Goes on with the next payment that can be reached; what fell into the pause is not made up for. */
export async function resumeSchedule(ctx: WriteContext, id: string, input: { version: number }): Promise<Schedule> {
  const before = await scheduleToDecide(ctx, id, input.version)
  if (before.status !== 'paused') throw new ProblemError('state-conflict', 'Only a paused schedule can be resumed.')
  const resumed = {
    ...before,
    status: 'active' as const,
    version: before.version + 1,
    authors: withAuthor(before.authors, ctx),
  }
  const { row, passed } = await withoutPassed(ctx, resumed, await templateOf(ctx, before))
  return decided(ctx, 'schedule.resumed', before, await goOn(ctx, row), { passed })
}

/** Leaves out the next payment: the one that the caller saw. */
export async function skipPayment(
  ctx: WriteContext,
  id: string,
  input: { version: number; dueOn: string },
): Promise<Schedule> {
  const before = await scheduleToDecide(ctx, id, input.version)
  refuseEnded(before)
  const next = nextOf(before)
  if (next?.dueOn !== input.dueOn) {
    throw new ProblemError('version-mismatch', `The next payment is not the one of ${input.dueOn}: read it again.`)
  }
  const { dueOn, paysOn } = next
  const at = ctx.now.toISOString()
  const run = { scheduleId: before.id, dueOn, paysOn, outcome: 'skipped' as const, achFileId: null, problem: null, at }
  await scheduleWriter(ctx.db, ctx.organizationId).putRun(run)
  const row = { ...before, ...past(before, next, true), version: before.version + 1 }
  const after = row.status === 'active' ? await goOn(ctx, row) : await changed(ctx, row, {})
  return decided(ctx, 'schedule.paymentSkipped', before, after, { dueOn, paysOn })
}

/** No file is made any more. Those that were made stay. */
export async function endSchedule(ctx: WriteContext, id: string, input: { version: number }): Promise<Schedule> {
  const before = await scheduleToDecide(ctx, id, input.version)
  refuseEnded(before)
  const after = await ended(ctx, { ...before, version: before.version + 1 })
  return decided(ctx, 'schedule.ended', before, after)
}

/** Says that files are made of the template as it is now. Whoever confirms is an author of them. */
export async function confirmSchedule(ctx: WriteContext, id: string, input: { version: number }): Promise<Schedule> {
  const before = await scheduleToDecide(ctx, id, input.version)
  refuseEnded(before)
  const template = await usableTemplate(ctx, before.templateId)
  const confirmed = {
    ...before,
    templateVersion: template.version,
    version: before.version + 1,
    authors: withAuthor(before.authors, ctx),
    problem: null,
  }
  // A payment that waited for this is made at once: its time has come.
  const after = confirmed.status === 'active' ? await goOn(ctx, confirmed) : await changed(ctx, confirmed, {})
  return decided(ctx, 'schedule.confirmed', before, after, { templateVersion: template.version })
}

async function decided(
  ctx: WriteContext,
  action: `schedule.${string}`,
  before: ScheduleRow,
  after: ScheduleRow,
  data: Record<string, unknown> = {},
): Promise<Schedule> {
  await auditSchedule(ctx, action, before.id, { before: told(before), after: told(after), ...data })
  return presentSchedule(ctx, after)
}
