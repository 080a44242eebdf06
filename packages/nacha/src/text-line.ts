import { RECORD_LENGTH } from './field.ts'
import type { Report } from './violation.ts'
import { byteOf } from './windows-1252.ts'

const BLANK = 0x20
const QUESTION_MARK = 0x3f

/** How many bytes a character of UTF-8 takes by its first; 0 for what begins none. */
function sizeOf(lead: number): number {
  if (lead < 0x80) return 1
  if (lead < 0xc2 || lead >= 0xf5) return 0
  return lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4
}

/** The code of the character of `size` bytes at `at`; -1 when it is no UTF-8. */
function codeAt(bytes: Uint8Array, at: number, size: number): number {
  // Of the first byte all bits belong to the character, or all after the first 0.
  let code = (bytes[at] ?? 0) & (size > 1 ? 0xff >> (size + 1) : 0xff)
  for (let next = at + 1; next < at + size; next++) {
    const byte = bytes[next] ?? 0
    if ((byte & 0xc0) !== 0x80) return -1
    code = (code << 6) | (byte & 0x3f)
  }
  return size > 0 ? code : -1
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
    const single = new Uint8Array(bytes.length)
    let length = 0
    const wide: (readonly [isUnknown: boolean, column: number])[] = []
    for (let place = 0; place < bytes.length; ) {
      const size = sizeOf(bytes[place] ?? 0)
      const code = codeAt(bytes, place, size)
      if (code < 0 || bytes.length === RECORD_LENGTH) {
        this.noteWindows()
        return bytes
      }
      const byte = code > 0xffff ? -1 : byteOf(code)
      single[length++] = byte < 0 ? QUESTION_MARK : byte
      if (size > 1) wide.push([byte < 0, length])
      place += size
    }
    for (const [isUnknown, column] of wide) this.#noteWide(isUnknown, { line, column })
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
      const message = `${this.#wideCount} characters take several bytes: not every bank takes UTF-8`
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
  const message = `The line has ${length} characters, not ${RECORD_LENGTH}`
  if (length < RECORD_LENGTH) {
    report.add('parse.line.short', { line, column: length + 1 }, message)
  } else if (length > RECORD_LENGTH) {
    const place = { line, column: RECORD_LENGTH + 1 }
    const onlyBlanks = lengthWithoutBlanks(bytes) <= RECORD_LENGTH && beyond.isBlank
    if (onlyBlanks) {
      const words = `The line has ${length - RECORD_LENGTH} blanks after position ${RECORD_LENGTH}`
      report.add('parse.line.long_blank', place, words)
    } else {
      report.add('parse.line.long', place, message)
    }
  }
}
