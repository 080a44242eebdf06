import { RECORD_LENGTH } from './field.ts'
import { LineReader } from './line-reader.ts'
import { Records } from './records.ts'
import type { Report } from './violation.ts'

const LF = 0x0a
const CR = 0x0d
const BLANK = 0x20
const END_OF_FILE = 0x1a

/** Lines of a file, at most. */
export const MAXIMUM_LINES = 10_000_000
/** Lines of a file whose lines differ, at most, when all of it is laid out at once: each takes 94 bytes, however short. */
const MAXIMUM_UNEVEN_LINES = 1_000_000

/** Length of the line end at `at`: 0 none, 1 LF or CR, 2 CRLF. */
function lineEndAt(bytes: Uint8Array, at: number): number {
  if (bytes[at] === LF) return 1
  if (bytes[at] !== CR) return 0
  return bytes[at + 1] === LF ? 2 : 1
}

function isBlank(bytes: Uint8Array, at: number): boolean {
  for (let place = at; place < at + RECORD_LENGTH; place++) if (bytes[place] !== BLANK) return false
  return true
}

/** All bits that are set in a record, -1 when a line end stands in it. A function of its own is compiled once and stays so. */
function bitsOf(bytes: Uint8Array, at: number): number {
  let bits = 0
  for (let place = at; place < at + RECORD_LENGTH; place++) {
    const byte = bytes[place] ?? 0
    if (byte === LF || byte === CR) return -1
    bits |= byte
  }
  return bits
}

/** The usual case: every line is 94 characters and all line ends are alike. The bytes serve as they are. */
function evenRecords(bytes: Uint8Array): { records: Records; isAscii: boolean } | null {
  const gap = bytes.length > RECORD_LENGTH ? lineEndAt(bytes, RECORD_LENGTH) : 0
  const stride = RECORD_LENGTH + gap
  const rest = bytes.length % stride
  if (bytes.length === 0 || (rest !== 0 && rest !== RECORD_LENGTH)) return null
  const count = Math.ceil(bytes.length / stride)
  const ends = bytes[RECORD_LENGTH] ?? -1
  let seen = 0
  for (let index = 0; index < count; index++) {
    const at = index * stride
    if (bytes[at] === BLANK && isBlank(bytes, at)) return null
    const bits = bitsOf(bytes, at)
    if (bits < 0) return null
    seen |= bits
    const end = at + RECORD_LENGTH
    if (end < bytes.length && gap > 0 && (bytes[end] !== ends || lineEndAt(bytes, end) !== gap)) return null
  }
  return { records: new Records(bytes, 0, stride, count), isAscii: seen < 0x80 }
}

function withoutEndOfFileMark(bytes: Uint8Array): Uint8Array {
  let end = bytes.length
  while (end > 0 && bytes[end - 1] === END_OF_FILE) end--
  return bytes.subarray(0, end)
}

/** The records of a file all of whose lines are alike, without copying; null for any other file. */
export function splitEvenly(given: Uint8Array, maxLines: number): { records: Records; isAscii: boolean } | null {
  const even = evenRecords(withoutEndOfFileMark(given))
  return even === null || even.records.count > maxLines ? null : even
}

/** What is said of a file with characters beyond ASCII that are one byte each. */
export function reportWindows(report: Report): void {
  report.add('parse.encoding.detected', {}, 'Read as Windows-1252')
}

/** Finds the records of a file with LF, CRLF, CR or no line ends. Blank lines are passed over. */
export function splitRecords(given: Uint8Array, maxLines: number, report: Report): Records {
  const even = splitEvenly(given, maxLines)
  if (even) {
    if (!even.isAscii) reportWindows(report)
    return even.records
  }
  const reader = new LineReader(report, Math.min(maxLines, MAXIMUM_UNEVEN_LINES))
  reader.push(given)
  reader.end()
  reader.summarize()
  return reader.records
}
