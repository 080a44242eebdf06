import type { Field } from './field.ts'
import { readNumber, readRecord, textAt } from './read-field.ts'
import { addenda05 } from './records/addenda-05.ts'
import { type BatchControl, batchControl } from './records/batch-control.ts'
import { type BatchHeader, batchHeader } from './records/batch-header.ts'
import { entryDetail } from './records/entry-detail.ts'
import { type FileControl, fileControl } from './records/file-control.ts'
import { type FileHeader, fileHeader } from './records/file-header.ts'
import type { Records } from './records.ts'
import type { BatchSpan, Structure } from './structure.ts'

const { field } = entryDetail
const ENTRY = 0x36
const ADDENDA = 0x37

/** One payment, read from the bytes when it is asked for. */
export interface Entry {
  /** Line of the entry record in the file, from 1. */
  readonly line: number
  readonly transactionCode: number
  /** All 9 digits. */
  readonly routingNumber: string
  readonly accountNumber: string
  readonly amountCents: number
  readonly individualIdentification: string
  readonly individualName: string
  readonly discretionaryData: string
  readonly traceNumber: string
  /** Payment related information of the 05 addenda, in their order. */
  readonly addenda: readonly string[]
}

/** The entries of a batch: a view on the bytes that makes an object when one is asked for. */
export class Entries implements Iterable<Entry> {
  readonly length: number
  readonly #records: Records
  readonly #span: BatchSpan
  #places: Uint32Array | null = null

  constructor(records: Records, span: BatchSpan) {
    this.#records = records
    this.#span = span
    this.length = span.entryCount
  }

  /** The entry at `index`, from 0; undefined past the end. */
  at(index: number): Entry | undefined {
    return Number.isInteger(index) && index >= 0 && index < this.length ? this.#read(this.#recordOf(index)) : undefined
  }

  *[Symbol.iterator](): Iterator<Entry> {
    for (let index = 0; index < this.length; index++) yield this.#read(this.#recordOf(index))
  }

  #recordOf(index: number): number {
    const { from, to, entryCount } = this.#span
    if (to - from === entryCount) return from + index
    if (!this.#places) {
      this.#places = new Uint32Array(entryCount)
      let next = 0
      for (let record = from; record < to; record++) {
        if (this.#records.type(record) === ENTRY) this.#places[next++] = record
      }
    }
    return this.#places[index] ?? from
  }

  #read(record: number): Entry {
    const { bytes } = this.#records
    const at = this.#records.at(record)
    const text = ({ start, length }: Field) => textAt(bytes, at + start, length)
    return {
      line: this.#records.line(record),
      transactionCode: readNumber(bytes, at, field.transactionCode),
      routingNumber: textAt(bytes, at + field.rdfiIdentification.start, 9),
      accountNumber: text(field.dfiAccountNumber),
      amountCents: readNumber(bytes, at, field.amount),
      individualIdentification: text(field.individualIdentification),
      individualName: text(field.individualName),
      discretionaryData: text(field.discretionaryData),
      traceNumber: text(field.traceNumber),
      addenda: this.#addendaAfter(record),
    }
  }

  #addendaAfter(record: number): readonly string[] {
    const { bytes } = this.#records
    const addenda: string[] = []
    for (let next = record + 1; next < this.#span.to && this.#records.type(next) === ADDENDA; next++) {
      const at = this.#records.at(next)
      const isType05 = bytes[at + 1] === 0x30 && bytes[at + 2] === 0x35
      const { start, length } = addenda05.field.paymentRelatedInformation
      if (isType05) addenda.push(textAt(bytes, at + start, length))
    }
    return addenda
  }
}

export interface Batch {
  readonly header: BatchHeader
  readonly entries: Entries
  readonly control: BatchControl
}

/** A whole file. It keeps the bytes it was read from or built into, so writing it again changes nothing. */
export class AchFile {
  readonly records: Records
  readonly structure: Structure
  readonly header: FileHeader
  readonly control: FileControl
  #batches: readonly Batch[] | null = null

  /** `structure` must be complete: header, control, and both in each batch. */
  constructor(records: Records, structure: Structure) {
    this.records = records
    this.structure = structure
    this.header = readRecord(records.bytes, records.at(structure.header), fileHeader)
    this.control = readRecord(records.bytes, records.at(structure.control), fileControl)
  }

  get batches(): readonly Batch[] {
    this.#batches ??= this.structure.batches.map((span) => ({
      header: readRecord(this.records.bytes, this.records.at(span.header), batchHeader),
      entries: new Entries(this.records, span),
      control: readRecord(this.records.bytes, this.records.at(span.control), batchControl),
    }))
    return this.#batches
  }
}
