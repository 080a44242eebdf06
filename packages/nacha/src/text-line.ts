import { RECORD_LENGTH } from './field.ts'
import type { Report } from './violation.ts'
import { byteOf } from './windows-1252.ts'

const BLANK = 0x20
const QUESTION_MARK = 0x3f

/** Length of the UTF-8 sequence at `at`, or 0 when it is none. */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const lead = bytes[at] ?? 0
  let length = 0
  if (lead < 0x80) length = 1
  else if (lead >= 0xc2 && lead < 0xe0) length = 2
  else if (lead >= 0xe0 && lead < 0xf0) length = 3
  else if (lead >= 0xf0 && lead < 0xf5) length = 4
  for (let next = 1; next < length; next++) if (((bytes[at + next] ?? 0) & 0xc0) !== 0x80) return 0
  return length
}

function isUtf8(bytes: Uint8Array): boolean {
  for (let place = 0; place < bytes.length; ) {
    const length = sequenceLength(bytes, place)
    if (length === 0) return false
    place += length
  }
  return true
}

function codePoint(bytes: Uint8Array, at: number, length: number): number {
  let code = (bytes[at] ?? 0) & (0xff >> (length + 1))
  for (let next = 1; next < length; next++) code = (code << 6) | ((bytes[at + next] ?? 0) & 0x3f)
  return code
}

/** Notes how the characters of a file were written, line by line, and says so once at the end. */
export class Characters {
  #windows = false
  #wideCount = 0
  #wide = { line: 0, column: 0 }
  #unknownCount = 0
  #unknown = { line: 0, column: 0 }

  /**
   * Brings a line to one byte per character (Windows-1252). A line of 94 bytes is a line of single bytes, even where two
   * of them could be one character of UTF-8; any other is UTF-8 if it can be.
   */
  single(bytes: Uint8Array, line: number): Uint8Array {
    if (bytes.every((byte) => byte < 0x80)) return bytes
    if (bytes.length === RECORD_LENGTH || !isUtf8(bytes)) {
      this.noteWindows()
      return bytes
    }
    const single = new Uint8Array(bytes.length)
    let length = 0
    for (let place = 0; place < bytes.length; ) {
      const size = sequenceLength(bytes, place)
      const code = size === 1 ? (bytes[place] ?? 0) : codePoint(bytes, place, size)
      const byte = code > 0xffff ? -1 : byteOf(code)
      single[length++] = byte < 0 ? QUESTION_MARK : byte
      if (size > 1) this.#noteWide(byte < 0, { line, column: length })
      place += size
    }
    return single.subarray(0, length)
  }

  noteWindows(): void {
    this.#windows = true
  }

  #noteWide(isUnknown: boolean, place: { line: number; column: number }): void {
    if (isUnknown) {
      if (this.#unknownCount++ === 0) this.#unknown = place
    } else if (this.#wideCount++ === 0) this.#wide = place
  }

  report(report: Report): void {
    if (this.#windows) report.add('parse.encoding.detected', {}, 'Read as Windows-1252')
    if (this.#wideCount > 0) {
      const message = `${this.#wideCount} characters take several bytes in UTF-8: a bank that counts bytes reads these lines shifted`
      report.add('parse.encoding.multibyte', this.#wide, message)
    }
    if (this.#unknownCount > 0) {
      const message = `${this.#unknownCount} characters have no single byte and were read as '?'`
      report.add('parse.encoding.unknown_character', this.#unknown, message)
    }
  }
}

/** Length without blanks at the end. */
function lengthWithoutBlanks(bytes: Uint8Array): number {
  let end = bytes.length
  while (end > 0 && bytes[end - 1] === BLANK) end--
  return end
}

/** Says what is wrong with the length of a line; `beyond` is how much of it was too long to be kept. */
export function checkLineLength(
  bytes: Uint8Array,
  beyond: { length: number; isBlank: boolean },
  line: number,
  report: Report,
): void {
  const length = bytes.length + beyond.length
  if (length < RECORD_LENGTH) {
    const message = `The line has ${length} characters, ${RECORD_LENGTH} are needed; read as if blanks followed`
    report.add('parse.line.short', { line, column: length + 1 }, message)
  } else if (length > RECORD_LENGTH) {
    const place = { line, column: RECORD_LENGTH + 1 }
    const onlyBlanks = lengthWithoutBlanks(bytes) <= RECORD_LENGTH && beyond.isBlank
    if (onlyBlanks) {
      const message = `The line has ${length - RECORD_LENGTH} blanks after position ${RECORD_LENGTH}`
      report.add('parse.line.long_blank', place, message)
    } else {
      const message = `The line has ${length} characters, only ${RECORD_LENGTH} belong to the record`
      report.add('parse.line.long', place, message)
    }
  }
}
