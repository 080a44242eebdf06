import { createHash, randomBytes } from 'node:crypto'

/** Crockford's base32: no letter that is read as another character. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const GROUPS = 4
const GROUP_CHARACTERS = 6

/**
 * A new code of 24 characters, 120 random bits: so many that a plain hash keeps it (ASVS 5.0, 6.5.2 asks for 112), and
 * four groups that can be typed.
 */
export function newRecoveryCode(): string {
  const characters = [...randomBytes(GROUPS * GROUP_CHARACTERS)].map((byte) => ALPHABET.charAt(byte & 31)).join('')
  return (characters.match(/.{6}/g) ?? []).join('-')
}

/** SHA-256 of the code in the one form in which codes that read alike are alike. */
export function recoveryCodeHash(code: string): Buffer {
  const plain = code
    .toUpperCase()
    .replaceAll(/[\s-]+/g, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1')
  return createHash('sha256').update(plain).digest()
}
