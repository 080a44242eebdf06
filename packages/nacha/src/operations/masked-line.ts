import { type MaskKind, shownOf } from './mask-kind.ts'

const BLANK = 0x20
const STAR = 0x2a
const X = 0x58
const DOT = 0x2e
const ZERO = 0x30

/** What hides a character of 1 to 4 bytes: as many bytes, so that neither bytes nor characters move. */
const HIDDEN: readonly (readonly number[])[] = [[], [X], [0xc3, 0x97], [0xe2, 0x80, 0xa2], [0xf0, 0x9d, 0x95, 0x8f]]

/** Length of the UTF-8 sequence at `at`; 0 when it is none. */
function sequenceLength(bytes: Uint8Array, at: number, end: number): number {
  const lead = bytes[at] ?? 0
  const length = lead < 0x80 ? 1 : lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0
  if (at + length > end) return 0
  for (let next = at + 1; next < at + length; next++) if (((bytes[next] ?? 0) & 0xc0) !== 0x80) return 0
  return length
}

/** First byte of every character of a line, and its end; a line that is no UTF-8 has one byte per character. */
function characterStarts(bytes: Uint8Array, from: number, end: number): number[] {
  const starts: number[] = []
  for (let place = from; place < end; ) {
    const length = sequenceLength(bytes, place, end)
    if (length === 0) return Array.from({ length: end - from + 1 }, (_, index) => from + index)
    starts.push(place)
    place += length
  }
  return [...starts, end]
}

function isLetterOrDigit(byte: number): boolean {
  return (
    byte >= 0x80 || (byte >= ZERO && byte <= 0x39) || (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a)
  )
}

/** A line of a file whose characters are hidden in place, by their positions in the record (from 0). */
export class MaskedLine {
  readonly #bytes: Uint8Array
  readonly #from: number
  /** Null for a line of single bytes. */
  readonly #starts: readonly number[] | null
  readonly length: number

  constructor(bytes: Uint8Array, from: number, end: number) {
    this.#bytes = bytes
    this.#from = from
    const isWide = end - from !== 94 && bytes.subarray(from, end).some((byte) => byte >= 0x80)
    this.#starts = isWide ? characterStarts(bytes, from, end) : null
    this.length = this.#starts ? this.#starts.length - 1 : end - from
  }

  #at(character: number): number {
    return this.#starts ? (this.#starts[character] ?? this.#from) : this.#from + character
  }

  #hide(character: number, single = X): void {
    const at = this.#at(character)
    const length = this.#at(character + 1) - at
    const by = length === 1 ? [single] : (HIDDEN[length] ?? [])
    this.#bytes.set(by, at)
  }

  #byte(character: number): number {
    return this.#bytes[this.#at(character)] ?? BLANK
  }

  /** The line with one byte per character, as long as a record, to look up what it is. */
  record(): Uint8Array {
    const record = new Uint8Array(94).fill(BLANK)
    for (let at = 0; at < Math.min(94, this.length); at++) record[at] = this.#byte(at)
    return record
  }

  text(from: number, to: number): string {
    let text = ''
    for (let at = from; at < Math.min(to, this.length); at++) text += String.fromCharCode(this.#byte(at))
    return text
  }

  /** Hides the characters from one position to before another. */
  mask(kind: MaskKind, from: number, to: number): void {
    const end = Math.min(to, this.length)
    if (kind === 'account' || kind === 'digits') this.#maskAccount(from, end, kind === 'digits' ? ZERO : X)
    else if (kind === 'name') this.#maskName(from, end)
    else this.#maskText(kind === 'afterStar' ? this.#afterStar(from, end) : from, end)
  }

  #afterStar(from: number, end: number): number {
    for (let at = from; at < end; at++) if (this.#byte(at) === STAR) return at
    return from
  }

  #maskAccount(from: number, end: number, by: number): void {
    const filled: number[] = []
    for (let at = from; at < end; at++) if (this.#byte(at) !== BLANK) filled.push(at)
    for (const at of filled.slice(0, filled.length - shownOf(filled.length))) this.#hide(at, by)
  }

  #maskName(from: number, end: number): void {
    let isInitial = true
    for (let at = from; at < end; at++) {
      const isBlank = this.#byte(at) === BLANK
      if (!isBlank && !isInitial) this.#hide(at, DOT)
      isInitial = isBlank
    }
  }

  #maskText(from: number, end: number): void {
    for (let at = from; at < end; at++) if (isLetterOrDigit(this.#byte(at))) this.#hide(at)
  }
}
