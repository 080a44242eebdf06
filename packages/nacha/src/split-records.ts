import { RECORD_LENGTH } from './field.ts'
import { Records } from './records.ts'
import type { Report } from './violation.ts'

const LF = 0x0a
const CR = 0x0d
const BLANK = 0x20
const END_OF_FILE = 0x1a

/** Lines of a file whose lines differ, at most: each is laid out to 94 bytes, however short it is. */
const MAXIMUM_UNEVEN_LINES = 1_000_000

/** Lines that are not blank: where they begin and end, and their numbers in the file from 1. */
interface Lines {
  readonly from: number[]
  readonly to: number[]
  readonly number: number[]
}

/** Length of the line end at `at`: 0 none, 1 LF or CR, 2 CRLF. */
function lineEndAt(bytes: Uint8Array, at: number): number {
  if (bytes[at] === LF) return 1
  if (bytes[at] !== CR) return 0
  return bytes[at + 1] === LF ? 2 : 1
}

/** The usual case: every line is 94 characters and all line ends are alike. The bytes serve as they are. */
export function evenRecords(bytes: Uint8Array): Records | null {
  const gap = bytes.length > RECORD_LENGTH ? lineEndAt(bytes, RECORD_LENGTH) : 0
  const stride = RECORD_LENGTH + gap
  const rest = bytes.length % stride
  if (bytes.length === 0 || (rest !== 0 && rest !== RECORD_LENGTH)) return null
  const count = Math.ceil(bytes.length / stride)
  const ends = bytes[RECORD_LENGTH] ?? -1
  for (let index = 0; index < count; index++) {
    const at = index * stride
    for (let place = at; place < at + RECORD_LENGTH; place++) {
      const byte = bytes[place]
      if (byte === LF || byte === CR) return null
    }
    const end = at + RECORD_LENGTH
    if (end < bytes.length && gap > 0 && (bytes[end] !== ends || lineEndAt(bytes, end) !== gap)) return null
  }
  return new Records(bytes, 0, stride, count)
}

function withoutEndOfFileMark(bytes: Uint8Array): Uint8Array {
  let end = bytes.length
  while (end > 0 && bytes[end - 1] === END_OF_FILE) end--
  return bytes.subarray(0, end)
}

function isBlank(bytes: Uint8Array, from: number, to: number): boolean {
  for (let place = from; place < to; place++) if (bytes[place] !== BLANK) return false
  return true
}

function add(lines: Lines, bytes: Uint8Array, from: number, to: number, number: number): void {
  if (isBlank(bytes, from, to)) return
  lines.from.push(from)
  lines.to.push(to)
  lines.number.push(number)
}

function findLines(bytes: Uint8Array, report: Report): Lines {
  const lines: Lines = { from: [], to: [], number: [] }
  const kinds = new Set<string>()
  let from = 0
  for (let number = 1; from < bytes.length; number++) {
    if (number > MAXIMUM_UNEVEN_LINES) {
      const message = `A file whose lines differ in length is read up to ${MAXIMUM_UNEVEN_LINES} lines: the rest is not`
      report.add('parse.line.limit', { line: number }, message)
      break
    }
    let to = from
    while (to < bytes.length && bytes[to] !== LF && bytes[to] !== CR) to++
    const gap = lineEndAt(bytes, to)
    if (gap > 0) kinds.add(gap === 2 ? 'CRLF' : bytes[to] === LF ? 'LF' : 'CR')
    add(lines, bytes, from, to, number)
    from = to + Math.max(gap, 1)
  }
  const message = `Lines end in different ways: ${[...kinds].join(', ')}`
  if (kinds.size > 1) report.add('parse.line.mixed_endings', {}, message)
  return lines
}

/** A file without line ends is cut every 94 characters. */
function cutLines(bytes: Uint8Array, report: Report): Lines {
  const lines: Lines = { from: [], to: [], number: [] }
  for (let from = 0, number = 1; from < bytes.length; from += RECORD_LENGTH, number++) {
    add(lines, bytes, from, Math.min(from + RECORD_LENGTH, bytes.length), number)
  }
  const rest = bytes.length % RECORD_LENGTH
  if (rest === 0) return lines
  const line = Math.ceil(bytes.length / RECORD_LENGTH)
  const message = `The file has no line ends and ${rest} characters are left over after the last record of ${RECORD_LENGTH}`
  report.add('parse.line.partial', { line }, message)
  return lines
}

function checkLength(bytes: Uint8Array, from: number, to: number, line: number, report: Report): void {
  const length = to - from
  if (length < RECORD_LENGTH) {
    report.add(
      'parse.line.short',
      { line, column: length + 1 },
      `The line has ${length} characters, ${RECORD_LENGTH} are needed; read as if blanks followed`,
    )
  } else if (length > RECORD_LENGTH) {
    const place = { line, column: RECORD_LENGTH + 1 }
    if (isBlank(bytes, from + RECORD_LENGTH, to)) {
      report.add(
        'parse.line.long_blank',
        place,
        `The line has ${length - RECORD_LENGTH} blanks after position ${RECORD_LENGTH}`,
      )
    } else {
      report.add(
        'parse.line.long',
        place,
        `The line has ${length} characters, only ${RECORD_LENGTH} belong to the record`,
      )
    }
  }
}

/** Lays the records of an uneven file side by side, short ones padded; what that changes is reported. */
function alignRecords(bytes: Uint8Array, lines: Lines, checked: boolean, report: Report): Records {
  const count = lines.from.length
  const aligned = new Uint8Array(count * RECORD_LENGTH).fill(BLANK)
  for (let index = 0; index < count; index++) {
    const from = lines.from[index] ?? 0
    const to = lines.to[index] ?? 0
    if (checked) checkLength(bytes, from, to, lines.number[index] ?? 0, report)
    aligned.set(bytes.subarray(from, Math.min(to, from + RECORD_LENGTH)), index * RECORD_LENGTH)
  }
  return new Records(aligned, 0, RECORD_LENGTH, count, Uint32Array.from(lines.number))
}

function firstLineEnd(bytes: Uint8Array): number {
  const place = bytes.findIndex((byte) => byte === LF || byte === CR)
  return place < 0 ? bytes.length : place
}

/** Length without line ends at the very end: a file without others is one stream of records. */
function trimmedLength(bytes: Uint8Array): number {
  let end = bytes.length
  while (end > 0 && (bytes[end - 1] === LF || bytes[end - 1] === CR)) end--
  return end
}

/** Finds the records of a file with LF, CRLF, CR or no line ends. Blank lines are passed over. */
export function splitRecords(given: Uint8Array, report: Report): Records {
  const bytes = withoutEndOfFileMark(given)
  const even = evenRecords(bytes)
  if (even) return even
  const hasLineEnds = firstLineEnd(bytes) < trimmedLength(bytes)
  const isOneStream = !hasLineEnds && bytes.length > RECORD_LENGTH
  const lines = isOneStream ? cutLines(bytes.subarray(0, trimmedLength(bytes)), report) : findLines(bytes, report)
  return alignRecords(bytes, lines, !isOneStream, report)
}
