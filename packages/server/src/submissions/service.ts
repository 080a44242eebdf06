import type { Page, Submission, SubmissionQuery, SubmissionResolution } from '@fistworks/contract'
import { destinationHash } from '../bank-connections/destination.ts'
import { bankConnectionStore } from '../bank-connections/store.ts'
import type { ReadContext, WriteContext } from '../context.ts'
import { listPage } from '../list-page.ts'
import { notFound, ProblemError } from '../problem-error.ts'
import type { Reader } from '../storage/transaction.ts'
import { scrubText } from '../telemetry/scrub.ts'
import { enqueueDelivery, refuseSameContent, UNTRIED } from './create.ts'
import type { DeliveredFiles } from './ports.ts'
import { presentSubmission } from './present.ts'
import { enqueueAcknowledgement } from './recorder.ts'
import { type SubmissionValues, submissionStore, submissionWriter } from './store.ts'
import type { SubmissionRow } from './table.ts'

export interface SubmissionDependencies extends Pick<DeliveredFiles, 'onFileProgress'> {
  /** Everybody who wrote on the file, each as `type:id` of the actor. */
  authorsOf(db: Reader, organizationId: string, achFileId: string): Promise<readonly string[]>
}

export async function retrieveSubmission(ctx: ReadContext, id: string): Promise<Submission> {
  const row = await mustFind(ctx, id)
  return presentSubmission(row, await submissionStore(ctx.db, ctx.organizationId).steps([row.id]))
}

export async function listSubmissions(ctx: ReadContext, query: SubmissionQuery): Promise<Page<Submission>> {
  const { achFileId, state, ...page } = query
  const store = submissionStore(ctx.db, ctx.organizationId)
  return listPage(ctx, {
    name: 'submissions',
    filter: { achFileId, state },
    query: page,
    async read(before, limit) {
      const rows = await store.list({ achFileId, state }, before, limit)
      const steps = await store.steps(rows.map(({ id }) => id))
      return rows.map((row) => ({
        id: row.id,
        row,
        steps: steps.filter(({ submissionId }) => submissionId === row.id),
      }))
    },
    present: ({ row, steps }) => presentSubmission(row, steps),
  })
}

/**
 * Delivers again what failed. Only there is it certain that nothing reached the bank. Where the connection leads
 * elsewhere by now, a person who neither wrote the file nor changed the connection lets it go there.
 */
export async function retrySubmission(
  deps: SubmissionDependencies,
  ctx: WriteContext,
  id: string,
): Promise<Submission> {
  const row = await mustFind(ctx, id)
  if (row.state !== 'failed') {
    throw new ProblemError('state-conflict', 'Only a delivery that failed can be tried again.')
  }
  const destination = await destinationNow(ctx, row)
  if (row.destinationHash !== null && row.destinationHash !== destination) await refuseAuthor(deps, ctx, row)
  await startAgain(deps, ctx, row, destination, 'Another try was asked for.')
  await ctx.audit({
    action: 'submission.retried',
    targetType: 'submission',
    targetId: id,
    data: { achFileId: row.achFileId, fileName: row.fileName },
  })
  return retrieveSubmission(ctx, id)
}

/** A person who did not write the file says what the bank told them. */
export async function resolveSubmission(
  deps: SubmissionDependencies,
  ctx: WriteContext,
  id: string,
  input: SubmissionResolution,
): Promise<Submission> {
  const row = await mustFind(ctx, id)
  if (row.state !== 'unknown') {
    throw new ProblemError('state-conflict', 'Only a delivery whose outcome is not known can be resolved.')
  }
  await refuseAuthor(deps, ctx, row)
  if (input.outcome === 'notDelivered') {
    const detail = 'A person asked the bank: it does not have the file. Trying again.'
    await startAgain(deps, ctx, row, await destinationNow(ctx, row), detail)
  } else {
    await markDelivered(deps, ctx, row)
  }
  await ctx.audit({
    action: 'submission.resolved',
    targetType: 'submission',
    targetId: id,
    data: {
      achFileId: row.achFileId,
      fileName: row.fileName,
      outcome: input.outcome,
      reason: scrubText(input.reason),
    },
  })
  return retrieveSubmission(ctx, id)
}

async function refuseAuthor(deps: SubmissionDependencies, ctx: WriteContext, row: SubmissionRow): Promise<void> {
  if (!ctx.isPerson) {
    throw new ProblemError('person-required', 'A person has to ask the bank and say what it answered.')
  }
  const authors = await deps.authorsOf(ctx.db, ctx.organizationId, row.achFileId)
  const names = [ctx.actor, ...(ctx.alias === undefined ? [] : [ctx.alias])].map(({ type, id }) => `${type}:${id}`)
  if (names.some((name) => authors.includes(name))) {
    throw new ProblemError('second-person-required', 'Somebody who did not write this file has to resolve it.')
  }
}

async function destinationNow(ctx: WriteContext, row: SubmissionRow): Promise<string> {
  const connection = await bankConnectionStore(ctx.db, ctx.organizationId).find(row.bankConnectionId)
  if (connection === undefined) throw new Error(`Submission ${row.id} goes through a connection that is not there.`)
  return destinationHash(connection)
}

/** What an earlier attempt may have left is forgotten: the next one looks at the bank before it sends anything. */
async function startAgain(
  deps: SubmissionDependencies,
  ctx: WriteContext,
  row: SubmissionRow,
  destination: string,
  detail: string,
): Promise<void> {
  const jobId = ctx.newId('job')
  const fresh: SubmissionValues = { ...UNTRIED, destinationHash: destination, jobId }
  const at = ctx.now.toISOString()
  await refuseSameContent(ctx, row.contentSha256, row.id)
  await submissionWriter(ctx.db, ctx.organizationId).move(fenceOf(row), 'ready', at, detail, fresh)
  await deps.onFileProgress(ctx.db, ctx.organizationId, row.achFileId, 'submitted', at)
  await enqueueDelivery(ctx, row, jobId, ctx.now)
}

async function markDelivered(deps: SubmissionDependencies, ctx: WriteContext, row: SubmissionRow): Promise<void> {
  const at = ctx.now.toISOString()
  const detail = 'A person asked the bank: it has the file.'
  const evidence = { how: 'person', at, hostKeyFingerprint: null } as const
  await submissionWriter(ctx.db, ctx.organizationId).move(fenceOf(row), 'done', at, detail, {
    evidence,
    problem: null,
    deliveredAt: row.deliveredAt ?? at,
  })
  await deps.onFileProgress(ctx.db, ctx.organizationId, row.achFileId, 'delivered', at)
  const connection = await bankConnectionStore(ctx.db, ctx.organizationId).find(row.bankConnectionId)
  const wasAnswered = row.deliveredAt !== null
  if (connection?.acknowledgementDirectory && !wasAnswered) {
    await enqueueAcknowledgement(ctx.db, row, ctx.newId('job'), ctx.now)
  }
}

function fenceOf(row: SubmissionRow) {
  return { id: row.id, attempt: row.attempt, from: row.state }
}

async function mustFind(ctx: ReadContext, id: string): Promise<SubmissionRow> {
  const row = await submissionStore(ctx.db, ctx.organizationId).find(id)
  if (row === undefined) throw notFound('submission')
  return row
}
