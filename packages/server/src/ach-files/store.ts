import type { AchFileStatus, Id } from '@fistworks/contract'
import { and, asc, desc, eq, inArray, lt, type SQL, sql } from 'drizzle-orm'
import { bankAccounts } from '../bank-accounts/table.ts'
import type { Reader, Tx } from '../storage/transaction.ts'
import { STATUSES_IN_PREPARATION, STATUSES_ON_THE_WAY } from './life-cycle.ts'
import {
  type AchApprovalRow,
  type AchFileRow,
  achApprovals,
  achBatches,
  achEntries,
  achFiles,
  type GeneratedFileRow,
  generatedFiles,
} from './table.ts'

/** What is known of a generated file without its bytes. */
export type GeneratedRow = Omit<GeneratedFileRow, 'bytes' | 'organizationId'>

/** The one door to a tenant's files, their approvals and what was generated from them. */
export function achFileStore(db: Reader, organizationId: Id<'org'>) {
  const mine = eq(achFiles.organizationId, organizationId)
  const isInPreparation = inArray(achFiles.status, [...STATUSES_IN_PREPARATION])

  async function firstFile(condition: SQL): Promise<AchFileRow | undefined> {
    const rows = await db.select().from(achFiles).where(and(mine, condition)).limit(1)
    return rows[0]
  }

  return {
    find: (id: string) => firstFile(eq(achFiles.id, id as Id<'ach'>)),
    findByContent: (contentHash: string) => firstFile(eq(achFiles.contentHash, contentHash)),

    list: (status: AchFileStatus | undefined, before: string | null, limit: number) =>
      db
        .select()
        .from(achFiles)
        .where(
          and(
            mine,
            status === undefined ? undefined : eq(achFiles.status, status),
            before === null ? undefined : lt(achFiles.id, before as Id<'ach'>),
          ),
        )
        .orderBy(desc(achFiles.id))
        .limit(limit),

    /** Those that wait for approval or have it, and were not submitted. */
    waiting: (): Promise<AchFileRow[]> =>
      db
        .select()
        .from(achFiles)
        .where(and(mine, inArray(achFiles.status, ['pendingApproval', 'approved']))),

    async countInPreparation(): Promise<number> {
      const rows = await db.select({ count: sql<number>`count(*)` }).from(achFiles).where(and(mine, isInPreparation))
      return rows[0]?.count ?? 0
    },

    /** Not submitted and not canceled, with an entry for this recipient. */
    inPreparationPaying: (recipientId: Id<'rcp'>): Promise<AchFileRow[]> => {
      const paying = db
        .select({ id: achEntries.achFileId })
        .from(achEntries)
        .where(and(eq(achEntries.organizationId, organizationId), eq(achEntries.recipientId, recipientId)))
      return db
        .select()
        .from(achFiles)
        .where(and(mine, isInPreparation, eq(achFiles.kind, 'payments'), inArray(achFiles.id, paying)))
    },

    /** Not submitted and not canceled, with a batch from this bank account. */
    inPreparationFrom: (bankAccountId: Id<'bac'>): Promise<AchFileRow[]> => {
      const from = db
        .select({ id: achBatches.achFileId })
        .from(achBatches)
        .where(and(eq(achBatches.organizationId, organizationId), eq(achBatches.bankAccountId, bankAccountId)))
      return db
        .select()
        .from(achFiles)
        .where(and(mine, isInPreparation, inArray(achFiles.id, from)))
    },

    /** Not at the bank and not canceled, with a batch from an account at this bank connection. */
    unfinishedThrough: (bankConnectionId: Id<'bcn'>): Promise<AchFileRow[]> => {
      const through = db
        .select({ id: achBatches.achFileId })
        .from(achBatches)
        .innerJoin(
          bankAccounts,
          and(
            eq(bankAccounts.organizationId, achBatches.organizationId),
            eq(bankAccounts.id, achBatches.bankAccountId),
          ),
        )
        .where(and(eq(achBatches.organizationId, organizationId), eq(bankAccounts.bankConnectionId, bankConnectionId)))
      return db
        .select()
        .from(achFiles)
        .where(
          and(
            mine,
            inArray(achFiles.status, [...STATUSES_IN_PREPARATION, ...STATUSES_ON_THE_WAY]),
            inArray(achFiles.id, through),
          ),
        )
    },

    async approval(id: Id<'apv'>): Promise<AchApprovalRow | undefined> {
      const rows = await db
        .select()
        .from(achApprovals)
        .where(and(eq(achApprovals.organizationId, organizationId), eq(achApprovals.id, id)))
        .limit(1)
      return rows[0]
    },

    /** The approvals of this round that nobody has taken back, in their order. */
    async standingApprovals(achFileId: Id<'ach'>, round: number): Promise<AchApprovalRow[]> {
      const rows = await db
        .select()
        .from(achApprovals)
        .where(
          and(
            eq(achApprovals.organizationId, organizationId),
            eq(achApprovals.achFileId, achFileId),
            eq(achApprovals.round, round),
          ),
        )
        .orderBy(asc(achApprovals.decidedAt), asc(achApprovals.id))
      const withdrawn = new Set(rows.map(({ withdraws }) => withdraws))
      return rows.filter(({ decision, id }) => decision === 'approved' && !withdrawn.has(id))
    },

    async generated(achFileId: Id<'ach'>): Promise<GeneratedRow | undefined> {
      const rows = await db
        .select({
          achFileId: generatedFiles.achFileId,
          fileName: generatedFiles.fileName,
          fileIdModifier: generatedFiles.fileIdModifier,
          sizeBytes: generatedFiles.sizeBytes,
          sha256: generatedFiles.sha256,
          generatedAt: generatedFiles.generatedAt,
        })
        .from(generatedFiles)
        .where(and(eq(generatedFiles.organizationId, organizationId), eq(generatedFiles.achFileId, achFileId)))
        .limit(1)
      return rows[0]
    },

    /** Sealed. */
    async generatedBytes(achFileId: Id<'ach'>): Promise<Pick<GeneratedFileRow, 'bytes' | 'sha256'> | undefined> {
      const rows = await db
        .select({ bytes: generatedFiles.bytes, sha256: generatedFiles.sha256 })
        .from(generatedFiles)
        .where(and(eq(generatedFiles.organizationId, organizationId), eq(generatedFiles.achFileId, achFileId)))
        .limit(1)
      return rows[0]
    },
  }
}

/** Changes of a tenant's files, inside the unit of work it is handed. */
export function achFileWriter(tx: Tx, organizationId: Id<'org'>) {
  return {
    add: (row: AchFileRow) => tx.insert(achFiles).values({ ...row, organizationId }),
    change: (id: Id<'ach'>, values: Partial<Omit<AchFileRow, 'organizationId' | 'id'>>) =>
      tx
        .update(achFiles)
        .set(values)
        .where(and(eq(achFiles.organizationId, organizationId), eq(achFiles.id, id))),
    addApproval: (row: Omit<AchApprovalRow, 'organizationId'>) =>
      tx.insert(achApprovals).values({ ...row, organizationId }),
    addGenerated: (row: Omit<GeneratedFileRow, 'organizationId'>) =>
      tx.insert(generatedFiles).values({ ...row, organizationId }),
  }
}
