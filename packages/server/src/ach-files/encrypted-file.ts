import { setImmediate } from 'node:timers/promises'
import type { EncryptedFile, Id } from '@fistworks/contract'
import { and, eq } from 'drizzle-orm'
import { encryptionForBank } from '../bank-connections/encryption.ts'
import type { BankConnectionRow } from '../bank-connections/table.ts'
import type { WriteContext } from '../context.ts'
import type { Reader } from '../storage/transaction.ts'
import type { OrganizationVault } from '../vault/vault.ts'
import { ProblemError } from '../problem-error.ts'
import { startThread } from '../thread.ts'
import { type Encrypted, encryptBytes, type EncryptionOrder } from './encrypt-bytes.ts'
import { encryptedFiles } from './encrypted-table.ts'
import { openGenerated } from './generated-bytes.ts'

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

/** What is smaller is encrypted before a thread has begun. */
const BYTES_IN_THIS_THREAD = 250_000

/**
 * Encrypts a generated file for its bank, once, and keeps what came out; `null` when the bank gets it as it is.
 * @throws ProblemError `state-conflict` when a key of the bank can be used no more
 */
export async function encryptOnce(
  ctx: WriteContext,
  achFileId: Id<'ach'>,
  connection: BankConnectionRow,
  sealedBytes: Uint8Array,
): Promise<EncryptedFile | null> {
  const forBank = encryptionForBank(ctx.vault, connection)
  if (forBank === null) return null
  const { encryption } = forBank
  const bytes = await openGenerated(ctx.vault, achFileId, sealedBytes)
  const encrypted = await encryptedApart({
    bytes,
    encryption: { ...encryption, signingKey: encryption.signingKey?.reveal() ?? null },
    now: ctx.now,
    key: ctx.vault.sealingKey(placeOf(achFileId)),
  })
  if ('refused' in encrypted) {
    const detail = `The bank’s OpenPGP key ${encrypted.refused}, and put it into the connection.`
    throw new ProblemError('state-conflict', detail)
  }
  const { sealedBytes: sealed, sizeBytes, sha256 } = encrypted
  const told = { ...forBank.told, sizeBytes, sha256 }
  const { organizationId } = ctx
  const encryptedAt = ctx.now.toISOString()
  // Storing megabytes is one statement: others go before and after it.
  await setImmediate()
  await ctx.db.insert(encryptedFiles).values({ ...told, organizationId, achFileId, bytes: sealed, encryptedAt })
  await setImmediate()
  return told
}

async function encryptedApart(order: EncryptionOrder): Promise<Encrypted> {
  if (order.bytes.length <= BYTES_IN_THIS_THREAD) return encryptBytes(order)
  const module = new URL('./encrypt-bytes-thread', import.meta.url).href
  const thread = startThread<never, Encrypted>(module, order)
  order.bytes.fill(0)
  try {
    return await thread.answer
  } finally {
    await thread.end()
  }
}

/** The bytes of an encrypted file, as they are sent. */
export function openEncrypted(vault: OrganizationVault, achFileId: Id<'ach'>, sealedBytes: Uint8Array): Uint8Array {
  return vault.open(placeOf(achFileId), sealedBytes)
}

function placeOf(achFileId: Id<'ach'>) {
  return { table: 'encrypted_files', column: 'bytes', row: achFileId }
}
