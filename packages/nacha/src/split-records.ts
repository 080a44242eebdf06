import { RECORD_LENGTH } from './field.ts'
import { Records } from './records.ts'
import type { Report } from './violation.ts'

const LF = 0x0a
const CR = 0x0d
const BLANK = 0x20
const END_OF_FILE = 0x1a

interface Lines {
  readonly from: number[]
  readonly to: number[]
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

function findLines(bytes: Uint8Array, report: Report): Lines {
  const lines: Lines = { from: [], to: [] }
  const kinds = new Set<string>()
  let from = 0
  for (let place = 0; place <= bytes.length; place++) {
    const gap = place === bytes.length ? 0 : lineEndAt(bytes, place)
    if (gap === 0 && place < bytes.length) continue
    if (gap > 0) kinds.add(gap === 2 ? 'CRLF' : bytes[place] === LF ? 'LF' : 'CR')
    if (place < bytes.length || from < place) {
      lines.from.push(from)
      lines.to.push(place)
    }
    from = place + Math.max(gap, 1)
    place = from - 1
  }
  if (kinds.size > 1)
    report.add('parse.line.mixed_endings', {}, `Lines end in different ways: ${[...kinds].join(', ')}`)
  return lines
}

/** A file without line ends is cut every 94 characters. */
function cutLines(bytes: Uint8Array, report: Report): Lines {
  const lines: Lines = { from: [], to: [] }
  for (let from = 0; from < bytes.length; from += RECORD_LENGTH) {
    lines.from.push(from)
    lines.to.push(Math.min(from + RECORD_LENGTH, bytes.length))
  }
  const rest = bytes.length % RECORD_LENGTH
  if (rest === 0) return lines
  const line = lines.from.length
  const message = `The file has no line ends and ${rest} characters are left over after the last record of ${RECORD_LENGTH}`
  report.add('parse.line.partial', { line }, message)
  return lines
}

function isBlank(bytes: Uint8Array, from: number, to: number): boolean {
  for (let place = from; place < to; place++) if (bytes[place] !== BLANK) return false
  return true
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
  const aligned = new Uint8Array(lines.from.length * RECORD_LENGTH).fill(BLANK)
  const numbers = new Uint32Array(lines.from.length)
  let count = 0
  for (let index = 0; index < lines.from.length; index++) {
    const from = lines.from[index] ?? 0
    const to = lines.to[index] ?? 0
    if (isBlank(bytes, from, to)) continue
    if (checked) checkLength(bytes, from, to, index + 1, report)
    aligned.set(bytes.subarray(from, Math.min(to, from + RECORD_LENGTH)), count * RECORD_LENGTH)
    numbers[count++] = index + 1
  }
  return new Records(aligned, 0, RECORD_LENGTH, count, numbers)
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
