import { and, desc, eq, gt, inArray, isNull, lt, sql } from 'drizzle-orm'
import { accessWriter, type NewApiKeyRow } from '../access/access-store.ts'
import { apiKeys } from '../access/table.ts'
import { makeToken, TOKEN_PREFIXES } from '../access/token.ts'
import { organizations } from '../storage/table.ts'
import type { ReadDb, Tx } from '../storage/transaction.ts'

export type ApiKeyRow = typeof apiKeys.$inferSelect
/** What a key is before it has its secret. */
export type KeyDraft = Omit<NewApiKeyRow, 'secretHash' | 'lastFour'>

/** The keys of one platform or one organization. */
export function apiKeyStore(db: Tx | ReadDb, ownerId: string) {
  const mine = eq(apiKeys.ownerId, ownerId)
  return {
    /** Newest first. */
    list: (before: string | undefined, limit: number): Promise<ApiKeyRow[]> =>
      db
        .select()
        .from(apiKeys)
        .where(before === undefined ? mine : and(mine, lt(apiKeys.id, before)))
        .orderBy(desc(apiKeys.id))
        .limit(limit),
    find: async (id: string): Promise<ApiKeyRow | undefined> =>
      (
        await db
          .select()
          .from(apiKeys)
          .where(and(mine, eq(apiKeys.id, id)))
          .limit(1)
      )[0],
    /** How many go on after `at`. */
    async countOpen(at: string): Promise<number> {
      const open = and(mine, isNull(apiKeys.revokedAt), gt(apiKeys.expiresAt, at))
      const [row] = await db.select({ count: sql<number>`count(*)` }).from(apiKeys).where(open)
      return row?.count ?? 0
    },
    /** Those of these organizations that belong to the platform. */
    async organizationsOf(platformId: string, ids: readonly string[]): Promise<string[]> {
      const where = and(eq(organizations.platformId, platformId), inArray(organizations.id, [...ids]))
      return (await db.select({ id: organizations.id }).from(organizations).where(where)).map(({ id }) => id)
    },
  }
}

/** When a key was last used, whoever it belongs to. */
export const noteKeyUse = (tx: Tx, id: string, at: string) =>
  tx.update(apiKeys).set({ lastUsedAt: at }).where(eq(apiKeys.id, id))

/** Changes of the keys of one platform or one organization. */
export function apiKeyWriter(tx: Tx, ownerId: string) {
  const isOpen = (id: string) => and(eq(apiKeys.ownerId, ownerId), eq(apiKeys.id, id), isNull(apiKeys.revokedAt))
  return {
    /** @returns the row, and the key itself, which is never readable again */
    async add(mode: 'test' | 'live', draft: KeyDraft): Promise<{ row: ApiKeyRow; secret: string }> {
      const prefix = mode === 'live' ? TOKEN_PREFIXES.liveKey : TOKEN_PREFIXES.testKey
      const { token, secretHash } = makeToken(prefix, draft.id.slice('key_'.length))
      const [row] = await accessWriter(tx)
        .addApiKey({ ...draft, secretHash, lastFour: token.slice(-4) })
        .returning()
      if (row === undefined) throw new Error('the key was not written')
      return { row, secret: token }
    },
    /** @returns whether there was one to revoke */
    async revoke(id: string, at: string): Promise<boolean> {
      const rows = await tx.update(apiKeys).set({ revokedAt: at }).where(isOpen(id)).returning({ id: apiKeys.id })
      return rows.length === 1
    },
    /** The key ends then, because another one took its place. */
    replace: (id: string, by: string, expiresAt: string) =>
      tx.update(apiKeys).set({ replacedBy: by, expiresAt }).where(isOpen(id)),
  }
}
