import {
  type Id,
  NOTHING_YET,
  type Page,
  type Schedule,
  type ScheduleCreate,
  type ScheduleQuery,
  type ScheduleRun,
  type ScheduleUpdate,
  type Upcoming,
  type UpcomingQuery,
  type PageQuery,
  upcomingOccurrences,
} from '@fistworks/contract'
import type * as z from 'zod/mini'
import { authorKeys, withAuthor } from '../ach-files/authors.ts'
import { keptActor } from '../ach-files/draft.ts'
import type { ReadContext, WriteContext } from '../context.ts'
import { LIMITS } from '../limits.ts'
import { listPage } from '../list-page.ts'
import { notFound, ProblemError } from '../problem-error.ts'
import { presented, presentRun, presentSchedule } from './present.ts'
import { goOn } from './progress.ts'
import { refuseStart, refuseTransmit, usableTemplate, withoutPassed } from './rules.ts'
import { scheduleStore, scheduleWriter } from './store.ts'
import type { ScheduleRow } from './table.ts'
import { templateStore } from '../templates/store.ts'

/** @throws ProblemError `validation-failed` for a first payment that cannot be reached, or a template with open amounts */
export async function createSchedule(ctx: WriteContext, input: z.output<typeof ScheduleCreate>): Promise<Schedule> {
  const count = await scheduleStore(ctx.db, ctx.organizationId).count()
  if (count >= LIMITS.schedulesPerOrganization) {
    const most = LIMITS.schedulesPerOrganization
    throw new ProblemError('limit-exceeded', `An organization has at most ${most} schedules: end some.`)
  }
  const { templateId, ...terms } = input
  const template = await usableTemplate(ctx, templateId)
  const now = ctx.now.toISOString()
  const row: ScheduleRow = {
    ...terms,
    organizationId: ctx.organizationId,
    id: ctx.newId('sch'),
    status: 'active',
    version: 1,
    templateId: template.id,
    templateVersion: template.version,
    authors: authorKeys(ctx),
    ...NOTHING_YET,
    jobId: null,
    problem: null,
    createdBy: keptActor(ctx.actor),
    createdAt: now,
    updatedAt: now,
  }
  await refuseStart(ctx, row, template)
  await scheduleWriter(ctx.db, ctx.organizationId).add(row)
  const after = await goOn(ctx, row)
  await auditSchedule(ctx, 'schedule.created', row.id, { after: told(after) })
  return presentSchedule(ctx, after)
}

/** Replaces what is named. Payments that were made stay; the others follow the new terms. Whoever changes it is an author of all its files from now on. */
export async function updateSchedule(
  ctx: WriteContext,
  id: string,
  input: z.output<typeof ScheduleUpdate>,
): Promise<Schedule> {
  const before = await scheduleToDecide(ctx, id, input.version)
  refuseEnded(before)
  const { version: _version, ...terms } = input
  const named = Object.fromEntries(Object.entries(terms).filter(([, value]) => value !== undefined))
  const row: ScheduleRow = {
    ...before,
    ...named,
    version: before.version + 1,
    authors: withAuthor(before.authors, ctx),
  }
  const template = await templateOf(ctx, row)
  if (row.startsOn !== before.startsOn) await refuseStart(ctx, row, template)
  const { row: ahead, passed } = await withoutPassed(ctx, row, template)
  if (row.transmit !== before.transmit) await refuseTransmit(ctx, ahead, template)
  const after = ahead.status === 'active' ? await goOn(ctx, ahead) : ahead
  await scheduleWriter(ctx.db, ctx.organizationId).change(before.id, after)
  await auditSchedule(ctx, 'schedule.updated', row.id, { before: told(before), after: told(after), passed })
  return presentSchedule(ctx, after)
}

export async function retrieveSchedule(ctx: ReadContext, id: string): Promise<Schedule> {
  return presentSchedule(ctx, await mustFind(ctx, id))
}

export async function listSchedules(ctx: ReadContext, query: ScheduleQuery): Promise<Page<Schedule>> {
  const store = scheduleStore(ctx.db, ctx.organizationId)
  const templates = templateStore(ctx.db, ctx.organizationId)
  return listPage(ctx, {
    name: 'schedules',
    filter: { status: query.status },
    query,
    async read(before, limit) {
      const rows = await store.list(query.status, before, limit)
      return Promise.all(
        rows.map(async (row) => ({ id: row.id, row, template: await templates.summary(row.templateId) })),
      )
    },
    present: ({ row, template }) => presented(row, template),
  })
}

/** The next payments with their dates after holidays. */
export async function upcomingPayments(ctx: ReadContext, id: string, query: UpcomingQuery): Promise<Upcoming> {
  const row = await mustFind(ctx, id)
  const occurrences = row.status === 'ended' ? [] : upcomingOccurrences(row, row, query.count ?? UPCOMING_DEFAULT)
  return { type: 'upcoming', occurrences }
}

const UPCOMING_DEFAULT = 12

export async function listRuns(ctx: ReadContext, id: string, query: PageQuery): Promise<Page<ScheduleRun>> {
  const row = await mustFind(ctx, id)
  const store = scheduleStore(ctx.db, ctx.organizationId)
  return listPage(ctx, {
    name: 'scheduleRuns',
    filter: { schedule: row.id },
    query,
    async read(before, limit) {
      const runs = await store.runs(row.id, before, limit)
      return runs.map((run) => ({ id: run.dueOn, run }))
    },
    present: ({ run }) => presentRun(run),
  })
}

/**
 * The schedule, as the caller saw it.
 * @throws ProblemError `not-found`, `version-mismatch`
 */
export async function scheduleToDecide(ctx: WriteContext, id: string, version: number): Promise<ScheduleRow> {
  const row = await mustFind(ctx, id)
  if (row.version === version) return row
  const detail = `The schedule is at version ${row.version} now, not ${version}: read it again.`
  throw new ProblemError('version-mismatch', detail)
}

export function refuseEnded(row: ScheduleRow): void {
  if (row.status === 'ended') throw new ProblemError('state-conflict', 'This schedule has ended: make a new one.')
}

export async function templateOf(ctx: ReadContext, row: ScheduleRow) {
  const template = await templateStore(ctx.db, ctx.organizationId).find(row.templateId)
  if (template === undefined) throw new Error(`Schedule ${row.id} has no template.`)
  return template
}

export async function auditSchedule(
  ctx: WriteContext,
  action: `schedule.${string}`,
  targetId: Id<'sch'>,
  data: Record<string, unknown>,
): Promise<void> {
  await ctx.audit({ action, targetType: 'schedule', targetId, data })
}

async function mustFind(ctx: ReadContext, id: string): Promise<ScheduleRow> {
  const row = await scheduleStore(ctx.db, ctx.organizationId).find(id)
  if (row === undefined) throw notFound('schedule')
  return row
}

/** What the audit log keeps of a schedule. */
export function told(row: ScheduleRow) {
  const { name, status, version, templateId, templateVersion, rule, startsOn, roll, ends } = row
  const { leadDays, transmit, submitOnApproval, handledUntil } = row
  const sending = { leadDays, transmit, submitOnApproval, handledUntil }
  return { name, status, version, templateId, templateVersion, rule, startsOn, roll, ends, ...sending }
}
