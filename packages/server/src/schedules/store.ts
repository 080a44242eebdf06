import type { Id, ScheduleStatus } from '@fistworks/contract'
import { and, desc, eq, lt, ne, sql } from 'drizzle-orm'
import type { Reader, Tx } from '../storage/transaction.ts'
import { type ScheduleRow, type ScheduleRunRow, scheduleRuns, schedules } from './table.ts'

/** The one door to a tenant's schedules and what became of their payments. */
export function scheduleStore(db: Reader, organizationId: Id<'org'>) {
  const mine = eq(schedules.organizationId, organizationId)
  const myRuns = eq(scheduleRuns.organizationId, organizationId)
  return {
    async find(id: string): Promise<ScheduleRow | undefined> {
      const rows = await db
        .select()
        .from(schedules)
        .where(and(mine, eq(schedules.id, id as Id<'sch'>)))
        .limit(1)
      return rows[0]
    },

    async count(): Promise<number> {
      const rows = await db
        .select({ count: sql<number>`count(*)` })
        .from(schedules)
        .where(and(mine, ne(schedules.status, 'ended')))
      return rows[0]?.count ?? 0
    },

    list: (status: ScheduleStatus | undefined, before: string | null, limit: number) =>
      db
        .select()
        .from(schedules)
        .where(
          and(
            mine,
            status === undefined ? undefined : eq(schedules.status, status),
            before === null ? undefined : lt(schedules.id, before as Id<'sch'>),
          ),
        )
        .orderBy(desc(schedules.id))
        .limit(limit),

    /** Newest first. */
    runs: (scheduleId: Id<'sch'>, before: string | null, limit: number) =>
      db
        .select()
        .from(scheduleRuns)
        .where(
          and(
            myRuns,
            eq(scheduleRuns.scheduleId, scheduleId),
            before === null ? undefined : lt(scheduleRuns.dueOn, before),
          ),
        )
        .orderBy(desc(scheduleRuns.dueOn))
        .limit(limit),

    async run(scheduleId: Id<'sch'>, dueOn: string): Promise<ScheduleRunRow | undefined> {
      const rows = await db
        .select()
        .from(scheduleRuns)
        .where(and(myRuns, eq(scheduleRuns.scheduleId, scheduleId), eq(scheduleRuns.dueOn, dueOn)))
        .limit(1)
      return rows[0]
    },

    async runOfFile(achFileId: Id<'ach'>): Promise<ScheduleRunRow | undefined> {
      const rows = await db
        .select()
        .from(scheduleRuns)
        .where(and(myRuns, eq(scheduleRuns.achFileId, achFileId)))
        .limit(1)
      return rows[0]
    },
  }
}

/** Those that were not ended and make files of this template. */
export function schedulesOfTemplate(
  db: Reader,
  organizationId: Id<'org'>,
  templateId: Id<'tpl'>,
): Promise<ScheduleRow[]> {
  return db
    .select()
    .from(schedules)
    .where(
      and(
        eq(schedules.organizationId, organizationId),
        eq(schedules.templateId, templateId),
        ne(schedules.status, 'ended'),
      ),
    )
}

/** Changes of a tenant's schedules, inside the unit of work it is handed. */
export function scheduleWriter(tx: Tx, organizationId: Id<'org'>) {
  return {
    add: (row: Omit<ScheduleRow, 'organizationId'>) => tx.insert(schedules).values({ ...row, organizationId }),
    change: (id: Id<'sch'>, values: Partial<Omit<ScheduleRow, 'organizationId' | 'id'>>) =>
      tx
        .update(schedules)
        .set(values)
        .where(and(eq(schedules.organizationId, organizationId), eq(schedules.id, id))),
    /** The first one of a date is added; later ones say what became of it since. */
    putRun: ({ scheduleId, dueOn, ...values }: Omit<ScheduleRunRow, 'organizationId'>) =>
      tx
        .insert(scheduleRuns)
        .values({ organizationId, scheduleId, dueOn, ...values })
        .onConflictDoUpdate({
          target: [scheduleRuns.organizationId, scheduleRuns.scheduleId, scheduleRuns.dueOn],
          set: values,
        }),
  }
}
