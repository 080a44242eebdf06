import type {
  Actor,
  Id,
  RUN_OUTCOMES,
  ScheduleEnd,
  ScheduleRoll,
  ScheduleRule,
  ScheduleStatus,
} from '@fistworks/contract'
import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

export const schedules = sqliteTable(
  'schedules',
  {
    organizationId: text('organization_id').notNull(),
    id: text('id').$type<Id<'sch'>>().notNull(),
    name: text('name').notNull(),
    status: text('status').$type<ScheduleStatus>().notNull(),
    version: integer('version').notNull(),
    templateId: text('template_id').$type<Id<'tpl'>>().notNull(),
    /** The one that people confirmed: of another no file is made. */
    templateVersion: integer('template_version').notNull(),
    rule: text('rule', { mode: 'json' }).$type<ScheduleRule>().notNull(),
    startsOn: text('starts_on').notNull(),
    roll: text('roll').$type<ScheduleRoll>().notNull(),
    ends: text('ends', { mode: 'json' }).$type<ScheduleEnd>().notNull(),
    leadDays: integer('lead_days').notNull(),
    transmit: text('transmit').$type<'now' | 'nextCutoff'>().notNull(),
    submitOnApproval: integer('submit_on_approval', { mode: 'boolean' }).notNull(),
    /** `${actor.type}:${actor.id}` of everyone who wrote, changed or confirmed it: authors of every file that it makes. */
    authors: text('authors', { mode: 'json' }).$type<string[]>().notNull(),
    handledUntil: text('handled_until'),
    lastPaysOn: text('last_pays_on'),
    payments: integer('payments').notNull(),
    /** The job that makes the next file: another one that is left over does nothing. */
    jobId: text('job_id').$type<Id<'job'>>(),
    problem: text('problem'),
    createdBy: text('created_by', { mode: 'json' }).$type<Actor>().notNull(),
    createdAt: text('created_at').notNull(),
    updatedAt: text('updated_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.organizationId, table.id] })],
)

export const scheduleRuns = sqliteTable(
  'schedule_runs',
  {
    organizationId: text('organization_id').notNull(),
    scheduleId: text('schedule_id').$type<Id<'sch'>>().notNull(),
    dueOn: text('due_on').notNull(),
    paysOn: text('pays_on').notNull(),
    outcome: text('outcome').$type<(typeof RUN_OUTCOMES)[number]>().notNull(),
    achFileId: text('ach_file_id').$type<Id<'ach'>>(),
    problem: text('problem'),
    at: text('at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.organizationId, table.scheduleId, table.dueOn] })],
)

export type ScheduleRow = typeof schedules.$inferSelect
export type ScheduleRunRow = typeof scheduleRuns.$inferSelect
