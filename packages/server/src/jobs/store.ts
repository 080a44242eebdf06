import { and, asc, eq, gt, inArray, lt, lte, ne, notExists, notInArray, or, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/sqlite-core'
import type { Reader, Tx } from '../storage/transaction.ts'
import { jobs } from './table.ts'

/** One hold of one job: who, and for which attempt. The attempt is the fencing token. */
export interface Hold {
  organizationId: string
  id: string
  owner: string
  attempt: number
}

/** When a job is due, and what its lease goes by. */
export interface QueueTime {
  due: Date
  lease: Date
}

export type JobRow = typeof jobs.$inferSelect

/** Which kinds of jobs a worker does. */
export type Kinds = { only: readonly string[] } | { except: readonly string[] }
const EVERY_KIND: Kinds = { except: [] }

/** Which jobs a worker may take. */
export interface JobChoice {
  /** All of them unless told. */
  kinds?: Kinds
  /** Of one organization it holds no more than this at once. */
  mostOfOne?: number
}

/** The queue of a tenant database, over all its organizations: each job carries its own. */
export function jobStore(db: Tx) {
  async function settle(hold: Hold, change: Partial<JobRow>): Promise<boolean> {
    const rows = await db
      .update(jobs)
      .set({ leaseOwner: null, leaseUntil: null, ...change })
      .where(heldBy(hold))
      .returning({ id: jobs.id })
    return rows.length === 1
  }

  return {
    /** Does nothing when the organization has a job with this dedupe key, finished ones included. */
    async add(row: Omit<JobRow, 'attempts' | 'leaseOwner' | 'leaseUntil' | 'lastError' | 'finishedAt' | 'state'>) {
      await db
        .insert(jobs)
        .values({ ...row, state: 'ready' })
        .onConflictDoNothing()
    },

    /** Leases the job that has been due longest. One job per organization, kind and queue is leased at a time. */
    async claim(owner: string, at: QueueTime, until: Date, choice: JobChoice = {}): Promise<JobRow | null> {
      const [due] = await dueJob(db, at, owner, choice)
      if (!due) return null
      const [row] = await db
        .update(jobs)
        .set({
          state: 'leased',
          attempts: sql`${jobs.attempts} + 1`,
          leaseOwner: owner,
          leaseUntil: until.toISOString(),
        })
        .where(and(eq(jobs.organizationId, due.organizationId), eq(jobs.id, due.id)))
        .returning()
      return row ?? null
    },

    /** False when the hold is lost. */
    async extend(hold: Hold, until: Date): Promise<boolean> {
      const rows = await db
        .update(jobs)
        .set({ leaseUntil: until.toISOString() })
        .where(heldBy(hold))
        .returning({ id: jobs.id })
      return rows.length === 1
    },

    finish: (hold: Hold, now: Date) => settle(hold, { state: 'done', lastError: null, finishedAt: now.toISOString() }),

    retry: (hold: Hold, runAt: Date, error: string) =>
      settle(hold, { state: 'ready', runAt: runAt.toISOString(), lastError: error }),

    /** Ends every job of an organization that is not finished, except those of one kind. Who holds one has lost it. */
    stopAll: (organizationId: string, exceptKind: string | null, now: Date, error: string) =>
      db
        .update(jobs)
        .set({ state: 'done', lastError: error, finishedAt: now.toISOString(), leaseOwner: null, leaseUntil: null })
        .where(
          and(
            eq(jobs.organizationId, organizationId),
            inArray(jobs.state, ['ready', 'leased']),
            exceptKind === null ? undefined : ne(jobs.kind, exceptKind),
          ),
        ),

    /** What waits in a queue waits at least until then. */
    postpone: (queue: Pick<JobRow, 'organizationId' | 'kind' | 'queue'>, until: Date) =>
      db
        .update(jobs)
        .set({ runAt: until.toISOString() })
        .where(
          and(
            eq(jobs.organizationId, queue.organizationId),
            eq(jobs.kind, queue.kind),
            eq(jobs.queue, queue.queue),
            eq(jobs.state, 'ready'),
            lt(jobs.runAt, until.toISOString()),
          ),
        ),

    /** Whether a job of this queue waits that nobody has begun. */
    async isWaiting({ organizationId, kind, queue }: Pick<JobRow, 'organizationId' | 'kind' | 'queue'>) {
      const rows = await db
        .select({ id: jobs.id })
        .from(jobs)
        .where(
          and(
            eq(jobs.organizationId, organizationId),
            eq(jobs.kind, kind),
            eq(jobs.queue, queue),
            eq(jobs.state, 'ready'),
          ),
        )
        .limit(1)
      return rows.length > 0
    },

    bury: (hold: Hold, now: Date, error: string) =>
      settle(hold, { state: 'dead', lastError: error, finishedAt: now.toISOString() }),
  }
}

/** The next job to do, if there is one; cheap, so that an idle worker does not open write transactions. */
export function dueJob(db: Reader, at: QueueTime, owner: string, { kinds = EVERY_KIND, mostOfOne }: JobChoice = {}) {
  const [due, lease] = [at.due.toISOString(), at.lease.toISOString()]
  const other = alias(jobs, 'other')
  const busy = db
    .select({ one: sql`1` })
    .from(other)
    .where(
      and(
        eq(other.organizationId, jobs.organizationId),
        eq(other.kind, jobs.kind),
        eq(other.queue, jobs.queue),
        eq(other.state, 'leased'),
        gt(other.leaseUntil, lease),
      ),
    )
  const held = alias(jobs, 'held')
  const full = db
    .select({ organizationId: held.organizationId })
    .from(held)
    .where(and(eq(held.state, 'leased'), eq(held.leaseOwner, owner), gt(held.leaseUntil, lease)))
    .groupBy(held.organizationId)
    .having(sql`count(*) >= ${mostOfOne ?? 0}`)
  return db
    .select({ organizationId: jobs.organizationId, id: jobs.id })
    .from(jobs)
    .where(
      and(
        'only' in kinds ? inArray(jobs.kind, [...kinds.only]) : notInArray(jobs.kind, [...kinds.except]),
        or(
          and(eq(jobs.state, 'ready'), lte(jobs.runAt, due)),
          and(eq(jobs.state, 'leased'), lte(jobs.leaseUntil, lease)),
        ),
        notExists(busy),
        mostOfOne === undefined ? undefined : notInArray(jobs.organizationId, full),
      ),
    )
    .orderBy(asc(jobs.runAt))
    .limit(1)
}

/** Whether the hold still stands at `now`. */
export async function isHeld(db: Reader, hold: Hold, now: Date): Promise<boolean> {
  const rows = await db
    .select({ id: jobs.id })
    .from(jobs)
    .where(and(heldBy(hold), gt(jobs.leaseUntil, now.toISOString())))
    .limit(1)
  return rows.length === 1
}

function heldBy(hold: Hold) {
  return and(
    eq(jobs.organizationId, hold.organizationId),
    eq(jobs.id, hold.id),
    eq(jobs.state, 'leased'),
    eq(jobs.attempts, hold.attempt),
    eq(jobs.leaseOwner, hold.owner),
  )
}
