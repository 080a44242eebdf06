import { RECORD_LENGTH } from './field.ts'
import { plainBytes } from './plain-bytes.ts'
import { textAt } from './read-field.ts'

/**
 * The records of a file as bytes: record `index` is the 94 bytes from `start + index * stride`. The bytes are the
 * caller's own wherever its lines allow it, so reading copies nothing.
 */
export class Records {
  readonly bytes: Uint8Array
  readonly start: number
  readonly stride: number
  readonly count: number
  /** Line of each record where they do not simply follow each other. */
  readonly lines: Uint32Array | null

  constructor(bytes: Uint8Array, start: number, stride: number, count: number, lines: Uint32Array | null = null) {
    this.bytes = plainBytes(bytes)
    this.start = start
    this.stride = stride
    this.count = count
    this.lines = lines
  }

  /** Place of the first byte of a record. */
  at(index: number): number {
    return this.start + index * this.stride
  }

  /** Line of the file (from 1) that a record stands on. */
  line(index: number): number {
    return this.lines ? (this.lines[index] ?? index + 1) : index + 1
  }

  /** First character of a record, as its byte. */
  type(index: number): number {
    return this.bytes[this.at(index)] ?? 0
  }

  /** Filler is a record of nines and nothing else but blanks; a file control that begins with 99 is not. */
  isFiller(index: number): boolean {
    return /^[9 ]*$/.test(textAt(this.bytes, this.at(index), RECORD_LENGTH))
  }
}

/** Some records in bytes of their own, which stay as they are when the others go. */
export function copyRecords(records: Records, from: number, to: number): Records {
  const bytes = records.bytes.slice(records.at(from), records.at(to))
  const lines = new Uint32Array(to - from)
  for (let index = from; index < to; index++) lines[index - from] = records.line(index)
  return new Records(bytes, 0, records.stride, to - from, lines)
}
