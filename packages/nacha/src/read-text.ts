import { evenRecords } from './split-records.ts'
import { byteOf } from './windows-1252.ts'

/** What had to be done to get to one byte per character. */
export interface SingleBytes {
  readonly bytes: Uint8Array
  readonly encoding: 'ascii' | 'utf-8' | 'windows-1252'
  readonly hasByteOrderMark: boolean
  /** Places in `bytes` of characters that took several bytes in UTF-8. */
  readonly wide: readonly number[]
  /** Places in `bytes` of characters that Windows-1252 does not have; a question mark stands there. */
  readonly unknown: readonly number[]
}

const QUESTION_MARK = 0x3f

function firstNonAscii(bytes: Uint8Array, from: number): number {
  for (let place = from; place < bytes.length; place++) if ((bytes[place] ?? 0) >= 0x80) return place
  return -1
}

/** Length of the UTF-8 sequence at `at`, or 0 when it is none. */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const lead = bytes[at] ?? 0
  const length =
    lead < 0x80
      ? 1
      : lead >= 0xc2 && lead < 0xe0
        ? 2
        : lead >= 0xe0 && lead < 0xf0
          ? 3
          : lead >= 0xf0 && lead < 0xf5
            ? 4
            : 0
  for (let next = 1; next < length; next++) if (((bytes[at + next] ?? 0) & 0xc0) !== 0x80) return 0
  return length
}

function isUtf8(bytes: Uint8Array, from: number): boolean {
  for (let place = from; place < bytes.length; ) {
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

function fromUtf8(bytes: Uint8Array, from: number, hasByteOrderMark: boolean): SingleBytes {
  const single = new Uint8Array(bytes.length - from)
  const wide: number[] = []
  const unknown: number[] = []
  let length = 0
  for (let place = from; place < bytes.length; ) {
    const size = sequenceLength(bytes, place)
    const code = size === 1 ? (bytes[place] ?? 0) : codePoint(bytes, place, size)
    const byte = code > 0xffff ? -1 : byteOf(code)
    if (size > 1) (byte < 0 ? unknown : wide).push(length)
    single[length++] = byte < 0 ? QUESTION_MARK : byte
    place += size
  }
  return { bytes: single.subarray(0, length), encoding: 'utf-8', hasByteOrderMark, wide, unknown }
}

/** Brings a file to one byte per character (Windows-1252). ASCII files, nearly all, come back as they are. */
export function readText(bytes: Uint8Array): SingleBytes {
  const hasByteOrderMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf
  const from = hasByteOrderMark ? 3 : 0
  const first = firstNonAscii(bytes, from)
  const nothing = { hasByteOrderMark, wide: [], unknown: [] }
  if (first < 0) return { bytes: bytes.subarray(from), encoding: 'ascii', ...nothing }
  // Lines of 94 bytes are lines of single bytes, even where two of them could be one character of UTF-8.
  const isSingle = evenRecords(bytes.subarray(from)) !== null || !isUtf8(bytes, first)
  if (isSingle) return { bytes: bytes.subarray(from), encoding: 'windows-1252', ...nothing }
  return fromUtf8(bytes, from, hasByteOrderMark)
}
