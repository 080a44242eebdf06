import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { crc32 } from 'node:zlib'

/**
 * The text forms of our bearer secrets. Prefix and checksum are there for secret scanners and for
 * telling a typing mistake from a wrong secret; only the SHA-256 of the secret is kept.
 */
export const TOKEN_PREFIXES = {
  testKey: 'fw_test_sk_',
  liveKey: 'fw_live_sk_',
  testAccess: 'fw_test_at_',
  liveAccess: 'fw_live_at_',
  embed: 'fw_ems_',
  portal: 'fw_ses_',
  signIn: 'fw_sic_',
  invitation: 'fw_inv_',
} as const
export type TokenPrefix = (typeof TOKEN_PREFIXES)[keyof typeof TOKEN_PREFIXES]

const ID_CHARACTERS = 26
const SECRET_CHARACTERS = 43

export interface MadeToken {
  token: string
  secretHash: Buffer
}

/** A new secret of 256 bits for the row whose id ends in `idSuffix` (the part after the underscore). */
export function makeToken(prefix: TokenPrefix, idSuffix: string): MadeToken {
  const secret = randomBytes(32).toString('base64url')
  const body = `${prefix}${idSuffix}${secret}`
  return { token: `${body}_${checksum(body)}`, secretHash: hashSecret(secret) }
}

/** Takes a token apart, or `null` when it cannot be one of ours. */
export function parseToken(prefix: TokenPrefix, token: string): { idSuffix: string; secret: string } | null {
  if (!token.startsWith(prefix) || token.length !== prefix.length + ID_CHARACTERS + SECRET_CHARACTERS + 9) return null
  const body = token.slice(0, -9)
  if (token !== `${body}_${checksum(body)}`) return null
  const rest = body.slice(prefix.length)
  return { idSuffix: rest.slice(0, ID_CHARACTERS), secret: rest.slice(ID_CHARACTERS) }
}

export function hashSecret(secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}

/** Compares in constant time; does the same work when there is no row to compare with. */
export function secretMatches(secret: string, storedHash: Uint8Array | undefined): boolean {
  const given = hashSecret(secret)
  const stored = storedHash ?? Buffer.alloc(32)
  return timingSafeEqual(given, stored) && storedHash !== undefined
}

function checksum(text: string): string {
  return crc32(text).toString(16).padStart(8, '0')
}
