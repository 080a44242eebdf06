import type { MaskKind } from './mask-kind.ts'
import { maskedText } from './masked-text.ts'

const BLANK = 0x20
const X = 0x58

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

  #hide(character: number, single: number): void {
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

  /** Replaces the characters from one position on by a text of as many: what differs is hidden. */
  put(from: number, text: string): void {
    for (let at = 0; at < text.length && from + at < this.length; at++) {
      const by = text.charCodeAt(at)
      if (by !== this.#byte(from + at)) this.#hide(from + at, by)
    }
  }

  /** Hides the characters from one position to before another. */
  mask(kind: MaskKind, from: number, to: number): void {
    this.put(from, maskedText(kind, this.text(from, to)))
  }
}
