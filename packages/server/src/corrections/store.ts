import type { CorrectionQuery, Id } from '@fistworks/contract'
import { and, desc, eq, inArray, isNull, lt } from 'drizzle-orm'
import type { Reader, Tx } from '../storage/transaction.ts'
import { type CorrectionPolicyRow, type CorrectionRow, correctionPolicies, corrections } from './table.ts'

export type CorrectionFilter = Omit<CorrectionQuery, 'limit' | 'after'>

/** The one door to the notifications of change that a tenant's banks sent. */
export function correctionStore(db: Reader, organizationId: Id<'org'>) {
  const mine = eq(corrections.organizationId, organizationId)
  return {
    async find(id: string): Promise<CorrectionRow | undefined> {
      const [row] = await db
        .select()
        .from(corrections)
        .where(and(mine, eq(corrections.id, id as Id<'cor'>)))
        .limit(1)
      return row
    },

    list: ({ state, unmatched, recipientId, inboundFileId }: CorrectionFilter, before: string | null, limit: number) =>
      db
        .select()
        .from(corrections)
        .where(
          and(
            mine,
            state === undefined ? undefined : eq(corrections.state, state),
            unmatched === undefined ? undefined : isNull(corrections.entryId),
            recipientId === undefined ? undefined : eq(corrections.recipientId, recipientId),
            inboundFileId === undefined ? undefined : eq(corrections.inboundFileId, inboundFileId),
            before === null ? undefined : lt(corrections.id, before as Id<'cor'>),
          ),
        )
        .orderBy(desc(corrections.id))
        .limit(limit),

    byFingerprints: (fingerprints: readonly Uint8Array[]): Promise<CorrectionRow[]> =>
      db
        .select()
        .from(corrections)
        .where(and(mine, inArray(corrections.fingerprint, [...fingerprints]))),

    ofEntry: (entryId: Id<'ent'>): Promise<Pick<CorrectionRow, 'id' | 'code' | 'state'>[]> =>
      db
        .select({ id: corrections.id, code: corrections.code, state: corrections.state })
        .from(corrections)
        .where(and(mine, eq(corrections.entryId, entryId))),

    async policy(): Promise<CorrectionPolicyRow> {
      const [row] = await db
        .select({ apply: correctionPolicies.apply, proposal: correctionPolicies.proposal })
        .from(correctionPolicies)
        .where(eq(correctionPolicies.organizationId, organizationId))
        .limit(1)
      return row ?? { apply: 'byPerson', proposal: null }
    },
  }
}

/** Changes of a tenant's corrections, inside the unit of work it is handed. */
export function correctionWriter(tx: Tx, organizationId: Id<'org'>) {
  return {
    add: (row: Omit<CorrectionRow, 'organizationId'>) => tx.insert(corrections).values({ ...row, organizationId }),
    change: (id: Id<'cor'>, values: Partial<Omit<CorrectionRow, 'organizationId' | 'id'>>) =>
      tx
        .update(corrections)
        .set(values)
        .where(and(eq(corrections.organizationId, organizationId), eq(corrections.id, id))),
    setPolicy: (values: CorrectionPolicyRow, updatedAt: string) =>
      tx
        .insert(correctionPolicies)
        .values({ organizationId, ...values, updatedAt })
        .onConflictDoUpdate({ target: correctionPolicies.organizationId, set: { ...values, updatedAt } }),
  }
}
