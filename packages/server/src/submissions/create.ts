import type { Id } from '@fistworks/contract'
import { destinationHash, serverOf } from '../bank-connections/destination.ts'
import { bankConnectionStore } from '../bank-connections/store.ts'
import type { WriteContext } from '../context.ts'
import { enqueueJob } from '../jobs/jobs.ts'
import { invalid, ProblemError } from '../problem-error.ts'
import { isPastLastTry, lastTryAt } from './deadline.ts'
import { JOB_ATTEMPTS_MAX } from './recorder.ts'
import { submissionStore, submissionWriter } from './store.ts'
import type { SubmissionRow } from './table.ts'

export interface SubmissionCreate {
  achFileId: Id<'ach'>
  bankConnectionId: Id<'bcn'>
  /** Unique for the file: it holds the date, a number and the first eight characters of `sha256`. */
  fileName: string
  sizeBytes: number
  /** Of the bytes that go to the bank; lower-case hex. */
  sha256: string
  /** Of the file as it was generated, where that is not what goes to the bank, such as an encrypted one. */
  contentSha256?: string
  /** Nothing is sent before then; now unless told. */
  notBefore?: string | null
  /** The bank's cutoff that the file must meet: tries by itself end 15 minutes before it. */
  deliverBy?: string | null
}

/** What is known of a delivery before anything was done. */
export const UNTRIED = {
  tries: 0,
  jobAttempt: 0,
  renameAttempt: null,
  renameAcknowledgedAt: null,
  retryAt: null,
  waitsFor: null,
  looks: 0,
  problem: null,
  evidence: null,
  deliveredAt: null,
} as const

/**
 * Asks for the delivery of a generated file, in the transaction that decides it. Nothing is sent before that commits.
 * @throws ProblemError `state-conflict` when the connection is archived, the file was submitted before, or its time is
 * too close to the cutoff; `duplicate` when these very bytes were submitted as another file
 */
export async function createSubmission(ctx: WriteContext, input: SubmissionCreate): Promise<{ id: Id<'sub'> }> {
  const connection = await bankConnectionStore(ctx.db, ctx.organizationId).find(input.bankConnectionId)
  if (connection === undefined || connection.archivedAt !== null) {
    throw new ProblemError(
      'state-conflict',
      'The bank connection of this file is archived: choose another bank account.',
    )
  }
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,199}$/.test(input.fileName)) {
    throw invalid([{ pointer: '/fileName', code: 'file-name', message: 'must be letters, digits, dots, - and _' }])
  }
  if (await submissionStore(ctx.db, ctx.organizationId).isTaken(input.achFileId)) {
    throw new ProblemError('state-conflict', 'This file was submitted already.')
  }
  if (await submissionStore(ctx.db, ctx.organizationId).isNameTaken(connection.id, input.fileName)) {
    throw new ProblemError(
      'duplicate',
      `A file called ${input.fileName} went to this bank before: give the connection a pattern of file names that never repeats.`,
    )
  }
  const id = ctx.newId('sub')
  const jobId = ctx.newId('job')
  const { contentSha256 = input.sha256, notBefore = null, deliverBy = null } = input
  const startsAt = notBefore === null ? ctx.now : new Date(Math.max(Date.parse(notBefore), ctx.now.getTime()))
  refuseTooLate(deliverBy, startsAt)
  await refuseSameContent(ctx, contentSha256, id)
  await submissionWriter(ctx.db, ctx.organizationId).add(
    {
      id,
      ...input,
      contentSha256,
      notBefore,
      deliverBy,
      destinationHash: destinationHash(connection),
      server: serverOf(connection),
      immediateDestination: connection.immediateDestination,
      immediateOrigin: connection.immediateOrigin,
      state: 'ready',
      attempt: 0,
      jobId,
      ...UNTRIED,
      cutoffMissedAt: null,
      isLate: false,
      resolution: null,
      createdAt: ctx.now.toISOString(),
      acknowledgedAt: null,
    },
    startsAt > ctx.now ? 'Held until its time.' : 'Ready to be sent to the bank.',
  )
  await enqueueDelivery(ctx, { id, bankConnectionId: connection.id }, jobId, startsAt)
  if (deliverBy !== null) await enqueueDeadline(ctx, id, deliverBy)
  return { id }
}

function refuseTooLate(deliverBy: string | null, startsAt: Date): void {
  if (!isPastLastTry({ deliverBy }, startsAt)) return
  throw new ProblemError(
    'state-conflict',
    `There is no time left to deliver it before the bank’s cutoff at ${deliverBy}: choose a later effective date.`,
  )
}

/**
 * The same bytes never go to the bank twice, under whatever name. The database has a guard of its own.
 * @throws ProblemError `duplicate`
 */
export async function refuseSameContent(ctx: WriteContext, contentSha256: string, id: Id<'sub'>): Promise<void> {
  const other = await submissionStore(ctx.db, ctx.organizationId).withContent(contentSha256, id)
  if (other === undefined) return
  throw new ProblemError(
    'duplicate',
    `The very same bytes were submitted as ${other.fileName} (${other.id}): they are never sent twice.`,
  )
}

/** Looks at it when there is no time left. */
export async function enqueueDeadline(ctx: WriteContext, submissionId: Id<'sub'>, deliverBy: string): Promise<void> {
  await enqueueJob(ctx.db, {
    id: ctx.newId('job'),
    organizationId: ctx.organizationId,
    kind: 'submission.deadline',
    payload: { submissionId },
    dedupeKey: `submission.deadline:${submissionId}`,
    runAt: new Date(lastTryAt(deliverBy)),
    maxAttempts: JOB_ATTEMPTS_MAX,
  })
}

/** The work of one delivery, from `runAt` on. */
export async function enqueueDelivery(
  ctx: WriteContext,
  { id, bankConnectionId }: Pick<SubmissionRow, 'id' | 'bankConnectionId'>,
  jobId: Id<'job'>,
  runAt: Date,
): Promise<void> {
  await enqueueJob(ctx.db, {
    id: jobId,
    organizationId: ctx.organizationId,
    kind: 'submission.deliver',
    queue: bankConnectionId,
    payload: { submissionId: id },
    dedupeKey: `submission.deliver:${jobId}`,
    runAt,
    maxAttempts: JOB_ATTEMPTS_MAX,
  })
}
