import type { Id } from '@fistworks/contract'
import { and, asc, eq, sql } from 'drizzle-orm'
import type { Reader, Tx } from '../storage/transaction.ts'
import { type AchBatchRow, type AchEntryRow, achBatches, achEntries } from './table.ts'

const ROWS_PER_STATEMENT = 500

/** What an entry keeps of its payment once it is generated. */
export interface PaidEntry {
  id: Id<'ent'>
  traceNumber: string
  paidName: string
  paidRoutingNumberLast4: string
  paidAccountNumberLast4: string
}

/** The one door to the batches and entries of a tenant's files, in their order. */
export function contentStore(db: Reader, organizationId: Id<'org'>) {
  return {
    batches: (achFileId: Id<'ach'>) =>
      db
        .select()
        .from(achBatches)
        .where(and(eq(achBatches.organizationId, organizationId), eq(achBatches.achFileId, achFileId)))
        .orderBy(asc(achBatches.position)),
    entries: (achFileId: Id<'ach'>) =>
      db
        .select()
        .from(achEntries)
        .where(and(eq(achEntries.organizationId, organizationId), eq(achEntries.achFileId, achFileId)))
        .orderBy(asc(achEntries.batchPosition), asc(achEntries.position)),
  }
}

/** Changes of batches and entries, inside the unit of work it is handed. */
export function contentWriter(tx: Tx, organizationId: Id<'org'>) {
  return {
    async clear(achFileId: Id<'ach'>): Promise<void> {
      await tx
        .delete(achEntries)
        .where(and(eq(achEntries.organizationId, organizationId), eq(achEntries.achFileId, achFileId)))
      await tx
        .delete(achBatches)
        .where(and(eq(achBatches.organizationId, organizationId), eq(achBatches.achFileId, achFileId)))
    },

    async add(batches: Omit<AchBatchRow, 'organizationId'>[], entries: Omit<AchEntryRow, 'organizationId'>[]) {
      if (batches.length > 0) await tx.insert(achBatches).values(batches.map((row) => ({ ...row, organizationId })))
      for (const some of chunksOf(entries)) {
        await tx.insert(achEntries).values(some.map((row) => ({ ...row, organizationId })))
      }
    },

    async pay(entries: PaidEntry[]): Promise<void> {
      for (const some of chunksOf(entries)) {
        const rows = some.map(
          (paid) =>
            sql`(${paid.id}, ${paid.traceNumber}, ${paid.paidName}, ${paid.paidRoutingNumberLast4}, ${paid.paidAccountNumberLast4})`,
        )
        await tx.run(sql`
          WITH paid (id, trace, name, routing, account) AS (VALUES ${sql.join(rows, sql`, `)})
          UPDATE ach_entries SET trace_number = paid.trace, paid_name = paid.name,
            paid_routing_number_last4 = paid.routing, paid_account_number_last4 = paid.account
          FROM paid WHERE ach_entries.organization_id = ${organizationId} AND ach_entries.id = paid.id`)
      }
    },
  }
}

function* chunksOf<T>(rows: readonly T[]): Generator<T[]> {
  for (let from = 0; from < rows.length; from += ROWS_PER_STATEMENT) yield rows.slice(from, from + ROWS_PER_STATEMENT)
}
