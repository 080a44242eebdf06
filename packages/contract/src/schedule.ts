import * as z from 'zod/mini'
import { idOf } from './id.ts'
import { Actor } from './actor.ts'
import { PageQuery, pageOf } from './page.ts'
import { ScheduleRule, ScheduleRoll } from './schedule-rule.ts'
import { CivilDate, Instant, Label } from './text.ts'

export const RUNS_MAX = 1000
/** Banking days between the day a file is made and the day it pays. */
export const LEAD_DAYS_MAX = 20

/** When the last payment is made. */
export const ScheduleEnd = z.discriminatedUnion('when', [
  z.strictObject({ when: z.literal('never') }),
  /** No payment after this date. */
  z.strictObject({ when: z.literal('on'), date: CivilDate }),
  /** After so many payments; those that were skipped do not count. */
  z.strictObject({
    when: z.literal('after'),
    count: z
      .int({ error: 'must be a whole number of payments' })
      .check(
        z.minimum(1, { error: 'must be at least 1 payment' }),
        z.maximum(RUNS_MAX, { error: `must be at most ${RUNS_MAX} payments` }),
      ),
  }),
])
export type ScheduleEnd = z.infer<typeof ScheduleEnd>

/** How a file of the schedule leaves once it is approved. */
export const ScheduleTransmit = z.enum(['now', 'nextCutoff'])
export type ScheduleTransmit = z.infer<typeof ScheduleTransmit>

const LeadDays = z
  .int({ error: 'must be a whole number of banking days' })
  .check(
    z.minimum(1, { error: `must be from 1 to ${LEAD_DAYS_MAX} banking days` }),
    z.maximum(LEAD_DAYS_MAX, { error: `must be from 1 to ${LEAD_DAYS_MAX} banking days` }),
  )

/** What the schedule decides by itself about each payment. */
const terms = {
  rule: ScheduleRule,
  /** The anchor: no payment before it; weeks and months are counted from it. */
  startsOn: CivilDate,
  /** Where a date falls on a day on which banks do not settle. */
  roll: ScheduleRoll,
  ends: ScheduleEnd,
  /** So many banking days before it pays, the file is made and sent for approval. */
  leadDays: LeadDays,
  transmit: ScheduleTransmit,
  submitOnApproval: z.boolean(),
}

export const ScheduleCreate = z.strictObject({
  ...terms,
  name: Label,
  templateId: idOf('tpl'),
  roll: z._default(ScheduleRoll, 'before'),
  ends: z._default(ScheduleEnd, { when: 'never' }),
  leadDays: z._default(LeadDays, 3),
  transmit: z._default(ScheduleTransmit, 'now'),
  submitOnApproval: z._default(z.boolean(), false),
})
export type ScheduleCreate = z.input<typeof ScheduleCreate>

export const ScheduleUpdate = z.extend(z.partial(z.strictObject({ ...terms, name: Label })), { version: z.int() })
export type ScheduleUpdate = z.input<typeof ScheduleUpdate>

export const ScheduleStatus = z.enum(['active', 'paused', 'ended'])
export type ScheduleStatus = z.infer<typeof ScheduleStatus>

/** One payment to come. */
export const Occurrence = z.object({
  /** The date by the rule. */
  dueOn: CivilDate,
  /** The banking day that it pays on. */
  paysOn: CivilDate,
  /** Why it does not pay on the day of the rule, in words. */
  reason: z.nullable(z.string()),
  /** The day on which its file is made and sent for approval. */
  makesFileOn: CivilDate,
})
export type Occurrence = z.infer<typeof Occurrence>

/**
 * What became of one payment: `failed` could not be made yet and is tried again while its date can be reached; `missed` was not made or
 * not submitted in time.
 */
export const RUN_OUTCOMES = ['made', 'failed', 'missed', 'skipped'] as const
export const ScheduleRun = z.object({
  type: z.literal('scheduleRun'),
  dueOn: CivilDate,
  paysOn: CivilDate,
  outcome: z.enum(RUN_OUTCOMES),
  achFileId: z.nullable(idOf('ach')),
  /** In words, what kept it from being made or sent. */
  problem: z.nullable(z.string()),
  at: Instant,
})
export type ScheduleRun = z.infer<typeof ScheduleRun>

/** Files that are made from a template again and again, and sent for approval. */
export const Schedule = z.object({
  type: z.literal('schedule'),
  id: idOf('sch'),
  name: z.string(),
  status: ScheduleStatus,
  version: z.int(),
  templateId: idOf('tpl'),
  templateName: z.string(),
  /** The version that its payments are made from. */
  templateVersion: z.int(),
  /** The template was changed since: no file is made before the schedule is confirmed. */
  needsConfirmation: z.boolean(),
  ...terms,
  /** How far it is. With it `upcomingOccurrences` tells the payments of other terms before they are saved. */
  progress: z.object({
    /** Everything that was due until then is done with. */
    handledUntil: z.nullable(CivilDate),
    /** The last banking day for which a payment was made or tried; no second one pays on it. */
    lastPaysOn: z.nullable(CivilDate),
    /** Payments that count for an end after so many. */
    payments: z.int(),
  }),
  next: z.nullable(Occurrence),
  /** What keeps the next payment from being made, in words. */
  problem: z.nullable(z.string()),
  createdBy: Actor,
  createdAt: Instant,
  updatedAt: Instant,
})
export type Schedule = z.infer<typeof Schedule>
export const SchedulePage = pageOf(Schedule)

export const ScheduleQuery = z.extend(PageQuery, { status: z.optional(ScheduleStatus) })
export type ScheduleQuery = z.infer<typeof ScheduleQuery>

/** What the caller saw: a schedule changed since then is refused. */
export const ScheduleDecision = z.strictObject({ version: z.int() })
export type ScheduleDecision = z.infer<typeof ScheduleDecision>
/** Skips the next payment: the one that the caller saw. */
export const ScheduleSkip = z.strictObject({ version: z.int(), dueOn: CivilDate })
export type ScheduleSkip = z.infer<typeof ScheduleSkip>

export const UpcomingQuery = z.strictObject({
  /** 1 to 60, 12 unless told. */
  count: z.optional(
    z
      .pipe(
        z.union([z.string().check(z.regex(/^\d{1,2}$/, { error: 'must be a number from 1 to 60' })), z.number()]),
        z.transform(Number),
      )
      .check(z.refine((n) => n >= 1 && n <= 60, { error: 'must be a number from 1 to 60' })),
  ),
})
export type UpcomingQuery = z.infer<typeof UpcomingQuery>
export const Upcoming = z.object({ type: z.literal('upcoming'), occurrences: z.array(Occurrence) })
export type Upcoming = z.infer<typeof Upcoming>

export const ScheduleRunPage = pageOf(ScheduleRun)
