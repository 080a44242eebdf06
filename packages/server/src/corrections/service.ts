import type { Correction, CorrectionQuery, Page } from '@fistworks/contract'
import type { ReadContext } from '../context.ts'
import { listPage } from '../list-page.ts'
import { notFound } from '../problem-error.ts'
import { recipientStore } from '../recipients/store.ts'
import { presentCorrection } from './present.ts'
import { correctionStore } from './store.ts'
import type { CorrectionRow } from './table.ts'

export async function listCorrections(ctx: ReadContext, query: CorrectionQuery): Promise<Page<Correction>> {
  const { limit, after, ...filter } = query
  const store = correctionStore(ctx.db, ctx.organizationId)
  return listPage(ctx, {
    name: 'corrections',
    filter,
    query: { limit, after },
    async read(before, count) {
      const rows = await store.list(filter, before, count)
      const shown: Correction[] = []
      for (const row of rows) shown.push(await shownCorrection(ctx, row))
      return shown
    },
    present: (shown) => shown,
  })
}

export async function retrieveCorrection(ctx: ReadContext, id: string): Promise<Correction> {
  return shownCorrection(ctx, await findCorrection(ctx, id))
}

/** @throws ProblemError `not-found` */
export async function findCorrection(ctx: ReadContext, id: string): Promise<CorrectionRow> {
  const row = await correctionStore(ctx.db, ctx.organizationId).find(id)
  if (row === undefined) throw notFound('correction')
  return row
}

export async function shownCorrection(ctx: ReadContext, row: CorrectionRow): Promise<Correction> {
  const { recipientId } = row
  const recipient =
    recipientId === null ? undefined : await recipientStore(ctx.db, ctx.organizationId).find(recipientId)
  return presentCorrection(row, recipient, ctx.now)
}
