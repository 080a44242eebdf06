import { fromSixDigits } from './civil-date.ts'
import type { Field, RecordLayout, RecordValues } from './field.ts'
import { characterOf } from './windows-1252.ts'

const BLANK = 0x20

/** The number in `length` bytes from `at`, or -1 when one of them is no digit. */
export function digitsAt(bytes: Uint8Array, at: number, length: number): number {
  let value = 0
  for (let place = at; place < at + length; place++) {
    const digit = (bytes[place] ?? 0) - 0x30
    if (digit < 0 || digit > 9) return -1
    value = value * 10 + digit
  }
  return value
}

export function isBlankAt(bytes: Uint8Array, at: number, length: number): boolean {
  for (let place = at; place < at + length; place++) if (bytes[place] !== BLANK) return false
  return true
}

/** Codes of the characters of a text, by its length: put together at once, no text is made for each character of it. */
const CODES: number[][] = []

/** Text from `at`, blanks on its right taken off. */
export function textAt(bytes: Uint8Array, at: number, length: number): string {
  let end = at + length
  while (end > at && bytes[end - 1] === BLANK) end--
  if (end === at) return ''
  const codes = (CODES[end - at] ??= Array.from({ length: end - at }, () => 0))
  for (let place = at; place < end; place++) {
    const byte = bytes[place] ?? BLANK
    codes[place - at] = byte < 0x80 ? byte : characterOf(byte).charCodeAt(0)
  }
  return String.fromCharCode.apply(null, codes)
}

/** The number in a field of the record that starts at `at`; NaN when there is none. */
export function readNumber(bytes: Uint8Array, at: number, { start, length }: Field): number {
  const value = digitsAt(bytes, at + start, length)
  return value < 0 ? Number.NaN : value
}

/**
 * The value of one field of the record that starts at `at`. A number that is none reads as NaN, a date that is none
 * as the text that stands there: nothing is made up, the validator names it.
 */
export function readField(bytes: Uint8Array, at: number, field: Field): string | number {
  if (field.kind === 'number') return readNumber(bytes, at, field)
  const value = textAt(bytes, at + field.start, field.length)
  return field.kind === 'date' ? (fromSixDigits(value) ?? value) : value
}

/** All values of the record that starts at `at`. */
export function readRecord<Layout extends RecordLayout>(
  bytes: Uint8Array,
  at: number,
  layout: Layout,
): RecordValues<Layout> {
  const values: Record<string, string | number> = {}
  for (const field of layout.fields) {
    if (field.kind !== 'literal' && field.kind !== 'blank') values[field.name] = readField(bytes, at, field)
  }
  return values as RecordValues<Layout>
}
