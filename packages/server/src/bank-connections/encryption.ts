import type { BankEncryption, BankEncryptionInput, EncryptedFile, OpenPgpKey } from '@fistworks/contract'
import type * as z from 'zod/mini'
import { type Encryption, makeSigningKey, OpenPgpKeyRefused, readBankKey } from '../banks/open-pgp.ts'
import type { WriteContext } from '../context.ts'
import { invalid } from '../problem-error.ts'
import type { OrganizationVault } from '../vault/vault.ts'
import type { BankConnectionRow } from './table.ts'

type Columns = Pick<
  BankConnectionRow,
  'encryption' | 'signingKey' | 'signingPublicKey' | 'nextSigningKey' | 'nextSigningPublicKey'
>

const NONE: Columns = {
  encryption: null,
  signingKey: null,
  signingPublicKey: null,
  nextSigningKey: null,
  nextSigningPublicKey: null,
}

export function signingKeyCell(column: 'signing_key' | 'next_signing_key', row: string) {
  return { table: 'bank_connections', column, row }
}

/**
 * The encryption that is asked for, as it is stored. A signing key that there is stays; one that nobody wants is gone.
 * @throws ProblemError `validation-failed` naming the key that cannot be used
 */
export async function encryptionColumns(
  ctx: WriteContext,
  connection: { id: string; immediateOriginName: string } & Partial<Columns>,
  input: z.output<typeof BankEncryptionInput> | null,
): Promise<Columns> {
  if (input === null) return NONE
  const publicKeys: OpenPgpKey[] = []
  for (const [index, armored] of input.publicKeys.entries()) {
    publicKeys.push(await readKeyAt(`/encryption/publicKeys/${index}`, armored, ctx.now))
  }
  const fingerprints = publicKeys.map(({ fingerprint }) => fingerprint)
  const twice = fingerprints.findIndex((one, index) => fingerprints.indexOf(one) !== index)
  if (twice >= 0) {
    throw invalid([{ pointer: `/encryption/publicKeys/${twice}`, code: 'same-key', message: 'is there already' }])
  }
  const encryption = { format: input.format, publicKeys }
  if (!input.sign) return { ...NONE, encryption }
  const { signingKey, signingPublicKey, nextSigningKey = null, nextSigningPublicKey = null } = connection
  if (signingKey && signingPublicKey) {
    return { encryption, signingKey, signingPublicKey, nextSigningKey, nextSigningPublicKey }
  }
  const made = await newSigningKey(ctx, connection, 'signing_key')
  return { ...NONE, encryption, signingKey: made.sealed, signingPublicKey: made.publicKey }
}

async function readKeyAt(pointer: string, armored: string, now: Date): Promise<OpenPgpKey> {
  try {
    return await readBankKey(armored, now)
  } catch (refusal) {
    if (!(refusal instanceof OpenPgpKeyRefused)) throw refusal
    throw invalid([{ pointer, code: 'open-pgp-key', message: refusal.message }])
  }
}

export async function newSigningKey(
  ctx: WriteContext,
  connection: { id: string; immediateOriginName: string },
  column: 'signing_key' | 'next_signing_key',
) {
  const { privateKey, ...publicKey } = await makeSigningKey(connection.immediateOriginName || 'ACH files', ctx.now)
  return { sealed: ctx.vault.seal(signingKeyCell(column, connection.id), privateKey), publicKey }
}

export function presentEncryption(row: Columns): BankEncryption | null {
  if (row.encryption === null) return null
  const { signingPublicKey, nextSigningPublicKey } = row
  return {
    ...row.encryption,
    signature: signingPublicKey === null ? null : { ...signingPublicKey, next: nextSigningPublicKey },
  }
}

/** What of it the audit log keeps: fingerprints, no keys. */
export function auditEncryption(row: Columns): Record<string, unknown> | null {
  if (row.encryption === null) return null
  return {
    format: row.encryption.format,
    encryptsTo: row.encryption.publicKeys.map(({ fingerprint }) => fingerprint),
    signsWith: row.signingPublicKey?.fingerprint ?? null,
    signsNextWith: row.nextSigningPublicKey?.fingerprint ?? null,
  }
}

/** How files for a bank are encrypted, and what is told of it. */
export interface EncryptionForBank {
  encryption: Encryption
  told: Pick<EncryptedFile, 'format' | 'encryptedTo' | 'signedBy'>
}

/** `null` when the bank gets its files as they are. */
export function encryptionForBank(vault: OrganizationVault, row: BankConnectionRow): EncryptionForBank | null {
  if (row.encryption === null) return null
  const { format, publicKeys } = row.encryption
  const signingKey =
    row.signingKey === null ? null : vault.openText(signingKeyCell('signing_key', row.id), row.signingKey)
  return {
    encryption: { format, publicKeys: publicKeys.map(({ publicKey }) => publicKey), signingKey },
    told: {
      format,
      encryptedTo: publicKeys.map(({ fingerprint }) => fingerprint),
      signedBy: row.signingPublicKey?.fingerprint ?? null,
    },
  }
}
