import type { Id } from '@fistworks/contract'
import { bankAccountStore } from '../bank-accounts/store.ts'
import { bankConnectionStore } from '../bank-connections/store.ts'
import type { ReadContext } from '../context.ts'
import { recipientStore } from '../recipients/store.ts'
import { contentStore } from './content-store.ts'
import type { ApprovableDraft, Draft, DraftBatch } from './draft.ts'
import { achFileStore } from './store.ts'
import type { AchBatchRow, AchEntryRow } from './table.ts'

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
  const entryRows: AchEntryRow[][] = batchRows.map(() => [])
  for (const row of await store.entries(achFileId)) entryRows[row.batchPosition]?.push(row)
  const batches = batchRows.map((row, index): DraftBatch => ({ ...row, entries: entryRows[index] ?? [] }))
  return { ...(await completed(ctx, batches)), batchRows, entryRows, transmit, submitOnApproval }
}

/** Looks up everything that the batches name. */
export async function completed(ctx: ReadContext, batches: DraftBatch[]): Promise<Draft> {
  const { db, organizationId } = ctx
  const recipientIds = batches.flatMap(({ entries }) => entries.map(({ recipientId }) => recipientId))
  return {
    batches,
    recipients: await recipientStore(db, organizationId).findAll(recipientIds),
    bankAccounts: await bankAccountStore(db, organizationId).findAll(batches.map(({ bankAccountId }) => bankAccountId)),
  }
}

/** The bank connection of a draft that has no problems; undefined for one without batches. */
export async function connectionOf(ctx: ReadContext, draft: Draft) {
  const account = draft.bankAccounts.get(draft.batches[0]?.bankAccountId ?? '')
  if (account === undefined) return undefined
  return bankConnectionStore(ctx.db, ctx.organizationId).find(account.bankConnectionId)
}
