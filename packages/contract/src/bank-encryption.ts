import * as z from 'zod/mini'
import { Instant } from './text.ts'

/** A key of the bank, as it described itself. */
export const OpenPgpKey = z.object({
  /** Hex in capitals: compare it with the bank's letter. */
  fingerprint: z.string(),
  userId: z.string(),
  algorithm: z.string(),
  createdAt: Instant,
  /** The earlier end of the key and of the part of it that encrypts; `null`: never. */
  expiresAt: z.nullable(Instant),
  /** Armored. */
  publicKey: z.string(),
})
export type OpenPgpKey = z.infer<typeof OpenPgpKey>

/** The public half of a key that was made here, armored. */
export const OurOpenPgpKey = z.object({ fingerprint: z.string(), createdAt: Instant, publicKey: z.string() })
export type OurOpenPgpKey = z.infer<typeof OurOpenPgpKey>

const Format = z.enum(['binary', 'armored'])

/** How files are encrypted for a bank. */
export const BankEncryption = z.object({
  format: Format,
  /** Whoever holds the private half of any of these can read the files. */
  publicKeys: z.array(OpenPgpKey),
  /** What files are signed with; `null`: they are not signed. `next` takes over once the bank knows it. */
  signature: z.nullable(z.extend(OurOpenPgpKey, { next: z.nullable(OurOpenPgpKey) })),
})
export type BankEncryption = z.infer<typeof BankEncryption>

export const BankEncryptionInput = z.strictObject({
  format: z._default(Format, 'binary'),
  /** The bank's public keys, armored: more than one while it changes its key. */
  publicKeys: z
    .array(z.string().check(z.minLength(1), z.maxLength(40_000)))
    .check(
      z.minLength(1, { error: 'needs at least one key of the bank' }),
      z.maxLength(3, { error: 'has at most 3 keys' }),
    ),
  /** Files are signed with a key that is made here. */
  sign: z._default(z.boolean(), false),
})
export type BankEncryptionInput = z.input<typeof BankEncryptionInput>

/** What was made of a file for the bank: these bytes are sent. */
export const EncryptedFile = z.object({
  format: Format,
  sizeBytes: z.int(),
  sha256: z.string(),
  /** Fingerprints of the keys that can read it. */
  encryptedTo: z.array(z.string()),
  signedBy: z.nullable(z.string()),
})
export type EncryptedFile = z.infer<typeof EncryptedFile>
