import type { Id } from '@fistworks/contract'
import { bankAccountStore } from '../bank-accounts/store.ts'
import { bankConnectionStore } from '../bank-connections/store.ts'
import type { ReadContext } from '../context.ts'
import { createPauses } from '../pauses.ts'
import { recipientStore } from '../recipients/store.ts'
import { contentStore, type LargestEntry } from './content-store.ts'
import type { ApprovableDraft, Draft, DraftBatch } from './draft.ts'
import { achFileStore } from './store.ts'
import type { AchBatchRow, AchEntryRow, AchFileRow } from './table.ts'

/** The stored batches of a file with everything they name, and the ids they are kept under. */
export interface StoredDraft extends ApprovableDraft {
  batchRows: AchBatchRow[]
  /** By batch. */
  entryRows: AchEntryRow[][]
}

export async function readDraft(ctx: ReadContext, achFileId: Id<'ach'>): Promise<StoredDraft> {
  const file = await achFileStore(ctx.db, ctx.organizationId).find(achFileId)
  if (file === undefined) throw new Error(`There is no ACH file ${achFileId} in this organization.`)
  const { transmit, submitOnApproval } = file
  const store = contentStore(ctx.db, ctx.organizationId)
  const batchRows = await store.batches(achFileId)
  const entryRows: AchEntryRow[][] = []
  const pause = createPauses()
  for (const { position } of batchRows) {
    const rows: AchEntryRow[] = []
    for await (const some of store.entries(achFileId, position)) {
      for (const row of some) rows.push(row)
      await pause()
    }
    entryRows.push(rows)
  }
  const batches = batchRows.map((row, index): DraftBatch => ({ ...row, entries: entryRows[index] ?? [] }))
  return { ...(await completed(ctx, batches)), batchRows, entryRows, transmit, submitOnApproval }
}

/** A file without most of its entries: of each batch how many there are, and the largest in each direction. */
export async function readOutline(ctx: ReadContext, file: AchFileRow) {
  const store = contentStore(ctx.db, ctx.organizationId)
  const batchRows = await store.batches(file.id)
  const counts = await store.counts(file.id)
  const batches: (AchBatchRow & { entries: LargestEntry[] })[] = []
  for (const [index, row] of batchRows.entries()) {
    batches.push({ ...row, entries: await store.largest(file.id, row.position, counts[index] ?? 0) })
  }
  return {
    batchRows,
    counts,
    batches,
    bankAccounts: await bankAccountStore(ctx.db, ctx.organizationId).findAll(
      batchRows.map(({ bankAccountId }) => bankAccountId),
    ),
    transmit: file.transmit,
    submitOnApproval: file.submitOnApproval,
  }
}

export type DraftOutline = Awaited<ReturnType<typeof readOutline>>

/** Looks up everything that the batches name. */
export async function completed(ctx: ReadContext, batches: DraftBatch[]): Promise<Draft> {
  const { db, organizationId } = ctx
  const recipientIds = batches.flatMap(({ entries }) => entries.map(({ recipientId }) => recipientId))
  return {
    batches,
    recipients: await recipientStore(db, organizationId).findPayable(recipientIds),
    bankAccounts: await bankAccountStore(db, organizationId).findAll(batches.map(({ bankAccountId }) => bankAccountId)),
  }
}

/** As much of a draft as says which accounts it pays from. */
interface BatchesFrom {
  batches: readonly { bankAccountId: Id<'bac'> }[]
  bankAccounts: Draft['bankAccounts']
}

/** The bank connection of a draft that has no problems; undefined for one without batches. */
export async function connectionOf(ctx: ReadContext, draft: BatchesFrom) {
  const account = draft.bankAccounts.get(draft.batches[0]?.bankAccountId ?? '')
  if (account === undefined) return undefined
  return bankConnectionStore(ctx.db, ctx.organizationId).find(account.bankConnectionId)
}
