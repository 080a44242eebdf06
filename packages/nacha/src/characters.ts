import { RECORD_LENGTH } from './field.ts'

/** Every bank takes it; legal but not taken everywhere; more than ASCII; never allowed. */
export const SAFE = 0
export const UNUSUAL = 1
export const HIGH = 2
export const CONTROL = 3

/** The set recommended for sending: letters, digits, blank and these. */
const SAFE_SIGNS = " .,-/&'()#*\\:+@$%;"

function classTable(): Uint8Array {
  const table = new Uint8Array(256).fill(UNUSUAL)
  table.fill(CONTROL, 0, 0x20)
  table.fill(HIGH, 0x80)
  table[0x7f] = CONTROL
  table.fill(SAFE, 0x30, 0x3a).fill(SAFE, 0x41, 0x5b).fill(SAFE, 0x61, 0x7b)
  for (const sign of SAFE_SIGNS) table[sign.charCodeAt(0)] = SAFE
  return table
}

export const CLASS_OF: Uint8Array = /* @__PURE__ */ classTable()

/** Letters, digits, blank and hyphen: all that belongs in an account number. */
export function isAccountByte(byte: number): boolean {
  if (byte >= 0x30 && byte <= 0x39) return true
  const lower = byte | 0x20
  return (lower >= 0x61 && lower <= 0x7a && byte < 0x80) || byte === 0x20 || byte === 0x2d
}

/** The worst class of the characters of a record. */
export function worstClass(bytes: Uint8Array, at: number): number {
  let worst = SAFE
  for (let place = at; place < at + RECORD_LENGTH; place++) {
    const found = CLASS_OF[bytes[place] ?? 0] ?? CONTROL
    if (found > worst) worst = found
  }
  return worst
}

/** The first character of a text that not every bank takes; null when all are safe. */
export function firstUnsafe(text: string): string | null {
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0
    if (code > 255 || CLASS_OF[code] !== SAFE) return character
  }
  return null
}
