import { createHash } from 'node:crypto'
import { type Encryption, encryptFile, OpenPgpKeyRefused } from '../banks/open-pgp.ts'
import { Secret } from '../secret.ts'
import { type SealingKey, sealWith } from '../vault/posted-keys.ts'

/** A file to encrypt. It can be posted to a thread, so that the signing key is a text. */
export interface EncryptionOrder {
  /** Erased when it is done. */
  bytes: Uint8Array
  encryption: Omit<Encryption, 'signingKey'> & { signingKey: string | null }
  now: Date
  key: SealingKey
}

/** What came of it, sealed, with the size and SHA-256 (hex) of what the bank gets; or what is wrong with a key of the bank. */
export type Encrypted = { sealedBytes: Uint8Array; sizeBytes: number; sha256: string } | { refused: string }

export async function encryptBytes({ bytes, encryption, now, key }: EncryptionOrder): Promise<Encrypted> {
  const signingKey = encryption.signingKey === null ? null : Secret.of(encryption.signingKey)
  try {
    const encrypted = await encryptFile(bytes, { ...encryption, signingKey }, now)
    const sha256 = createHash('sha256').update(encrypted).digest('hex')
    return { sealedBytes: sealWith(key, encrypted), sizeBytes: encrypted.length, sha256 }
  } catch (refusal) {
    if (!(refusal instanceof OpenPgpKeyRefused)) throw refusal
    return { refused: refusal.message }
  } finally {
    bytes.fill(0)
  }
}
