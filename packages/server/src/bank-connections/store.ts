import type { Id } from '@fistworks/contract'
import { and, desc, eq, isNull, lt, sql } from 'drizzle-orm'
import type { Reader, Tx } from '../storage/transaction.ts'
import { type BankConnectionRow, bankConnections } from './table.ts'

/** The one door to a tenant's bank connections. */
export function bankConnectionStore(db: Reader, organizationId: string) {
  const mine = eq(bankConnections.organizationId, organizationId)
  return {
    async find(id: string): Promise<BankConnectionRow | undefined> {
      const [row] = await db
        .select()
        .from(bankConnections)
        .where(and(mine, eq(bankConnections.id, id as Id<'bcn'>)))
        .limit(1)
      return row
    },

    async count(): Promise<number> {
      const [row] = await db
        .select({ count: sql<number>`count(*)` })
        .from(bankConnections)
        .where(and(mine, isNull(bankConnections.archivedAt)))
      return row?.count ?? 0
    },

    list: (before: string | null, limit: number): Promise<BankConnectionRow[]> =>
      db
        .select()
        .from(bankConnections)
        .where(and(mine, before === null ? undefined : lt(bankConnections.id, before as Id<'bcn'>)))
        .orderBy(desc(bankConnections.id))
        .limit(limit),
  }
}

/** Changes of a tenant's bank connections, inside the unit of work it is handed. */
export function bankConnectionWriter(tx: Tx, organizationId: string) {
  return {
    async add(row: BankConnectionRow): Promise<void> {
      await tx.insert(bankConnections).values({ ...row, organizationId })
    },
    async change(id: string, values: Partial<Omit<BankConnectionRow, 'organizationId' | 'id'>>): Promise<void> {
      await tx
        .update(bankConnections)
        .set(values)
        .where(and(eq(bankConnections.organizationId, organizationId), eq(bankConnections.id, id as Id<'bcn'>)))
    },
  }
}
