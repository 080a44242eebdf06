import { createHash } from 'node:crypto'
import {
  buildFile,
  encodeFile,
  type FileInput,
  isAcceptable,
  type StandardBatchInput,
  type Violation,
  validateFile,
} from '@fistworks/nacha'

/** What a file is made of; its batches' entries come one part after the other. */
export interface BytesOrder {
  file: Omit<FileInput, 'batches'>
  lineEnding: 'lf' | 'crlf'
}

export type BatchHead = Omit<StandardBatchInput, 'entries'>
export type BatchEntry = StandardBatchInput['entries'][number]

/** The bytes with their SHA-256 in hex, or why there are none. */
export type Made = { bytes: Uint8Array; sha256: string } | { violations: readonly Violation[] }

/** Takes the parts of a file in their order and makes its bytes of them. */
export class BytesInParts {
  readonly #order: BytesOrder
  readonly #batches: (BatchHead & { entries: BatchEntry[] })[] = []

  constructor(order: BytesOrder) {
    this.#order = order
  }

  batch(head: BatchHead): void {
    this.#batches.push({ ...head, entries: [] })
  }

  entries(some: readonly BatchEntry[]): void {
    const batch = this.#batches.at(-1)
    if (batch === undefined) throw new Error('Entries came before their batch.')
    for (const entry of some) batch.entries.push(entry)
  }

  /** The bytes that leave are read again by other code than wrote them. */
  made(): Made {
    const { file, lineEnding } = this.#order
    const built = buildFile({ ...file, batches: this.#batches })
    if (built.file === null) return { violations: built.violations }
    const bytes = encodeFile(built.file, { lineEnding: lineEnding === 'crlf' ? '\r\n' : '\n' })
    const violations = validateFile(bytes, { profile: 'originate' })
    if (!isAcceptable(violations)) return { violations }
    return { bytes, sha256: createHash('sha256').update(bytes).digest('hex') }
  }
}
