import {
  type AchFile,
  type AchFileCreate,
  type AchFileQuery,
  type AchFileSummary,
  type AchFileUpdate,
  ENTRIES_PER_REQUEST_MAX,
  type Id,
  type Page,
} from '@fistworks/contract'
import type * as z from 'zod/mini'
import type { ReadContext, WriteContext } from '../context.ts'
import { LIMITS } from '../limits.ts'
import { listPage } from '../list-page.ts'
import { invalid, notFound, ProblemError } from '../problem-error.ts'
import { refuseChangedRetry } from '../returns/refuse-changed-retry.ts'
import { withAuthor } from './authors.ts'
import { contentWriter } from './content-store.ts'
import { type DraftBatch, type DraftEntry, keptActor, totalsOf } from './draft.ts'
import { draftProblems } from './draft-problems.ts'
import { statusAfter } from './life-cycle.ts'
import { newYorkTime } from './new-york-time.ts'
import { presentFile, presentSummary } from './present.ts'
import { completed } from './read-draft.ts'
import { achFileStore, achFileWriter } from './store.ts'
import type { AchEntryRow, AchFileRow } from './table.ts'

/** Further authors, such as those of the template it is made of, and what the log tells of it. */
export interface FileOrigin {
  authors: readonly string[]
  told: Record<string, unknown>
}

type BatchesInput = z.output<typeof AchFileCreate>['batches']

/**
 * @param origin where it comes from, when nobody wrote it by hand
 * @throws ProblemError `validation-failed` with the JSON pointer of everything that is wrong
 */
export async function createAchFile(
  ctx: WriteContext,
  input: z.output<typeof AchFileCreate>,
  origin: FileOrigin = { authors: [], told: {} },
): Promise<AchFile> {
  await refuseTooManyDrafts(ctx)
  const batches = await checked(ctx, input.batches)
  const now = ctx.now.toISOString()
  const file: AchFileRow = {
    organizationId: ctx.organizationId,
    id: ctx.newId('ach'),
    name: input.name,
    status: 'draft',
    version: 1,
    ...totalsOf(batches),
    transmit: input.transmit,
    submitOnApproval: input.submitOnApproval,
    authors: withAuthor(origin.authors, ctx),
    reopenedBecause: null,
    approvalId: null,
    contentHash: null,
    submissionId: null,
    createdBy: keptActor(ctx.actor),
    createdAt: now,
    updatedAt: now,
    submittedAt: null,
    acknowledgedAt: null,
    approvalRound: 0,
    policyVersion: 0,
    approvalRequestedAt: null,
    possibleDuplicates: [],
    kind: 'payments',
    reverses: null,
    reversalReason: null,
    reversalDiscoveredAt: null,
  }
  await achFileWriter(ctx.db, ctx.organizationId).add(file)
  await putBatches(ctx, file.id, batches)
  await auditFile(ctx, 'achFile.created', file.id, { after: told(file), ...origin.told })
  return presentFile(ctx, file)
}

/** Replaces what is named. A rejected file becomes a draft again. */
export async function updateAchFile(
  ctx: WriteContext,
  id: string,
  input: z.output<typeof AchFileUpdate>,
): Promise<AchFile> {
  const before = await fileToDecide(ctx, id, input.version)
  const status = statusAfter(before, 'update')
  if (input.batches !== undefined) refuseReversal(before)
  const batches = input.batches === undefined ? undefined : await checked(ctx, input.batches)
  if (batches !== undefined) await refuseChangedRetry(ctx, before.id, batches)
  const after: AchFileRow = {
    ...before,
    ...(batches === undefined ? {} : totalsOf(batches)),
    name: input.name ?? before.name,
    transmit: input.transmit ?? before.transmit,
    submitOnApproval: input.submitOnApproval ?? before.submitOnApproval,
    status,
    version: before.version + 1,
    authors: withAuthor(before.authors, ctx),
    reopenedBecause: null,
    approvalId: null,
    updatedAt: ctx.now.toISOString(),
  }
  await achFileWriter(ctx.db, ctx.organizationId).change(before.id, after)
  if (batches !== undefined) {
    await contentWriter(ctx.db, ctx.organizationId).clear(before.id)
    await putBatches(ctx, before.id, batches)
  }
  await auditFile(ctx, 'achFile.updated', before.id, {
    before: told(before),
    after: told(after),
    batchesReplaced: batches !== undefined,
  })
  return presentFile(ctx, after)
}

export async function retrieveAchFile(ctx: ReadContext, id: string): Promise<AchFile> {
  return presentFile(ctx, await mustFind(ctx, id))
}

export async function listAchFiles(ctx: ReadContext, query: AchFileQuery): Promise<Page<AchFileSummary>> {
  const store = achFileStore(ctx.db, ctx.organizationId)
  return listPage(ctx, {
    name: 'achFiles',
    filter: { status: query.status },
    query,
    read: (before, limit) => store.list(query.status, before, limit),
    present: presentSummary,
  })
}

/**
 * The file, as the caller saw it.
 * @throws ProblemError `not-found`, `version-mismatch`
 */
export async function fileToDecide(ctx: WriteContext, id: string, version: number): Promise<AchFileRow> {
  const file = await mustFind(ctx, id)
  if (file.version !== version) {
    throw new ProblemError(
      'version-mismatch',
      `The file is at version ${file.version} now, not ${version}: read it again and decide about what it says.`,
    )
  }
  return file
}

export async function auditFile(
  ctx: WriteContext,
  action: `achFile.${string}`,
  targetId: Id<'ach'>,
  data: Record<string, unknown>,
): Promise<void> {
  await ctx.audit({ action, targetType: 'achFile', targetId, data })
}

async function mustFind(ctx: ReadContext, id: string): Promise<AchFileRow> {
  const file = await achFileStore(ctx.db, ctx.organizationId).find(id)
  if (file === undefined) throw notFound('ACH file')
  return file
}

async function checked(ctx: WriteContext, input: BatchesInput): Promise<DraftBatch[]> {
  const batches = input.map((batch) => ({
    ...batch,
    companyDiscretionaryData: batch.companyDiscretionaryData ?? '',
    entries: batch.entries.map((entry) => ({ ...entry, externalId: entry.externalId ?? null })),
  }))
  const { entryCount } = totalsOf(batches)
  if (entryCount > ENTRIES_PER_REQUEST_MAX) {
    const message = `hold ${entryCount} entries; one request has at most ${ENTRIES_PER_REQUEST_MAX}: add the others to the draft`
    throw invalid([{ pointer: '/batches', code: 'limit-exceeded', message }])
  }
  const problems = await draftProblems(await completed(ctx, batches), newYorkTime(ctx.now).date)
  if (problems.length > 0) throw invalid(problems)
  return batches
}

async function putBatches(ctx: WriteContext, achFileId: Id<'ach'>, batches: DraftBatch[]): Promise<void> {
  await contentWriter(ctx.db, ctx.organizationId).add(
    batches.map(({ entries: _entries, ...batch }, position) => {
      return { ...batch, achFileId, id: ctx.newId('bat'), position }
    }),
    entriesOf(ctx, achFileId, batches),
  )
}

function* entriesOf(ctx: WriteContext, achFileId: Id<'ach'>, batches: readonly DraftBatch[]) {
  for (const [batchPosition, { entries }] of batches.entries()) {
    yield* newEntries(ctx, achFileId, batchPosition, entries, 0)
  }
}

/** Rows of entries that are in no file yet, from this position of their batch on. */
export function* newEntries(
  ctx: WriteContext,
  achFileId: Id<'ach'>,
  batchPosition: number,
  entries: readonly DraftEntry[],
  first: number,
): Generator<Omit<AchEntryRow, 'organizationId'>> {
  for (const [index, entry] of entries.entries()) {
    yield {
      ...entry,
      achFileId,
      id: ctx.newId('ent'),
      batchPosition,
      position: first + index,
      traceNumber: null,
      paidName: null,
      paidRoutingNumberLast4: null,
      paidAccountNumberLast4: null,
      reversesEntry: null,
    }
  }
}

/** @throws ProblemError `state-conflict` for a reversal: what it takes back is what was paid */
export function refuseReversal({ kind }: Pick<AchFileRow, 'kind'>): void {
  if (kind !== 'reversal') return
  throw new ProblemError('state-conflict', 'The entries of a reversal do not change: cancel it and make another.')
}

/** @throws ProblemError `limit-exceeded` */
export async function refuseTooManyDrafts(ctx: WriteContext): Promise<void> {
  const inPreparation = await achFileStore(ctx.db, ctx.organizationId).countInPreparation()
  if (inPreparation >= LIMITS.openDraftsPerOrganization) {
    throw new ProblemError(
      'limit-exceeded',
      `An organization has at most ${LIMITS.openDraftsPerOrganization} files in preparation: submit or cancel some.`,
    )
  }
}

/** What the audit log keeps of a file. */
function told({ name, status, version, batchCount, entryCount, creditCents, debitCents, ...sending }: AchFileRow) {
  const { transmit, submitOnApproval } = sending
  return { name, status, version, batchCount, entryCount, creditCents, debitCents, transmit, submitOnApproval }
}
