import { and, asc, eq, gte, inArray, isNotNull, lt, lte, ne, sql } from 'drizzle-orm'
import { acrossTenants } from '../storage/on-behalf-of.ts'
import type { Reader, Tx } from '../storage/transaction.ts'
import { tenantKeys } from './table.ts'

export type TenantKeyRow = typeof tenantKeys.$inferSelect
type NewTenantKeyRow = typeof tenantKeys.$inferInsert
/** Names one key. */
export type KeyPlace = Pick<TenantKeyRow, 'organizationId' | 'kind' | 'version'>

function isAt({ organizationId, kind, version }: KeyPlace) {
  return and(eq(tenantKeys.organizationId, organizationId), eq(tenantKeys.kind, kind), eq(tenantKeys.version, version))
}

const inOrder = [asc(tenantKeys.organizationId), asc(tenantKeys.kind), asc(tenantKeys.version)] as const

/** The wrapped keys, as they are. */
export function tenantKeyReader(db: Reader) {
  return {
    ofOrganization: (organizationId: string): Promise<TenantKeyRow[]> =>
      db
        .select()
        .from(tenantKeys)
        .where(eq(tenantKeys.organizationId, organizationId))
        .orderBy(...inOrder),

    async hasAny(): Promise<boolean> {
      const some = () => db.select({ kekId: tenantKeys.kekId }).from(tenantKeys).limit(1)
      return (await acrossTenants('look-after-keys', some)).length > 0
    },

    all: (): Promise<TenantKeyRow[]> =>
      acrossTenants('look-after-keys', () =>
        db
          .select()
          .from(tenantKeys)
          .orderBy(...inOrder),
      ),

    /** Keys that are there and wrapped by another master key than this one. */
    wrappedByOthers: (kekId: string): Promise<TenantKeyRow[]> =>
      acrossTenants('look-after-keys', () =>
        db
          .select()
          .from(tenantKeys)
          .where(and(ne(tenantKeys.kekId, kekId), isNotNull(tenantKeys.wrappedKey)))
          .orderBy(...inOrder),
      ),

    /** Organizations with a data key that only opens. */
    async rotating(): Promise<string[]> {
      const rows = await acrossTenants('look-after-keys', () =>
        db
          .selectDistinct({ id: tenantKeys.organizationId })
          .from(tenantKeys)
          .where(and(eq(tenantKeys.kind, 'data'), eq(tenantKeys.state, 'decrypt_only'))),
      )
      return rows.map(({ id }) => id)
    },
  }
}

/** Changes of the wrapped keys. */
export function tenantKeyStore(tx: Tx) {
  return {
    /** Leaves keys that are there already as they are. */
    async add(rows: NewTenantKeyRow[]): Promise<void> {
      await tx.insert(tenantKeys).values(rows).onConflictDoNothing()
    },

    /** The new data key seals from now on, the one before only opens. False when that one is not the active one. */
    async supersede(next: NewTenantKeyRow): Promise<boolean> {
      const before = { organizationId: next.organizationId, kind: next.kind, version: next.version - 1 }
      const rows = await tx
        .update(tenantKeys)
        .set({ state: 'decrypt_only' })
        .where(and(isAt(before), eq(tenantKeys.state, 'active')))
        .returning({ version: tenantKeys.version })
      if (rows.length !== 1) return false
      await tx.insert(tenantKeys).values(next)
      return true
    },

    /** Data keys before this version open nothing any more. @returns their versions */
    async retireBefore(organizationId: string, version: number): Promise<number[]> {
      const rows = await tx
        .update(tenantKeys)
        .set({ state: 'retired' })
        .where(
          and(
            eq(tenantKeys.organizationId, organizationId),
            eq(tenantKeys.kind, 'data'),
            eq(tenantKeys.state, 'decrypt_only'),
            lt(tenantKeys.version, version),
          ),
        )
        .returning({ version: tenantKeys.version })
      return rows.map((row) => row.version)
    },

    /** The same key under another master key. False when it was changed in the meantime. */
    async rewrapped(row: TenantKeyRow, wrappedKey: Buffer, kekId: string): Promise<boolean> {
      const rows = await tx
        .update(tenantKeys)
        .set({ wrappedKey, kekId })
        .where(and(isAt(row), eq(tenantKeys.kekId, row.kekId), isNotNull(tenantKeys.wrappedKey)))
        .returning({ version: tenantKeys.version })
      return rows.length === 1
    },

    /** Writes zeros over the wrapped keys where they lie, so that the file does not keep them as free space. */
    async overwrite(organizationId: string): Promise<void> {
      await tx
        .update(tenantKeys)
        .set({ wrappedKey: sql`zeroblob(length(${tenantKeys.wrappedKey}))` })
        .where(and(eq(tenantKeys.organizationId, organizationId), isNotNull(tenantKeys.wrappedKey)))
    },

    /** @returns how many keys were there */
    async destroy(organizationId: string): Promise<number> {
      const rows = await tx
        .update(tenantKeys)
        .set({ wrappedKey: null, state: 'destroyed' })
        .where(and(eq(tenantKeys.organizationId, organizationId), ne(tenantKeys.state, 'destroyed')))
        .returning({ version: tenantKeys.version })
      return rows.length
    },

    /**
     * Counts `block` values more, unless that goes beyond `limit`; less than none gives back.
     * @returns the new count, null when nothing was counted
     */
    async count(place: KeyPlace, block: number, limit: number): Promise<number | null> {
      const isThere = inArray(tenantKeys.state, ['active', 'decrypt_only'])
      const rows = await tx
        .update(tenantKeys)
        .set({ sealCount: sql`${tenantKeys.sealCount} + ${block}` })
        .where(and(isAt(place), isThere, lte(tenantKeys.sealCount, limit - block), gte(tenantKeys.sealCount, -block)))
        .returning({ count: tenantKeys.sealCount })
      return rows[0]?.count ?? null
    },
  }
}
