import type { Id } from '@fistworks/contract'
import { and, desc, eq, getTableColumns, isNotNull, isNull, lt, sql } from 'drizzle-orm'
import type { Reader, Tx } from '../storage/transaction.ts'
import { type TemplateRow, templates } from './table.ts'

const { batches: _batches, ...withoutBatches } = getTableColumns(templates)
export type TemplateSummaryRow = Omit<TemplateRow, 'batches'>

/** The one door to a tenant's templates. */
export function templateStore(db: Reader, organizationId: Id<'org'>) {
  const mine = eq(templates.organizationId, organizationId)
  return {
    async find(id: string): Promise<TemplateRow | undefined> {
      const rows = await db
        .select()
        .from(templates)
        .where(and(mine, eq(templates.id, id as Id<'tpl'>)))
        .limit(1)
      return rows[0]
    },

    /** Without what they hold, which may be long. */
    async summary(id: string): Promise<TemplateSummaryRow | undefined> {
      const rows = await db
        .select(withoutBatches)
        .from(templates)
        .where(and(mine, eq(templates.id, id as Id<'tpl'>)))
        .limit(1)
      return rows[0]
    },

    async count(): Promise<number> {
      const rows = await db
        .select({ count: sql<number>`count(*)` })
        .from(templates)
        .where(and(mine, isNull(templates.archivedAt)))
      return rows[0]?.count ?? 0
    },

    list: (isArchived: boolean, before: string | null, limit: number) =>
      db
        .select(withoutBatches)
        .from(templates)
        .where(
          and(
            mine,
            isArchived ? isNotNull(templates.archivedAt) : isNull(templates.archivedAt),
            before === null ? undefined : lt(templates.id, before as Id<'tpl'>),
          ),
        )
        .orderBy(desc(templates.id))
        .limit(limit),
  }
}

/** Changes of a tenant's templates, inside the unit of work it is handed. */
export function templateWriter(tx: Tx, organizationId: Id<'org'>) {
  return {
    add: (row: Omit<TemplateRow, 'organizationId'>) => tx.insert(templates).values({ ...row, organizationId }),
    change: (id: Id<'tpl'>, values: Partial<Omit<TemplateRow, 'organizationId' | 'id'>>) =>
      tx
        .update(templates)
        .set(values)
        .where(and(eq(templates.organizationId, organizationId), eq(templates.id, id))),
  }
}
