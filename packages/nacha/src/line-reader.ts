import { RECORD_LENGTH } from './field.ts'
import { plainBytes } from './plain-bytes.ts'
import { Records } from './records.ts'
import { Characters, checkLineLength } from './text-line.ts'
import type { Report } from './violation.ts'

const LF = 0x0a
const CR = 0x0d
const BLANK = 0x20
const END_OF_FILE = 0x1a

/** Bytes of a line that are kept: far more than 94 characters of UTF-8. What comes after is counted only. */
const KEPT = 1_024
/** A file without any line end in its first bytes is one stream of records. */
const PROBED = 65_536
/** Records that are laid out before they are handed on. */
const WINDOW = 1_024

const isEndOfLine = (byte: number | undefined) => byte === LF || byte === CR
const isEnd = (byte: number) => isEndOfLine(byte) || byte === END_OF_FILE
const hasLineEnd = (bytes: Uint8Array) => bytes.some(isEndOfLine)

/** The next line end from `at` on; the length of the piece when it has none. */
function endOfLine(bytes: Uint8Array, at: number): number {
  let end = at
  while (end < bytes.length && !isEndOfLine(bytes[end])) end++
  return end
}

function trimmedEnd(bytes: Uint8Array, isTrimmed: (byte: number) => boolean): number {
  let end = bytes.length
  while (end > 0 && isTrimmed(bytes[end - 1] ?? 0)) end--
  return end
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  if (first.length === 0) return second
  const both = new Uint8Array(first.length + second.length)
  both.set(first)
  both.set(second, first.length)
  return both
}

/**
 * Lays the lines of a file side by side as records of 94 bytes, whatever pieces it comes in: LF, CRLF, CR or no line
 * ends, short lines padded, blank ones passed over. However the file is cut into pieces, the records are the same.
 */
export class LineReader {
  /** Records laid out and not yet dropped. */
  #bytes: Uint8Array = new Uint8Array(WINDOW * RECORD_LENGTH)
  #lines: Uint32Array = new Uint32Array(WINDOW)
  #count = 0
  /** Bytes that wait for more: those before the form of the file is known, then a line that has begun. */
  #rest: Uint8Array = new Uint8Array()
  #beyond = { length: 0, isBlank: true }
  #form: 'unknown' | 'lines' | 'stream' = 'unknown'
  #line = 0
  #isStopped = false
  #skipsLineFeed = false
  #isBegun = false
  #fullAt = 0
  readonly #kinds = new Set<string>()
  readonly #characters = new Characters()
  readonly #report: Report
  readonly #maxLines: number
  readonly #onFull: (() => void) | null

  /** `onFull` must `drop` records; without it they are kept all. */
  constructor(report: Report, maxLines: number, onFull: (() => void) | null = null) {
    this.#report = report
    this.#maxLines = maxLines
    this.#onFull = onFull
    this.#fullAt = onFull ? WINDOW : Number.POSITIVE_INFINITY
  }

  /** The records laid out so far; they stay as they are until some are dropped. */
  get records(): Records {
    return new Records(this.#bytes, 0, RECORD_LENGTH, this.#count, this.#lines)
  }

  /** Forgets the first records. */
  drop(count: number): void {
    this.#bytes.copyWithin(0, count * RECORD_LENGTH, this.#count * RECORD_LENGTH)
    this.#lines.copyWithin(0, count, this.#count)
    this.#count -= count
    this.#fullAt = Math.max(WINDOW, this.#count * 2)
  }

  push(given: Uint8Array): void {
    const chunk = plainBytes(given)
    if (this.#form !== 'unknown') {
      this.#take(chunk)
      return
    }
    this.#rest = joined(this.#rest, chunk)
    if (this.#rest.length > 3) this.#skipByteOrderMark()
    const body = trimmedEnd(this.#rest, isEndOfLine)
    if (hasLineEnd(this.#rest.subarray(0, Math.min(body, PROBED)))) this.#decide('lines')
    else if (body >= PROBED) this.#decide('stream')
    // Nothing but line ends for so long: what begins like one stream of records is none.
    else if (this.#rest.length - body >= PROBED) this.#decide('lines')
    else this.#rest = this.#rest.slice()
  }

  end(): void {
    if (this.#form === 'unknown') this.#skipByteOrderMark()
    if (this.#form === 'unknown') {
      const body = trimmedEnd(this.#rest, isEnd)
      this.#decide(body > RECORD_LENGTH ? 'stream' : 'lines')
    }
    if (this.#form === 'lines') this.#lastLine()
    else this.#lastRecord()
  }

  /** Reports what is known of line ends and characters when all is read. */
  summarize(): void {
    const message = `Lines end in different ways: ${[...this.#kinds].join(', ')}`
    if (this.#kinds.size > 1) this.#report.add('parse.line.mixed_endings', {}, message)
    this.#characters.report(this.#report)
  }

  #skipByteOrderMark(): void {
    if (this.#isBegun) return
    this.#isBegun = true
    if (this.#rest[0] !== 0xef || this.#rest[1] !== 0xbb || this.#rest[2] !== 0xbf) return
    this.#rest = this.#rest.subarray(3)
    this.#report.add('parse.encoding.detected', {}, 'Begins with a UTF-8 byte order mark')
  }

  #decide(form: 'lines' | 'stream'): void {
    this.#form = form
    const waiting = this.#rest
    this.#rest = new Uint8Array()
    this.#take(waiting)
  }

  #take(chunk: Uint8Array): void {
    if (this.#isStopped) return
    if (this.#form === 'lines') this.#takeLines(chunk)
    else this.#takeStream(chunk)
  }

  #takeLines(chunk: Uint8Array): void {
    let place = 0
    if (this.#skipsLineFeed && chunk.length > 0) {
      this.#skipsLineFeed = false
      this.#kinds.add(chunk[0] === LF ? 'CRLF' : 'CR')
      if (chunk[0] === LF) place = 1
    }
    while (place < chunk.length) {
      // Nearly every line is whole and plain. A view of each would be an object per line, and what the collector has to
      // do for them keeps the pieces themselves alive for long.
      const isPlain =
        isEndOfLine(chunk[place + RECORD_LENGTH]) && this.#rest.length === 0 && this.#addPlain(chunk, place)
      const end = isPlain ? place + RECORD_LENGTH : endOfLine(chunk, place)
      if (end === chunk.length) break
      if (!isPlain) {
        this.#line++
        this.#lineEnds(chunk.subarray(place, end))
        if (this.#isStopped) return
      }
      place = end + this.#passLineEnd(chunk, end)
    }
    if (place < chunk.length) this.#keep(chunk.subarray(place))
  }

  /** Notes how the line ends and returns how many bytes that takes; an LF after the piece may still belong to it. */
  #passLineEnd(chunk: Uint8Array, at: number): number {
    if (chunk[at] === LF) {
      this.#kinds.add('LF')
      return 1
    }
    if (at + 1 === chunk.length) {
      this.#skipsLineFeed = true
      return 1
    }
    const isPair = chunk[at + 1] === LF
    this.#kinds.add(isPair ? 'CRLF' : 'CR')
    return isPair ? 2 : 1
  }

  #keep(part: Uint8Array): void {
    const room = Math.max(0, KEPT - this.#rest.length)
    this.#rest = joined(this.#rest, part.slice(0, room))
    const over = part.subarray(room)
    this.#beyond.length += over.length
    if (over.some((byte) => byte !== BLANK)) this.#beyond.isBlank = false
  }

  #lineEnds(part: Uint8Array): void {
    if (this.#rest.length === 0 && part.length <= KEPT) {
      this.#lay(part)
      return
    }
    this.#keep(part)
    const whole = this.#rest
    this.#rest = new Uint8Array()
    this.#lay(whole)
    this.#beyond = { length: 0, isBlank: true }
  }

  #lastLine(): void {
    if (this.#skipsLineFeed) this.#kinds.add('CR')
    if (this.#rest.length === 0 || this.#isStopped) return
    const last = this.#rest.subarray(
      0,
      trimmedEnd(this.#rest, (byte) => byte === END_OF_FILE),
    )
    this.#rest = new Uint8Array()
    this.#line++
    this.#lay(last)
  }

  /** A line without its end becomes a record. */
  #lay(given: Uint8Array): void {
    if (given.every((byte) => byte === BLANK) && this.#beyond.isBlank) return
    if (this.#isPastLimit()) return
    const bytes = this.#characters.single(given, this.#line)
    checkLineLength(bytes, this.#beyond, this.#line, this.#report)
    this.#add(bytes)
  }

  #isPastLimit(): boolean {
    if (this.#line <= this.#maxLines) return false
    const message = `Only ${this.#maxLines} lines are read`
    if (!this.#isStopped) this.#report.add('parse.line.limit', { line: this.#line }, message)
    this.#isStopped = true
    return true
  }

  #takeStream(chunk: Uint8Array): void {
    const bytes = joined(this.#rest, chunk)
    // Line ends at the end may be those of the file: they wait, but not without limit.
    const body = Math.max(trimmedEnd(bytes, isEnd), bytes.length - PROBED)
    let at = 0
    for (; at + RECORD_LENGTH <= body && !this.#isStopped; at += RECORD_LENGTH) {
      if (this.#addPlain(bytes, at)) continue
      this.#line++
      this.#lay(bytes.subarray(at, at + RECORD_LENGTH))
    }
    this.#rest = bytes.slice(at)
  }

  /** A file without line ends is cut every 94 characters; something may be left over. */
  #lastRecord(): void {
    if (this.#isStopped) return
    const end = trimmedEnd(this.#rest, isEnd)
    if (end === 0) return
    this.#line++
    const message = `${end} characters are left over after the last record`
    this.#report.add('parse.line.partial', { line: this.#line }, message)
    const left = this.#rest.subarray(0, end)
    if (!left.every((byte) => byte === BLANK) && !this.#isPastLimit())
      this.#add(this.#characters.single(left, this.#line))
  }

  /** Adds the 94 bytes at `from` when nothing is to be said of them and there is room; false: they go the long way. */
  #addPlain(chunk: Uint8Array, from: number): boolean {
    if (this.#count >= this.#fullAt || this.#count >= this.#lines.length || this.#line >= this.#maxLines) return false
    const to = this.#bytes
    const at = this.#count * RECORD_LENGTH - from
    let isBlank = true
    for (let place = from; place < from + RECORD_LENGTH; place++) {
      const byte = chunk[place] ?? 0
      if (isEndOfLine(byte) || byte >= 0x80) return false
      if (byte !== BLANK) isBlank = false
      to[at + place] = byte
    }
    if (isBlank) return false
    this.#lines[this.#count++] = ++this.#line
    return true
  }

  #add(bytes: Uint8Array): void {
    if (this.#count >= this.#fullAt) this.#onFull?.()
    if (this.#count >= this.#lines.length) this.#grow()
    const at = this.#count * RECORD_LENGTH
    this.#bytes.set(bytes.length > RECORD_LENGTH ? bytes.subarray(0, RECORD_LENGTH) : bytes, at)
    if (bytes.length < RECORD_LENGTH) this.#bytes.fill(BLANK, at + bytes.length, at + RECORD_LENGTH)
    this.#lines[this.#count++] = this.#line
  }

  #grow(): void {
    const bytes = new Uint8Array(this.#bytes.length * 2)
    bytes.set(this.#bytes)
    this.#bytes = bytes
    const lines = new Uint32Array(this.#lines.length * 2)
    lines.set(this.#lines)
    this.#lines = lines
  }
}
