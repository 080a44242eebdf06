import type { Id } from '@fistworks/contract'
import { and, desc, eq, inArray, isNull, lt, sql } from 'drizzle-orm'
import type { Reader, Tx } from '../storage/transaction.ts'
import { type BankAccountRow, bankAccounts } from './table.ts'

/** The one door to a tenant's bank accounts. */
export function bankAccountStore(db: Reader, organizationId: Id<'org'>) {
  const mine = eq(bankAccounts.organizationId, organizationId)
  return {
    async find(id: string): Promise<BankAccountRow | undefined> {
      const rows = await db
        .select()
        .from(bankAccounts)
        .where(and(mine, eq(bankAccounts.id, id as Id<'bac'>)))
        .limit(1)
      return rows[0]
    },

    /** All of these that exist, by id. A file has at most a hundred batches, so one statement does. */
    async findAll(ids: Iterable<string>): Promise<Map<string, BankAccountRow>> {
      const wanted = [...new Set(ids)] as Id<'bac'>[]
      if (wanted.length === 0) return new Map()
      const rows = await db
        .select()
        .from(bankAccounts)
        .where(and(mine, inArray(bankAccounts.id, wanted)))
      return new Map(rows.map((row) => [row.id, row]))
    },

    async count(): Promise<number> {
      const rows = await db
        .select({ count: sql<number>`count(*)` })
        .from(bankAccounts)
        .where(and(mine, isNull(bankAccounts.archivedAt)))
      return rows[0]?.count ?? 0
    },

    list: (before: string | null, limit: number) =>
      db
        .select()
        .from(bankAccounts)
        .where(and(mine, before === null ? undefined : lt(bankAccounts.id, before as Id<'bac'>)))
        .orderBy(desc(bankAccounts.id))
        .limit(limit),
  }
}

/** Changes of a tenant's bank accounts, inside the unit of work it is handed. */
export function bankAccountWriter(tx: Tx, organizationId: Id<'org'>) {
  return {
    add: (row: Omit<BankAccountRow, 'organizationId'>) => tx.insert(bankAccounts).values({ ...row, organizationId }),
    change: (id: Id<'bac'>, values: Partial<Omit<BankAccountRow, 'organizationId' | 'id'>>) =>
      tx
        .update(bankAccounts)
        .set(values)
        .where(and(eq(bankAccounts.organizationId, organizationId), eq(bankAccounts.id, id))),
  }
}
