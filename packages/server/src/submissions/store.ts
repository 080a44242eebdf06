import type { Id, SubmissionState } from '@fistworks/contract'
import { and, asc, desc, eq, inArray, isNotNull, lt, max, ne, not, notInArray, or, type SQL, sql } from 'drizzle-orm'
import type { Reader, Tx } from '../storage/transaction.ts'
import { mayGo, WAITING } from './states.ts'
import { type StepRow, type SubmissionRow, submissionSteps, submissions } from './table.ts'

/** Another worker or a person has the submission now: whoever finds this stops at once. */
export class StaleAttempt extends Error {
  constructor(id: string) {
    super(`Submission ${id} is no longer in the state or the attempt that this worker knows.`)
    this.name = 'StaleAttempt'
  }
}

export interface SubmissionFilter {
  achFileId?: string | undefined
  state?: SubmissionState | undefined
}

const TAKEN_UP: SubmissionState[] = [
  'claimed',
  'uploading',
  'uploaded',
  'renamed',
  'verified',
  'reconciling',
  'unknown',
]

export type OnItsWay = Pick<SubmissionRow, 'id' | 'fileName' | 'state'>

const ON_THEIR_WAY_SHOWN = 20

/** A tenant's submissions, to read. */
export function submissionStore(db: Reader, organizationId: string) {
  const mine = eq(submissions.organizationId, organizationId)
  const inWaiting = inArray(submissions.state, [...WAITING])
  /** No try came to a rename, and there never was a doubt. */
  function isCertain(): SQL {
    const doubted = db
      .select({ one: sql`1` })
      .from(submissionSteps)
      .where(
        and(
          eq(submissionSteps.organizationId, organizationId),
          eq(submissionSteps.submissionId, submissions.id),
          eq(submissionSteps.state, 'unknown'),
        ),
      )
    return sql`(${submissions.renameAttempt} IS NULL AND NOT EXISTS ${doubted})`
  }
  return {
    async find(id: string): Promise<SubmissionRow | undefined> {
      const [row] = await db
        .select()
        .from(submissions)
        .where(and(mine, eq(submissions.id, id as Id<'sub'>)))
        .limit(1)
      return row
    },

    /** Some that are on their way, or not known to have arrived. What only waits for its turn is not. */
    onItsWay: (): Promise<OnItsWay[]> =>
      db
        .select({ id: submissions.id, fileName: submissions.fileName, state: submissions.state })
        .from(submissions)
        .where(and(mine, or(inArray(submissions.state, TAKEN_UP), and(inWaiting, not(isCertain())))))
        .orderBy(asc(submissions.id))
        .limit(ON_THEIR_WAY_SHOWN),

    /** Those that nobody has taken up and of which the bank certainly has nothing. */
    waiting: (): Promise<SubmissionRow[]> =>
      db
        .select()
        .from(submissions)
        .where(and(mine, inWaiting, isCertain()))
        .orderBy(asc(submissions.id)),

    /** How far the delivery of a file of this name through this connection has come. */
    async stateOfName(bankConnectionId: Id<'bcn'>, fileName: string): Promise<SubmissionState | undefined> {
      const rows = await db
        .select({ state: submissions.state })
        .from(submissions)
        .where(and(mine, eq(submissions.bankConnectionId, bankConnectionId), eq(submissions.fileName, fileName)))
        .limit(1)
      return rows[0]?.state
    },

    async isTaken(achFileId: string): Promise<boolean> {
      const rows = await db
        .select({ id: submissions.id })
        .from(submissions)
        .where(and(mine, eq(submissions.achFileId, achFileId as Id<'ach'>)))
        .limit(1)
      return rows.length > 0
    },

    /** Whether this connection brought a file to this server. */
    async hasDeliveredTo(bankConnectionId: Id<'bcn'>, server: string): Promise<boolean> {
      const through = and(mine, eq(submissions.bankConnectionId, bankConnectionId), eq(submissions.server, server))
      const rows = await db
        .select({ id: submissions.id })
        .from(submissions)
        .where(and(through, isNotNull(submissions.deliveredAt)))
        .limit(1)
      return rows.length > 0
    },

    /** Whether a file of this name went, or was to go, through this connection. */
    async isNameTaken(bankConnectionId: string, fileName: string): Promise<boolean> {
      const rows = await db
        .select({ id: submissions.id })
        .from(submissions)
        .where(
          and(
            mine,
            eq(submissions.bankConnectionId, bankConnectionId as Id<'bcn'>),
            eq(submissions.fileName, fileName),
          ),
        )
        .limit(1)
      return rows.length > 0
    },

    /** Another submission that has, or may bring, these very bytes to a bank. */
    async withContent(contentSha256: string, exceptId: string): Promise<SubmissionRow | undefined> {
      const [row] = await db
        .select()
        .from(submissions)
        .where(
          and(
            mine,
            eq(submissions.contentSha256, contentSha256),
            ne(submissions.id, exceptId as Id<'sub'>),
            notInArray(submissions.state, ['failed', 'canceled']),
          ),
        )
        .limit(1)
      return row
    },

    /** Newest first: ids grow with time. */
    async list(filter: SubmissionFilter, before: string | null, limit: number): Promise<SubmissionRow[]> {
      return db
        .select()
        .from(submissions)
        .where(
          and(
            mine,
            filter.achFileId === undefined ? undefined : eq(submissions.achFileId, filter.achFileId as Id<'ach'>),
            filter.state === undefined ? undefined : eq(submissions.state, filter.state),
            before === null ? undefined : lt(submissions.id, before as Id<'sub'>),
          ),
        )
        .orderBy(desc(submissions.id))
        .limit(limit)
    },

    /** The recorded states of these submissions, in their order. */
    async steps(ids: readonly string[]): Promise<StepRow[]> {
      if (ids.length === 0) return []
      return db
        .select()
        .from(submissionSteps)
        .where(
          and(
            eq(submissionSteps.organizationId, organizationId),
            inArray(submissionSteps.submissionId, [...ids] as Id<'sub'>[]),
          ),
        )
        .orderBy(asc(submissionSteps.submissionId), asc(submissionSteps.position))
    },
  }
}

/** Which version of the submission a write is for: of a worker that was overtaken it changes nothing. */
export interface Fence {
  id: Id<'sub'>
  attempt: number
  from: SubmissionState
}

export type SubmissionValues = Partial<
  Pick<
    SubmissionRow,
    | 'destinationHash'
    | 'server'
    | 'attempt'
    | 'tries'
    | 'jobId'
    | 'jobAttempt'
    | 'renameAttempt'
    | 'renameAcknowledgedAt'
    | 'retryAt'
    | 'cutoffMissedAt'
    | 'isLate'
    | 'waitsFor'
    | 'looks'
    | 'resolution'
    | 'problem'
    | 'evidence'
    | 'deliveredAt'
    | 'acknowledgedAt'
  >
>

/** Changes of a tenant's submissions, inside the unit of work it is handed. Each change records a step. */
export function submissionWriter(tx: Tx, organizationId: string) {
  const within = ({ id, attempt, from }: Fence) =>
    and(
      eq(submissions.organizationId, organizationId),
      eq(submissions.id, id),
      eq(submissions.attempt, attempt),
      eq(submissions.state, from),
    )

  async function addStep(
    id: Id<'sub'>,
    state: SubmissionState,
    attempt: number,
    at: string,
    detail: string,
  ): Promise<void> {
    const mine = and(eq(submissionSteps.organizationId, organizationId), eq(submissionSteps.submissionId, id))
    const [last] = await tx
      .select({ position: max(submissionSteps.position) })
      .from(submissionSteps)
      .where(mine)
    const position = (last?.position ?? 0) + 1
    await tx.insert(submissionSteps).values({ organizationId, submissionId: id, position, state, attempt, at, detail })
  }

  return {
    async add(row: Omit<SubmissionRow, 'organizationId'>, detail: string): Promise<void> {
      await tx.insert(submissions).values({ ...row, organizationId })
      await addStep(row.id, row.state, row.attempt, row.createdAt, detail)
    },

    /** Changes what is known of it, not its state: no step. @throws StaleAttempt */
    async note(fence: Fence, values: SubmissionValues): Promise<void> {
      const noted = await tx.update(submissions).set(values).where(within(fence)).returning({ id: submissions.id })
      if (noted.length !== 1) throw new StaleAttempt(fence.id)
    },

    /** @throws StaleAttempt when the row is not where the fence says */
    async move(
      fence: Fence,
      to: SubmissionState,
      at: string,
      detail: string,
      values: SubmissionValues = {},
    ): Promise<void> {
      if (!mayGo(fence.from, to)) throw new Error(`A submission does not go from ${fence.from} to ${to}.`)
      const moved = await tx
        .update(submissions)
        .set({ ...values, state: to })
        .where(within(fence))
        .returning({ id: submissions.id })
      if (moved.length !== 1) throw new StaleAttempt(fence.id)
      await addStep(fence.id, to, values.attempt ?? fence.attempt, at, detail)
    },
  }
}
