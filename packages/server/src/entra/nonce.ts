import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { LIMITS } from '../limits.ts'

export type NoncePurpose = 'signIn' | 'connect'

const TIME_BYTES = 6
const RANDOM_BYTES = 16
const MAC_BYTES = 32
/** How far the clocks of two servers may be apart. */
const CLOCKS_APART_MS = 60_000

/**
 * A nonce for one sign-in at the provider: its time, something random, and an HMAC of both under the sign-in cookie. So
 * only the browser that asked can use the token that comes back, and nothing needs to be kept until then.
 */
export function makeNonce(cookie: string, purpose: NoncePurpose, now: Date): string {
  const time = Buffer.alloc(TIME_BYTES)
  time.writeUIntBE(now.getTime(), 0, TIME_BYTES)
  const said = Buffer.concat([time, randomBytes(RANDOM_BYTES)])
  return Buffer.concat([said, macOf(cookie, purpose, said)]).toString('base64url')
}

/** Whether this browser was given this nonce, for this purpose, not long ago. */
export function isOwnNonce(nonce: string, cookie: string, purpose: NoncePurpose, now: Date): boolean {
  const bytes = Buffer.from(nonce, 'base64url')
  const said = bytes.subarray(0, TIME_BYTES + RANDOM_BYTES)
  const mac = bytes.subarray(TIME_BYTES + RANDOM_BYTES)
  if (mac.length !== MAC_BYTES || bytes.toString('base64url') !== nonce) return false
  if (!timingSafeEqual(mac, macOf(cookie, purpose, said))) return false
  const ageMs = now.getTime() - said.readUIntBE(0, TIME_BYTES)
  return ageMs > -CLOCKS_APART_MS && ageMs < LIMITS.signInNonceMinutes * 60_000
}

/** What is kept of a used one. */
export function nonceHash(nonce: string): Buffer {
  return createHash('sha256').update(nonce).digest()
}

function macOf(cookie: string, purpose: NoncePurpose, said: Uint8Array): Buffer {
  return createHmac('sha256', cookie).update(`fistworks ${purpose} nonce\n`).update(said).digest()
}
