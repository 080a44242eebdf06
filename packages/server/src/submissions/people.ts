import type { Id, PossibleDuplicate } from '@fistworks/contract'
import { destinationHash, serverOf } from '../bank-connections/destination.ts'
import { bankConnectionStore } from '../bank-connections/store.ts'
import type { ReadContext, WriteContext } from '../context.ts'
import { notFound, ProblemError } from '../problem-error.ts'
import type { Reader } from '../storage/transaction.ts'
import { enqueueDelivery, refuseSameContent, UNTRIED } from './create.ts'
import type { DeliveredFiles } from './ports.ts'
import { type SubmissionValues, submissionStore, submissionWriter } from './store.ts'
import type { SubmissionRow } from './table.ts'

export interface SubmissionDependencies extends Pick<DeliveredFiles, 'onFileProgress'> {
  /** Everybody who wrote on the file, each as `type:id` of the actor. */
  authorsOf(db: Reader, organizationId: string, achFileId: string): Promise<readonly string[]>
  /**
   * Other files that make some of the same payments by now, all of them acknowledged.
   * @throws ProblemError `possible-duplicate`
   */
  doublesOf(ctx: WriteContext, achFileId: string, acknowledged?: readonly Id<'ach'>[]): Promise<PossibleDuplicate[]>
}

/** The caller under each of their names, as `type:id`. */
export function namesOf(ctx: Pick<WriteContext, 'actor' | 'alias'>): string[] {
  return [ctx.actor, ...(ctx.alias === undefined ? [] : [ctx.alias])].map(({ type, id }) => `${type}:${id}`)
}

export function refuseMachine(ctx: WriteContext): void {
  if (ctx.isPerson) return
  throw new ProblemError('person-required', 'A person has to ask the bank and say what it answered.')
}

/** @throws ProblemError `person-required`, `second-person-required` */
export async function refuseAuthor(deps: SubmissionDependencies, ctx: WriteContext, row: SubmissionRow): Promise<void> {
  refuseMachine(ctx)
  const authors = await deps.authorsOf(ctx.db, ctx.organizationId, row.achFileId)
  if (namesOf(ctx).some((name) => authors.includes(name))) {
    throw new ProblemError('second-person-required', 'Somebody who did not write this file has to resolve it.')
  }
}

type Leads = Pick<SubmissionRow, 'destinationHash' | 'server'>

export async function destinationNow(ctx: WriteContext, row: SubmissionRow): Promise<Leads> {
  const connection = await bankConnectionStore(ctx.db, ctx.organizationId).find(row.bankConnectionId)
  if (connection === undefined) throw new Error(`Submission ${row.id} goes through a connection that is not there.`)
  return { destinationHash: destinationHash(connection), server: serverOf(connection) }
}

export interface Again extends Pick<SubmissionValues, 'isLate'> {
  destination: Leads
  detail: string
  acknowledgedDuplicates?: readonly Id<'ach'>[] | undefined
}

/**
 * What an earlier attempt may have left is forgotten: the next one looks at the bank before it sends anything. While it
 * lay there, somebody may have paid the same with another file: that is asked about as when a file is submitted.
 * @throws ProblemError `possible-duplicate`
 */
export async function startAgain(
  deps: SubmissionDependencies,
  ctx: WriteContext,
  row: SubmissionRow,
  { destination, detail, acknowledgedDuplicates, ...values }: Again,
): Promise<{ possibleDuplicates: PossibleDuplicate[] }> {
  const jobId = ctx.newId('job')
  const fresh: SubmissionValues = { ...UNTRIED, ...values, resolution: null, ...destination, jobId }
  const at = ctx.now.toISOString()
  const possibleDuplicates = await deps.doublesOf(ctx, row.achFileId, acknowledgedDuplicates)
  await refuseSameContent(ctx, row.contentSha256, row.id)
  await submissionWriter(ctx.db, ctx.organizationId).move(fenceOf(row), 'ready', at, detail, fresh)
  await deps.onFileProgress(ctx.db, ctx.organizationId, row.achFileId, 'submitted', at)
  await enqueueDelivery(ctx, row, jobId, ctx.now)
  return { possibleDuplicates }
}

export function fenceOf(row: SubmissionRow) {
  return { id: row.id, attempt: row.attempt, from: row.state }
}

export async function mustFind(ctx: ReadContext, id: string): Promise<SubmissionRow> {
  const row = await submissionStore(ctx.db, ctx.organizationId).find(id)
  if (row === undefined) throw notFound('submission')
  return row
}
