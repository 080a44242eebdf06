import { createHash } from 'node:crypto'
import type { AchFileStatus, Id } from '@fistworks/contract'
import { ProblemError } from '../problem-error.ts'
import type { Reader, Tx } from '../storage/transaction.ts'
import type { OrganizationVault } from '../vault/vault.ts'
import { encryptedFileStore, openEncrypted } from './encrypted-file.ts'
import { openGenerated } from './generated-bytes.ts'
import { mayProgress } from './life-cycle.ts'
import { achFileStore, achFileWriter } from './store.ts'
import type { AchFileRow } from './table.ts'

/**
 * The bytes that were generated for the bank, checked against the hash that was taken when they were.
 * @throws Error when the file was never generated or its bytes are not the ones that were
 */
export async function generatedFile(
  db: Reader,
  vault: OrganizationVault,
  organizationId: string,
  achFileId: string,
): Promise<Uint8Array> {
  const file = await mustFind(db, organizationId, achFileId)
  const sealed = await achFileStore(db, file.organizationId as Id<'org'>).generatedBytes(file.id)
  if (sealed === undefined) throw new Error(`ACH file ${achFileId} was not generated.`)
  const bytes = await openGenerated(vault, file.id, sealed.bytes)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  if (sha256 !== sealed.sha256)
    throw new Error(`The bytes of ACH file ${achFileId} are not the ones that were generated.`)
  return bytes
}

/**
 * The bytes that go to the bank: those that were generated, or what was made of them for a bank that wants them encrypted.
 * @throws Error when they are not the ones that were made
 */
export async function fileForBank(
  db: Reader,
  vault: OrganizationVault,
  organizationId: string,
  achFileId: string,
): Promise<Uint8Array> {
  const file = await mustFind(db, organizationId, achFileId)
  const sealed = await encryptedFileStore(db, organizationId).bytes(file.id)
  if (sealed === undefined) return generatedFile(db, vault, organizationId, achFileId)
  const bytes = openEncrypted(vault, file.id, sealed.bytes)
  if (createHash('sha256').update(bytes).digest('hex') === sealed.sha256) return bytes
  throw new Error(`The encrypted bytes of ACH file ${achFileId} are not the ones that were made.`)
}

/** Whether the file may still go to the bank: it was submitted, and has not arrived. */
export async function isReleased(db: Reader, organizationId: string, achFileId: string): Promise<boolean> {
  const { status } = await mustFind(db, organizationId, achFileId)
  return status === 'submitted'
}

/**
 * Tells the file how far its delivery has come, in the transaction of that change.
 * @param at instant, RFC 3339 in UTC
 * @throws ProblemError `state-conflict` when the file cannot have come there
 */
export async function onFileProgress(
  tx: Tx,
  organizationId: string,
  achFileId: string,
  status: Extract<AchFileStatus, 'submitted' | 'delivered' | 'acknowledged' | 'needsAttention' | 'failed' | 'canceled'>,
  at: string,
): Promise<void> {
  const file = await mustFind(tx, organizationId, achFileId)
  if (!mayProgress(file.status, status)) {
    throw new ProblemError('state-conflict', `A file that is ${file.status} cannot become ${status}.`)
  }
  if (file.status === status) return
  await achFileWriter(tx, organizationId as Id<'org'>).change(file.id, {
    status,
    updatedAt: at,
    ...(status === 'acknowledged' ? { acknowledgedAt: at } : {}),
    ...(status === 'canceled' ? { contentHash: null } : {}),
  })
}

async function mustFind(db: Reader, organizationId: string, achFileId: string): Promise<AchFileRow> {
  const file = await achFileStore(db, organizationId as Id<'org'>).find(achFileId)
  if (file === undefined) throw new Error(`There is no ACH file ${achFileId} in this organization.`)
  return file
}
