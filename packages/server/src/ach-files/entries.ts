import type { AchFile, AchFileEntriesAdd, Entry, EntryQuery, Page } from '@fistworks/contract'
import { ENTRIES_MAX } from '@fistworks/contract'
import type * as z from 'zod/mini'
import type { ReadContext, WriteContext } from '../context.ts'
import { listPage } from '../list-page.ts'
import { invalid, notFound, ProblemError } from '../problem-error.ts'
import { refuseChangedRetry } from '../returns/refuse-changed-retry.ts'
import { withAuthor } from './authors.ts'
import { contentStore, contentWriter } from './content-store.ts'
import { totalsOf } from './draft.ts'
import { draftProblems } from './draft-problems.ts'
import { statusAfter } from './life-cycle.ts'
import { newYorkTime } from './new-york-time.ts'
import { presentEntries, presentFile } from './present.ts'
import { completed } from './read-draft.ts'
import { auditFile, fileToDecide, newEntries, refuseReversal } from './service.ts'
import { achFileStore, achFileWriter } from './store.ts'
import type { AchFileRow } from './table.ts'

/**
 * Puts more entries at the end of a batch of a draft: how a file of more than ten thousand comes to be.
 * @throws ProblemError `validation-failed` with the JSON pointer of everything that is wrong with them
 */
export async function addEntries(
  ctx: WriteContext,
  id: string,
  input: z.output<typeof AchFileEntriesAdd>,
): Promise<AchFile> {
  const before = await fileToDecide(ctx, id, input.version)
  const status = statusAfter(before, 'update')
  refuseReversal(before)
  // To what sends a returned payment again, nothing is added.
  await refuseChangedRetry(ctx, before.id, [])
  const store = contentStore(ctx.db, ctx.organizationId)
  const batch = (await store.batches(before.id)).find((row) => row.id === input.batchId)
  if (batch === undefined)
    throw invalid([{ pointer: '/batchId', code: 'not-found', message: 'is no batch of this file' }])
  const entries = input.entries.map((entry) => ({ ...entry, externalId: entry.externalId ?? null }))
  const added = [{ ...batch, entries }]
  const after = withMore(ctx, before, totalsOf(added), status)
  const problems = await draftProblems(await completed(ctx, added), newYorkTime(ctx.now).date)
  if (problems.length > 0)
    throw invalid(problems.map((each) => ({ ...each, pointer: each.pointer.replace('/batches/0', '') })))
  const first = (await store.counts(before.id))[batch.position] ?? 0
  await contentWriter(ctx.db, ctx.organizationId).add([], newEntries(ctx, before.id, batch.position, entries, first))
  await achFileWriter(ctx.db, ctx.organizationId).change(before.id, after)
  await auditFile(ctx, 'achFile.entriesAdded', before.id, {
    before: { version: before.version, entryCount: before.entryCount },
    after: {
      version: after.version,
      entryCount: after.entryCount,
      creditCents: after.creditCents,
      debitCents: after.debitCents,
    },
    batchId: batch.id,
  })
  return presentFile(ctx, after)
}

function withMore(
  ctx: WriteContext,
  before: AchFileRow,
  more: ReturnType<typeof totalsOf>,
  status: AchFileRow['status'],
): AchFileRow {
  const entryCount = before.entryCount + more.entryCount
  if (entryCount > ENTRIES_MAX) {
    const detail = `The file would have ${entryCount} entries; it has at most ${ENTRIES_MAX}: make another file.`
    throw new ProblemError('limit-exceeded', detail)
  }
  return {
    ...before,
    entryCount,
    creditCents: before.creditCents + more.creditCents,
    debitCents: before.debitCents + more.debitCents,
    status,
    version: before.version + 1,
    authors: withAuthor(before.authors, ctx),
    reopenedBecause: null,
    approvalId: null,
    updatedAt: ctx.now.toISOString(),
  }
}

/** The entries of a file a page at a time, in the order of the file. */
export async function listEntries(ctx: ReadContext, id: string, query: EntryQuery): Promise<Page<Entry>> {
  const file = await achFileStore(ctx.db, ctx.organizationId).find(id)
  if (file === undefined) throw notFound('ACH file')
  const store = contentStore(ctx.db, ctx.organizationId)
  const { batchId, search: typed, ...page } = query
  const search = typed?.trim()
  const batch = batchId === undefined ? undefined : (await store.batches(file.id)).find((row) => row.id === batchId)
  if (batchId !== undefined && batch === undefined) throw notFound('batch')
  return listPage(ctx, {
    name: `entries of ${file.id}`,
    filter: { batchId, search },
    query: page,
    async read(after, limit) {
      const rows = await store.page(
        file.id,
        { batch: batch?.position, search },
        after === null ? null : placeOf(after),
        limit,
      )
      const shown = await presentEntries(ctx, rows)
      return rows.flatMap((row, index) => {
        const entry = shown[index]
        return entry === undefined ? [] : [{ id: `${row.batchPosition}/${row.position}`, entry }]
      })
    },
    present: ({ entry }) => entry,
  })
}

function placeOf(cursor: string) {
  const [batchPosition = 0, position = 0] = cursor.split('/').map(Number)
  return { batchPosition, position }
}
