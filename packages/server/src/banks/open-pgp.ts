import type { OpenPgpKey, OurOpenPgpKey } from '@fistworks/contract'
import { createMessage, encrypt, generateKey, type Key, type PrivateKey, readKey, readPrivateKey } from 'openpgp'
import type { Secret } from '../secret.ts'

/** A key of a bank that cannot be used; the message is for people, about the key. */
export class OpenPgpKeyRefused extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'OpenPgpKeyRefused'
  }
}

/**
 * Reads a bank's public key. What may be weak is refused: RSA below 2,048 bits, ElGamal and DSA, self-signatures with
 * MD5 or SHA-1.
 * @throws OpenPgpKeyRefused
 */
export async function readBankKey(armored: string, now: Date): Promise<OpenPgpKey> {
  const key = await readPublicKey(armored)
  const encrypting = await key.getEncryptionKey(undefined, now).catch(() => null)
  const ends = [await endOf(key), await endOf(encrypting)].filter((at) => at !== null).toSorted()
  const expiresAt = ends[0] ?? null
  if (expiresAt !== null && Date.parse(expiresAt) <= now.getTime()) {
    throw new OpenPgpKeyRefused(`expired on ${expiresAt.slice(0, 10)}: ask the bank for its new key`)
  }
  if (await isRevoked(key, now)) throw new OpenPgpKeyRefused('was revoked by its owner: ask the bank for its new key')
  if (encrypting === null) {
    throw new OpenPgpKeyRefused('cannot be used to encrypt, or is too weak for that: ask the bank for another key')
  }
  const { algorithm, bits, curve } = encrypting.getAlgorithmInfo()
  return {
    fingerprint: key.getFingerprint().toUpperCase(),
    userId: key.getUserIDs()[0] ?? '',
    algorithm: [algorithm, bits ?? curve].filter((part) => part !== undefined).join(' '),
    createdAt: key.getCreationTime().toISOString(),
    expiresAt,
    publicKey: armored.trim(),
  }
}

async function readPublicKey(armored: string): Promise<Key> {
  const key = await readKey({ armoredKey: armored }).catch(() => null)
  if (key === null) {
    throw new OpenPgpKeyRefused('is not one public key in armored form (-----BEGIN PGP PUBLIC KEY BLOCK-----)')
  }
  if (key.isPrivate()) {
    throw new OpenPgpKeyRefused('is a private key: give the public one only, and tell the bank that the other got out')
  }
  return key
}

async function endOf(key: { getExpirationTime(): Promise<unknown> } | null): Promise<string | null> {
  const at = await key?.getExpirationTime()
  return at instanceof Date && !Number.isNaN(at.getTime()) ? at.toISOString() : null
}

async function isRevoked(key: Key, now: Date): Promise<boolean> {
  return key.isRevoked(undefined, undefined, now)
}

/**
 * Makes a key for signatures: ed25519 in the older of its two forms, which GnuPG knows since 2.1.
 * @param name whom the bank sees as its owner
 */
export async function makeSigningKey(name: string, now: Date): Promise<OurOpenPgpKey & { privateKey: string }> {
  const userIDs = [{ name }]
  const made = await generateKey({ type: 'ecc', curve: 'ed25519Legacy', userIDs, subkeys: [], date: now })
  const fingerprint = (await readKey({ armoredKey: made.publicKey })).getFingerprint().toUpperCase()
  return { fingerprint, createdAt: now.toISOString(), publicKey: made.publicKey, privateKey: made.privateKey }
}

export interface Encryption {
  format: 'binary' | 'armored'
  publicKeys: readonly string[]
  /** Armored. */
  signingKey: Secret | null
}

/** Encrypts (and signs) a file. Each call gives other bytes for the same file: keep them. @throws OpenPgpKeyRefused */
export async function encryptFile(bytes: Uint8Array, encryption: Encryption, now: Date): Promise<Uint8Array> {
  const encryptionKeys: Key[] = []
  for (const armored of encryption.publicKeys) {
    await readBankKey(armored, now)
    encryptionKeys.push(await readPublicKey(armored))
  }
  const signingKeys: PrivateKey[] = []
  if (encryption.signingKey !== null) {
    signingKeys.push(await readPrivateKey({ armoredKey: encryption.signingKey.reveal() }))
  }
  const message = await createMessage({ binary: bytes, date: now })
  const options = { message, encryptionKeys, signingKeys, date: now }
  if (encryption.format === 'binary') return encrypt({ ...options, format: 'binary' })
  return new TextEncoder().encode(await encrypt({ ...options, format: 'armored' }))
}
