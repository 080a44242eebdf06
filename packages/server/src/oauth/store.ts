import { and, eq, lte } from 'drizzle-orm'
import { accessTokens } from '../access/table.ts'
import { organizations } from '../storage/table.ts'
import type { ReadDb, Tx } from '../storage/transaction.ts'

/** The access tokens of the keys of one platform or one organization. */
export function accessTokenWriter(tx: Tx, ownerId: string) {
  return {
    add: (row: Omit<typeof accessTokens.$inferInsert, 'ownerId'>) =>
      tx.insert(accessTokens).values({ ...row, ownerId }),
    /** What has ended is nothing that a request could show any more. */
    forget: (at: string) =>
      tx.delete(accessTokens).where(and(eq(accessTokens.ownerId, ownerId), lte(accessTokens.expiresAt, at))),
  }
}

/** Whose organization it is; `undefined` when there is none. */
export async function platformOf(db: ReadDb | Tx, organizationId: string): Promise<string | null | undefined> {
  const [row] = await db
    .select({ platformId: organizations.platformId })
    .from(organizations)
    .where(eq(organizations.id, organizationId))
    .limit(1)
  return row?.platformId
}
