import type { Id, ReturnQuery } from '@fistworks/contract'
import { and, desc, eq, inArray, isNull, lt, or } from 'drizzle-orm'
import type { Reader, Tx } from '../storage/transaction.ts'
import { type ReturnRow, returnRetries, returns } from './table.ts'

export type ReturnFilter = Omit<ReturnQuery, 'limit' | 'after'>

/** The one door to what banks said about a tenant's payments. */
export function returnStore(db: Reader, organizationId: Id<'org'>) {
  const mine = eq(returns.organizationId, organizationId)
  const only = <T>(value: T | undefined, condition: (value: T) => ReturnType<typeof eq>) =>
    value === undefined ? undefined : condition(value)

  return {
    async find(id: string): Promise<ReturnRow | undefined> {
      const [row] = await db
        .select()
        .from(returns)
        .where(and(mine, eq(returns.id, id as Id<'ret'>)))
        .limit(1)
      return row
    },

    list: (filter: ReturnFilter, before: string | null, limit: number): Promise<ReturnRow[]> =>
      db
        .select()
        .from(returns)
        .where(
          and(
            mine,
            only(filter.kind, (kind) => eq(returns.kind, kind)),
            only(filter.unmatched, () => isNull(returns.entryId)),
            only(filter.achFileId, (id) => eq(returns.achFileId, id)),
            only(filter.recipientId, (id) => eq(returns.recipientId, id)),
            only(filter.inboundFileId, (id) => eq(returns.inboundFileId, id)),
            before === null ? undefined : lt(returns.id, before as Id<'ret'>),
          ),
        )
        .orderBy(desc(returns.id))
        .limit(limit),

    byFingerprints: (fingerprints: readonly Uint8Array[]): Promise<ReturnRow[]> =>
      db
        .select()
        .from(returns)
        .where(and(mine, inArray(returns.fingerprint, [...fingerprints]))),

    /** The returns that brought these entries back first. */
    firstOfEntries: (entryIds: readonly Id<'ent'>[]): Promise<ReturnRow[]> =>
      db
        .select()
        .from(returns)
        .where(and(mine, eq(returns.kind, 'return'), isNull(returns.repeats), inArray(returns.entryId, [...entryIds]))),

    /**
     * Whether the payer's bank dishonored this return of an entry, and the receiving bank did not contest that. One of which
     * it is not known which return it is about counts for all of the entry.
     */
    async isDishonored(id: Id<'ret'>, entryId: Id<'ent'>): Promise<boolean> {
      const rows = await db
        .select({ kind: returns.kind })
        .from(returns)
        .where(
          and(
            mine,
            eq(returns.entryId, entryId),
            inArray(returns.kind, ['dishonored', 'contested']),
            or(eq(returns.answers, id), isNull(returns.answers)),
          ),
        )
      return rows.some(({ kind }) => kind === 'dishonored') && !rows.some(({ kind }) => kind === 'contested')
    },

    byTraces: (traces: readonly Uint8Array[]): Promise<ReturnRow[]> =>
      db
        .select()
        .from(returns)
        .where(and(mine, inArray(returns.traceIndex, [...traces]))),

    /** The draft that sends it again. */
    async retryOf(returnId: Id<'ret'>) {
      const [row] = await db
        .select()
        .from(returnRetries)
        .where(and(eq(returnRetries.organizationId, organizationId), eq(returnRetries.returnId, returnId)))
        .limit(1)
      return row
    },

    retriesOf: (returnIds: readonly Id<'ret'>[]) =>
      db
        .select()
        .from(returnRetries)
        .where(and(eq(returnRetries.organizationId, organizationId), inArray(returnRetries.returnId, [...returnIds]))),

    /** The return that this file sends again. */
    async retriedBy(achFileId: Id<'ach'>): Promise<Id<'ret'> | null> {
      const [row] = await db
        .select({ returnId: returnRetries.returnId })
        .from(returnRetries)
        .where(and(eq(returnRetries.organizationId, organizationId), eq(returnRetries.achFileId, achFileId)))
        .limit(1)
      return row?.returnId ?? null
    },
  }
}

/** Changes of a tenant's returns, inside the unit of work it is handed. */
export function returnWriter(tx: Tx, organizationId: Id<'org'>) {
  return {
    add: (row: Omit<ReturnRow, 'organizationId'>) => tx.insert(returns).values({ ...row, organizationId }),
    change: (id: Id<'ret'>, values: Partial<Omit<ReturnRow, 'organizationId' | 'id'>>) =>
      tx
        .update(returns)
        .set(values)
        .where(and(eq(returns.organizationId, organizationId), eq(returns.id, id))),
    async retry(returnId: Id<'ret'>, achFileId: Id<'ach'>, createdAt: string): Promise<void> {
      await tx
        .insert(returnRetries)
        .values({ organizationId, returnId, achFileId, createdAt })
        .onConflictDoUpdate({
          target: [returnRetries.organizationId, returnRetries.returnId],
          set: { achFileId, createdAt },
        })
    },
  }
}
