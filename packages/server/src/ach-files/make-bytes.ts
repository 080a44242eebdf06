import { createHash } from 'node:crypto'
import {
  buildFile,
  encodeFile,
  type FileInput,
  isAcceptable,
  type StandardBatchInput,
  transactionCodeFor,
  type Violation,
  validateFile,
} from '@fistworks/nacha'
import type { Work } from '../thread.ts'
import { SealedWithNewerKey } from '../vault/envelope.ts'
import { type OpeningKeys, openTextWith, type SealingKey } from '../vault/posted-keys.ts'
import { sealGenerated } from './generated-bytes.ts'
import { addendaOf, type PartRow, rowsIn, type SealedRow } from './part-rows.ts'

/** What a file is made of; its batches' entries come one part after the other. */
export interface BytesOrder {
  file: Omit<FileInput, 'batches'>
  lineEnding: 'lf' | 'crlf'
  /** Of the recipients' columns. */
  keys: OpeningKeys
}

export type BatchHead = Omit<StandardBatchInput, 'entries'>
type BatchEntry = StandardBatchInput['entries'][number]

/** Entries of the batch that was begun last. */
export interface BytesPart {
  /** JSON of `PartRow`s. */
  rows: string
  /** JSON of `SealedRow`s of the same. */
  sealed: string
  /** The trace sequence number of the batch's first entry. */
  firstTrace: number
}

/** The sealed bytes, with the size and the SHA-256 in hex of the clear ones; or why there are none. */
export type Made =
  | { sealedBytes: Uint8Array; sizeBytes: number; sha256: string }
  | { violations: readonly Violation[] }
  | { areKeysTooOld: true }

/** What it is told, in this order. */
export type BytesTold = { batch: BatchHead } | { entries: BytesPart } | { end: SealingKey }

export function makingBytes(order: BytesOrder): Work<BytesTold, Made> {
  const parts = new BytesInParts(order)
  return (told) => {
    if ('end' in told) return parts.made(told.end)
    if ('batch' in told) parts.batch(told.batch)
    else parts.entries(told.entries)
    return undefined
  }
}

/** Takes the parts of a file in their order, makes its bytes of them and seals these: no clear number comes out. */
class BytesInParts {
  readonly #order: BytesOrder
  readonly #batches: (BatchHead & { entries: BatchEntry[] })[] = []
  #areKeysTooOld = false

  constructor(order: BytesOrder) {
    this.#order = order
  }

  batch(head: BatchHead): void {
    this.#batches.push({ ...head, entries: [] })
  }

  entries({ rows, sealed, firstTrace }: BytesPart): void {
    const batch = this.#batches.at(-1)
    if (batch === undefined) throw new Error('Entries came before their batch.')
    if (this.#areKeysTooOld) return
    const kept = rowsIn<SealedRow>(sealed)
    try {
      for (const [index, row] of rowsIn<PartRow>(rows).entries()) {
        batch.entries.push(this.#entry(row, kept[index], firstTrace))
      }
    } catch (refusal) {
      if (!(refusal instanceof SealedWithNewerKey)) throw refusal
      this.#areKeysTooOld = true
    }
  }

  #entry(row: PartRow, kept: SealedRow | undefined, firstTrace: number): BatchEntry {
    const [position, recipientId, amountCents, direction, addenda, , , payeeId, individualName, , accountType] = row
    if (payeeId !== recipientId || kept?.[0] !== position) {
      throw new Error('A file was generated with a recipient that is not there.')
    }
    const [, routingNumber, accountNumber, identification] = kept
    return {
      routingNumber: this.#open('routing_number', recipientId, routingNumber),
      accountNumber: this.#open('account_number', recipientId, accountNumber),
      individualIdentification:
        identification === null ? '' : this.#open('identification', recipientId, identification),
      individualName,
      transactionCode: transactionCodeFor({ accountType, direction }),
      amountCents,
      addenda: addendaOf(addenda),
      traceSequence: firstTrace + position,
    }
  }

  #open(column: string, row: string, sealed: string): string {
    return openTextWith(this.#order.keys, column, row, Buffer.from(sealed, 'hex')).reveal()
  }

  /** The bytes that leave are read again by other code than wrote them. */
  made(key: SealingKey): Made {
    if (this.#areKeysTooOld) return { areKeysTooOld: true }
    const bytes = this.#written()
    if ('violations' in bytes) return bytes
    const violations = validateFile(bytes, { profile: 'originate' })
    if (!isAcceptable(violations)) return { violations }
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    const sealedBytes = sealGenerated(key, bytes)
    bytes.fill(0)
    return { sealedBytes, sizeBytes: bytes.length, sha256 }
  }

  #written(): Uint8Array | { violations: readonly Violation[] } {
    const { file, lineEnding } = this.#order
    const built = buildFile({ ...file, batches: this.#batches })
    this.#batches.length = 0
    if (built.file === null) return { violations: built.violations }
    return encodeFile(built.file, { lineEnding: lineEnding === 'crlf' ? '\r\n' : '\n' })
  }
}
