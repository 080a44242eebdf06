import type { Page, Return, ReturnQuery } from '@fistworks/contract'
import type { ReadContext } from '../context.ts'
import { listPage } from '../list-page.ts'
import { notFound } from '../problem-error.ts'
import { presentReturn } from './present.ts'
import { returnStore } from './store.ts'
import type { ReturnRow } from './table.ts'

export async function listReturns(ctx: ReadContext, query: ReturnQuery): Promise<Page<Return>> {
  const { limit, after, ...filter } = query
  const store = returnStore(ctx.db, ctx.organizationId)
  return listPage(ctx, {
    name: 'returns',
    filter,
    query: { limit, after },
    async read(before, count) {
      const shown: Return[] = []
      for (const row of await store.list(filter, before, count)) shown.push(await presentReturn(ctx, row))
      return shown
    },
    present: (shown) => shown,
  })
}

export async function retrieveReturn(ctx: ReadContext, id: string): Promise<Return> {
  return presentReturn(ctx, await findReturn(ctx, id))
}

/** @throws ProblemError `not-found` */
export async function findReturn(ctx: ReadContext, id: string): Promise<ReturnRow> {
  const row = await returnStore(ctx.db, ctx.organizationId).find(id)
  if (row === undefined) throw notFound('return')
  return row
}
