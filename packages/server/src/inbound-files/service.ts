import type { InboundFile, InboundFileQuery, InboundPollList, Page } from '@fistworks/contract'
import { bankConnectionStore } from '../bank-connections/store.ts'
import type { ReadContext } from '../context.ts'
import { LIMITS } from '../limits.ts'
import { listPage } from '../list-page.ts'
import { notFound } from '../problem-error.ts'
import { landedCounts } from './landed-counts.ts'
import { presentInboundFile, presentPoll } from './present.ts'
import { inboundFileStore } from './store.ts'
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
    data: fetched.map(({ id }) =>
      presentPoll(
        id,
        rows.find((row) => row.bankConnectionId === id),
      ),
    ),
  }
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
