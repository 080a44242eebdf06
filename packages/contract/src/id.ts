import * as z from 'zod/mini'

/** What each id prefix names. An id is the prefix, `_`, and a UUIDv7 in Crockford base32 (26 characters). */
const ID_PREFIXES = {
  plt: 'a platform',
  org: 'an organization',
  usr: 'a user',
  inv: 'an invitation',
  rev: 'an access review',
  key: 'an API key',
  tok: 'an access token',
  ses: 'a portal session',
  ems: 'an embed session',
  pky: 'a passkey',
  idn: 'a connected account',
  ata: 'an authenticator app',
  fpr: 'a failed proof',
  bac: 'a bank account',
  bcn: 'a bank connection',
  rcp: 'a recipient',
  ach: 'an ACH file',
  bat: 'a batch',
  ent: 'an entry',
  apv: 'an approval',
  sub: 'a submission',
  tpl: 'a template',
  sch: 'a schedule',
  inb: 'an inbound file',
  ret: 'a return',
  cor: 'a correction',
  evt: 'an event',
  whe: 'a webhook endpoint',
  whd: 'a webhook delivery',
  aud: 'an audit event',
  job: 'a job',
} as const

export type IdPrefix = keyof typeof ID_PREFIXES
export type Id<P extends IdPrefix> = `${P}_${string}`

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'

/** Schema of an id with this prefix. */
export function idOf<P extends IdPrefix>(prefix: P) {
  const error = `is not the id of ${ID_PREFIXES[prefix]} (${prefix}_…)`
  const pattern = new RegExp(`^${prefix}_[0-7][${ALPHABET}]{25}$`)
  return z
    .templateLiteral([`${prefix}_`, z.string()], { error })
    .check(z.refine((value) => pattern.test(value), { error }))
}

/**
 * Makes an id (RFC 9562 UUIDv7 in base32).
 * @param unixMs milliseconds since 1970, from the caller's clock
 * @param random ten random bytes, from the caller's source
 */
export function makeId<P extends IdPrefix>(prefix: P, unixMs: number, random: Uint8Array): Id<P> {
  if (random.length < 10) throw new RangeError('an id needs ten random bytes')
  let bits = (BigInt(unixMs) & 0xffffffffffffn) << 80n
  let tail = 0n
  for (const byte of random.subarray(0, 10)) tail = (tail << 8n) | BigInt(byte)
  bits |= 7n << 76n
  bits |= ((tail >> 62n) & 0xfffn) << 64n
  bits |= 2n << 62n
  bits |= tail & 0x3fffffffffffffffn
  let text = ''
  for (let shift = 125n; shift >= 0n; shift -= 5n) text += ALPHABET.charAt(Number((bits >> shift) & 31n))
  return `${prefix}_${text}`
}
