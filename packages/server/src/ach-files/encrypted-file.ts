import { createHash } from 'node:crypto'
import type { EncryptedFile, Id } from '@fistworks/contract'
import { and, eq } from 'drizzle-orm'
import { encryptForBank } from '../bank-connections/encryption.ts'
import type { BankConnectionRow } from '../bank-connections/table.ts'
import type { WriteContext } from '../context.ts'
import type { Reader } from '../storage/transaction.ts'
import type { OrganizationVault } from '../vault/vault.ts'
import { encryptedFiles } from './encrypted-table.ts'
import { openGenerated } from './generate.ts'

/** One tenant's encrypted files. */
export function encryptedFileStore(db: Reader, organizationId: string) {
  const of = (achFileId: Id<'ach'>) =>
    and(eq(encryptedFiles.organizationId, organizationId), eq(encryptedFiles.achFileId, achFileId))
  return {
    /** What is known of it without its bytes. */
    async find(achFileId: Id<'ach'>): Promise<EncryptedFile | undefined> {
      const { format, sizeBytes, sha256, encryptedTo, signedBy } = encryptedFiles
      const told = { format, sizeBytes, sha256, encryptedTo, signedBy }
      const [row] = await db.select(told).from(encryptedFiles).where(of(achFileId)).limit(1)
      return row
    },
    /** Sealed. */
    async bytes(achFileId: Id<'ach'>): Promise<{ bytes: Uint8Array; sha256: string } | undefined> {
      const { bytes, sha256 } = encryptedFiles
      const [row] = await db.select({ bytes, sha256 }).from(encryptedFiles).where(of(achFileId)).limit(1)
      return row
    },
  }
}

/** Encrypts a generated file for its bank, once, and keeps what came out; `null` when the bank gets it as it is. */
export async function encryptOnce(
  ctx: WriteContext,
  achFileId: Id<'ach'>,
  connection: BankConnectionRow,
  sealedBytes: Uint8Array,
): Promise<EncryptedFile | null> {
  if (connection.encryption === null) return null
  const clear = openGenerated(ctx.vault, achFileId, sealedBytes)
  const made = await encryptForBank(ctx.vault, connection, clear, ctx.now)
  clear.fill(0)
  if (made === null) return null
  const { bytes, ...rest } = made
  const told = { ...rest, sizeBytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') }
  const { organizationId } = ctx
  const sealed = ctx.vault.seal(placeOf(achFileId), bytes)
  const encryptedAt = ctx.now.toISOString()
  await ctx.db.insert(encryptedFiles).values({ ...told, organizationId, achFileId, bytes: sealed, encryptedAt })
  return told
}

/** The bytes of an encrypted file, as they are sent. */
export function openEncrypted(vault: OrganizationVault, achFileId: Id<'ach'>, sealedBytes: Uint8Array): Uint8Array {
  return vault.open(placeOf(achFileId), sealedBytes)
}

function placeOf(achFileId: Id<'ach'>) {
  return { table: 'encrypted_files', column: 'bytes', row: achFileId }
}
