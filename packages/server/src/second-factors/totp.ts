import { createHmac, timingSafeEqual } from 'node:crypto'

/** As every authenticator app has it: SHA-1, 6 digits, 30 seconds (RFC 6238, RFC 4226). */
const STEP_MS = 30_000
const DIGITS = 6
/** A code of the step before or after is taken as well (RFC 6238, §5.2). */
const WINDOW = 1
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** 160 bits, as RFC 4226 §4 recommends. */
export const SEED_BYTES = 20

/** The code that an app shows in a time step (RFC 4226, §5.3). */
export function codeAt(seed: Uint8Array, step: number): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const digest = createHmac('sha1', seed).update(counter).digest()
  const offset = digest.readUInt8(digest.length - 1) & 0x0f
  const number = (digest.readUInt32BE(offset) & 0x7fffffff) % 10 ** DIGITS
  return String(number).padStart(DIGITS, '0')
}

export function stepOf(now: Date): number {
  return Math.floor(now.getTime() / STEP_MS)
}

/**
 * The time step that a code belongs to, now or one step away, and later than the last one that was taken; `null` when
 * there is none. Compares with every step of the window whatever it finds.
 */
export function matchingStep(seed: Uint8Array, code: string, now: Date, lastStep: number): number | null {
  const given = Buffer.from(code)
  let found: number | null = null
  for (let step = stepOf(now) - WINDOW; step <= stepOf(now) + WINDOW; step++) {
    const wanted = Buffer.from(codeAt(seed, Math.max(step, 0)))
    const isEqual = given.length === wanted.length && timingSafeEqual(given, wanted)
    if (isEqual && step > lastStep && found === null) found = step
  }
  return found
}

/** RFC 4648 base32 without padding, as apps take it. */
export function base32(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  return (bits.match(/.{1,5}/g) ?? []).map((five) => BASE32.charAt(Number.parseInt(five.padEnd(5, '0'), 2))).join('')
}

/** What apps read from a QR code (the key URI format of Google Authenticator). */
export function otpauthUri(secret: string, account: string): string {
  const label = `FISTWorks:${encodeURIComponent(account)}`
  return `otpauth://totp/${label}?secret=${secret}&issuer=FISTWorks&algorithm=SHA1&digits=${DIGITS}&period=${STEP_MS / 1000}`
}
