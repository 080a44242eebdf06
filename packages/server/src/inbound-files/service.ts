import type { InboundFile, InboundFileQuery, InboundPollList, Page } from '@fistworks/contract'
import { bankConnectionStore } from '../bank-connections/store.ts'
import type { ReadContext, WriteContext } from '../context.ts'
import { enqueueJob } from '../jobs/jobs.ts'
import { LIMITS } from '../limits.ts'
import { listPage } from '../list-page.ts'
import { notFound, ProblemError } from '../problem-error.ts'
import { landedCounts } from './landed-counts.ts'
import { shownName } from './names.ts'
import { presentInboundFile, presentPoll } from './present.ts'
import { inboundFileStore, inboundFileWriter } from './store.ts'
import type { InboundFileRow } from './table.ts'

export async function listInboundFiles(ctx: ReadContext, query: InboundFileQuery): Promise<Page<InboundFile>> {
  const { limit, after, ...filter } = query
  return listPage(ctx, {
    name: 'inboundFiles',
    filter,
    query: { limit, after },
    read: async (before, count) =>
      shownFiles(ctx, await inboundFileStore(ctx.db, ctx.organizationId).list(filter, before, count)),
    present: (shown) => shown,
  })
}

export async function retrieveInboundFile(ctx: ReadContext, id: string): Promise<InboundFile> {
  return shownFile(ctx, await findInboundFile(ctx, id))
}

/** How the fetching goes, of every connection that has a directory for it. */
export async function listInboundPolls(ctx: ReadContext): Promise<InboundPollList> {
  const rows = await inboundFileStore(ctx.db, ctx.organizationId).polls()
  const connections = await bankConnectionStore(ctx.db, ctx.organizationId).list(
    null,
    LIMITS.bankConnectionsPerOrganization * 2,
  )
  const fetched = connections.filter(
    ({ archivedAt, returnDirectory }) => archivedAt === null && returnDirectory !== null,
  )
  return {
    data: fetched.map((one) =>
      presentPoll(
        one,
        rows.find((row) => row.bankConnectionId === one.id),
      ),
    ),
  }
}

/** Reads a kept file once more, after an upgrade say: what it brought already changes nothing. */
export async function reprocessInboundFile(ctx: WriteContext, id: string): Promise<InboundFile> {
  const row = await findInboundFile(ctx, id)
  if (row.state === 'stored') throw new ProblemError('state-conflict', 'This file is being processed already.')
  const again = {
    state: 'stored' as const,
    round: row.round + 1,
    doneEntries: 0,
    otherCount: 0,
    repeatedCount: 0,
    problem: null,
    processedAt: null,
  }
  await inboundFileWriter(ctx.db, ctx.organizationId).change(row, again)
  await enqueueJob(ctx.db, {
    id: ctx.newId('job'),
    organizationId: ctx.organizationId,
    kind: 'inboundFile.process',
    queue: row.bankConnectionId,
    payload: { inboundFileId: row.id },
    dedupeKey: `inboundFile.process:${row.id}:${again.round}`,
    runAt: ctx.now,
  })
  await ctx.audit({
    action: 'inboundFile.reprocessed',
    targetType: 'inboundFile',
    targetId: row.id,
    data: { name: shownName(row.name), before: { state: row.state } },
  })
  return shownFile(ctx, { ...row, ...again })
}

/** @throws ProblemError `not-found` */
export async function findInboundFile(ctx: ReadContext, id: string): Promise<InboundFileRow> {
  const row = await inboundFileStore(ctx.db, ctx.organizationId).find(id)
  if (row === undefined) throw notFound('inbound file')
  return row
}

export async function shownFile(ctx: ReadContext, row: InboundFileRow): Promise<InboundFile> {
  const [shown] = await shownFiles(ctx, [row])
  if (shown === undefined) throw new Error('An inbound file was not shown.')
  return shown
}

async function shownFiles(ctx: ReadContext, rows: readonly InboundFileRow[]): Promise<InboundFile[]> {
  const ids = rows.map(({ id }) => id)
  const names = await inboundFileStore(ctx.db, ctx.organizationId).namesOf(ids)
  const landed = await landedCounts(ctx.db, ctx.organizationId, ids)
  return rows.map((row) => presentInboundFile(row, names.get(row.id) ?? [], landed(row.id)))
}
