import { toSixDigits } from './civil-date.ts'
import { type Field, RECORD_LENGTH, type RecordLayout, type RecordValues } from './field.ts'
import { byteOf } from './windows-1252.ts'

const BLANK = 0x20
const ZERO = 0x30

/** Writes text left-justified and blank-filled. False, and nothing of it written, when it does not fit. */
export function putText(bytes: Uint8Array, at: number, length: number, value: string): boolean {
  // A number where a text belongs has no length at all.
  if (!(value.length <= length)) return false
  for (let index = 0; index < value.length; index++) {
    const code = value.charCodeAt(index)
    const byte = code < 0x80 ? code : byteOf(code)
    if (byte < 0) {
      bytes.fill(BLANK, at, at + length)
      return false
    }
    bytes[at + index] = byte
  }
  for (let index = value.length; index < length; index++) bytes[at + index] = BLANK
  return true
}

/** Writes a whole number right-justified and zero-filled. False, and zeros written, when it does not fit. */
export function putNumber(bytes: Uint8Array, at: number, length: number, value: number): boolean {
  const fits = Number.isSafeInteger(value) && value >= 0
  let rest = fits ? value : 0
  for (let place = at + length - 1; place >= at; place--) {
    const next = Math.floor(rest / 10)
    bytes[place] = ZERO + (rest - next * 10)
    rest = next
  }
  if (rest === 0) return fits
  bytes.fill(ZERO, at, at + length)
  return false
}

/** Writes exactly `length` digits of `value` from `from` on. False, and zeros written, when they are not digits. */
export function putDigits(bytes: Uint8Array, at: number, length: number, value: string, from = 0): boolean {
  for (let index = 0; index < length; index++) {
    const code = value.charCodeAt(from + index)
    if (!(code >= ZERO && code <= 0x39)) {
      bytes.fill(ZERO, at, at + length)
      return false
    }
    bytes[at + index] = code
  }
  return true
}

/** Writes one value the way its field wants it; false when the value does not fit: nothing is ever cut. */
export function writeField(bytes: Uint8Array, at: number, field: Field, value: string | number): boolean {
  const from = at + field.start
  if (field.kind === 'number') return putNumber(bytes, from, field.length, Number(value))
  const written = String(value)
  if (field.kind === 'text') return putText(bytes, from, field.length, written)
  if (written === '' && field.inclusion !== 'mandatory') return putText(bytes, from, field.length, '')
  const digits = field.kind === 'date' ? (toSixDigits(written) ?? '') : written
  return putDigits(bytes, from, field.length, digits) && digits.length === field.length
}

/** Writes a whole record at `at`; returns the fields whose value does not fit. */
export function writeRecord<Layout extends RecordLayout>(
  bytes: Uint8Array,
  at: number,
  layout: Layout,
  values: RecordValues<Layout>,
): Field[] {
  const misfits: Field[] = []
  const given = values as Record<string, string | number>
  bytes.fill(BLANK, at, at + RECORD_LENGTH)
  for (const field of layout.fields) {
    if (field.kind === 'blank') continue
    if (field.kind === 'literal') putText(bytes, at + field.start, field.length, field.value)
    else if (!writeField(bytes, at, field, given[field.name] ?? '')) misfits.push(field)
  }
  return misfits
}
