import { type AddendaContext, type Category, categoryOf } from './addenda-kind.ts'
import { addendaRecordAt } from './addenda-record.ts'
import type { Field, RecordLayout } from './field.ts'
import type { AddendaRecord, EntryRecord } from './layouts.ts'
import { readField, readNumber, readRecord, textAt } from './read-field.ts'
import { addenda05 } from './records/addenda-05.ts'
import { entryDetail } from './records/entry-detail.ts'
import type { Records } from './records.ts'
import type { BatchSpan } from './structure.ts'

const ENTRY = 0x36
const ADDENDA = 0x37

/** Fields of an entry under the names they share, found once per table. */
interface Places {
  readonly account: Field | null
  readonly amount: Field
  readonly name: Field | null
  readonly identification: Field | null
  readonly discretionary: Field | null
  readonly trace: Field | null
}

function placesOf({ field }: RecordLayout): Places {
  return {
    account: field['dfiAccountNumber'] ?? null,
    amount: field['amount'] ?? entryDetail.field.amount,
    name: field['individualName'] ?? field['receivingCompanyName'] ?? null,
    identification: field['individualIdentification'] ?? field['identificationNumber'] ?? null,
    discretionary: field['discretionaryData'] ?? field['paymentTypeCode'] ?? field['cardTransactionType'] ?? null,
    trace: field['traceNumber'] ?? null,
  }
}

const textOf = (bytes: Uint8Array, at: number, field: Field | null) =>
  field ? textAt(bytes, at + field.start, field.length) : ''

/**
 * One payment, return or notification of change. What every SEC code has stands under the same name; `record` has every
 * field of the record by its own name, `addendaRecords` the same for the addenda. A text is '' where the SEC code has no
 * such field.
 */
export class Entry {
  /** Line of the entry record in the file, from 1. */
  readonly line: number
  readonly transactionCode: number
  /** All 9 digits. */
  readonly routingNumber: string
  readonly accountNumber: string
  readonly amountCents: number
  readonly individualIdentification: string
  /** In CTX, ATX, ENR and TRX the name of the receiving company. */
  readonly individualName: string
  /** In WEB and TEL the payment type, in POS and SHR the card transaction type. */
  readonly discretionaryData: string
  /** '' in ADV, which has none. */
  readonly traceNumber: string
  readonly addendaCount: number
  readonly #records: Records
  readonly #index: number
  readonly #layout: RecordLayout
  readonly #context: AddendaContext

  /** The entry at `index` of `records` and its addenda right after it. */
  constructor(records: Records, index: number, addendaCount: number, layout: EntryLayout) {
    const { bytes } = records
    const at = records.at(index)
    const { places } = layout
    this.line = records.line(index)
    this.transactionCode = readNumber(bytes, at, entryDetail.field.transactionCode)
    this.routingNumber = textAt(bytes, at + entryDetail.field.rdfiIdentification.start, 9)
    this.accountNumber = textOf(bytes, at, places.account)
    this.amountCents = readNumber(bytes, at, places.amount)
    this.individualIdentification = textOf(bytes, at, places.identification)
    this.individualName = textOf(bytes, at, places.name)
    this.discretionaryData = textOf(bytes, at, places.discretionary)
    this.traceNumber = textOf(bytes, at, places.trace)
    this.addendaCount = addendaCount
    this.#records = records
    this.#index = index
    this.#layout = layout.layout
    this.#context = layout.context
  }

  /** Payment related information of the 05 addenda, in their order. */
  get addenda(): readonly string[] {
    const { bytes } = this.#records
    const texts: string[] = []
    for (let next = this.#index + 1; next <= this.#index + this.addendaCount; next++) {
      const at = this.#records.at(next)
      const isType05 = bytes[at + 1] === 0x30 && bytes[at + 2] === 0x35
      if (isType05) texts.push(String(readField(bytes, at, addenda05.field.paymentRelatedInformation)))
    }
    return texts
  }

  /** Every field of the entry record by its own name; `layout` tells the tables apart. */
  get record(): EntryRecord {
    const values = readRecord(this.#records.bytes, this.#records.at(this.#index), this.#layout)
    return { layout: this.#layout.name, ...values } as EntryRecord
  }

  /** Every addenda with its fields by name; null for one of a type that Nacha does not define. */
  get addendaRecords(): readonly (AddendaRecord | null)[] {
    return Array.from({ length: this.addendaCount }, (_, index) =>
      addendaRecordAt(this.#records.bytes, this.#records.at(this.#index + 1 + index), this.#context),
    )
  }

  /** A payment, or what a bank says about one: from addenda 98 and 99. */
  get category(): Category {
    for (let next = this.#index + 1; next <= this.#index + this.addendaCount; next++) {
      const category = categoryOf(this.#records.bytes, this.#records.at(next))
      if (category !== 'forward') return category
    }
    return 'forward'
  }
}

/** How to read the entries of a batch. */
export interface EntryLayout {
  readonly layout: RecordLayout
  readonly places: Places
  readonly context: AddendaContext
}

export function entryLayout(layout: RecordLayout, context: AddendaContext): EntryLayout {
  return { layout, places: placesOf(layout), context }
}

/** The entries of a batch: a view on the bytes that makes an object when one is asked for. */
export class Entries implements Iterable<Entry> {
  readonly length: number
  readonly #records: Records
  readonly #span: BatchSpan
  readonly #layout: EntryLayout
  #places: Uint32Array | null = null

  constructor(records: Records, span: BatchSpan, layout: RecordLayout, context: AddendaContext) {
    this.#records = records
    this.#span = span
    this.#layout = entryLayout(layout, context)
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
    let next = record + 1
    while (next < this.#span.to && this.#records.type(next) === ADDENDA) next++
    return new Entry(this.#records, record, next - record - 1, this.#layout)
  }
}
