import type { AddendaContext } from './addenda-kind.ts'
import { Entry, type EntryLayout, entryLayout } from './entries.ts'
import { batchOf } from './file.ts'
import { FileCheck } from './file-check.ts'
import { LineReader } from './line-reader.ts'
import { readRecord } from './read-field.ts'
import type { BatchControl } from './records/batch-control.ts'
import type { BatchControlAdv } from './records/batch-control-adv.ts'
import type { BatchHeader } from './records/batch-header.ts'
import type { BatchHeaderIat } from './records/batch-header-iat.ts'
import { type FileControl, fileControl } from './records/file-control.ts'
import { type FileControlAdv, fileControlAdv } from './records/file-control-adv.ts'
import { type FileHeader, fileHeader } from './records/file-header.ts'
import { copyRecords, Records } from './records.ts'
import { SEC_TRAITS, type SecCode } from './sec-traits.ts'
import { MAXIMUM_LINES } from './split-records.ts'
import type { ValidateOptions } from './validate-file.ts'
import { Report, type Violation } from './violation.ts'
import { type RecordSink, Walk } from './walk.ts'

/** What a stream gives, in the order of the file. */
export type StreamItem =
  | { readonly kind: 'fileHeader'; readonly header: FileHeader }
  | {
      readonly kind: 'batchHeader'
      readonly secCode: SecCode | null
      readonly header: BatchHeader
      readonly headerIat: BatchHeaderIat | null
    }
  | { readonly kind: 'entry'; readonly entry: Entry }
  | { readonly kind: 'batchControl'; readonly control: BatchControl; readonly controlAdv: BatchControlAdv | null }
  | { readonly kind: 'fileControl'; readonly control: FileControl; readonly controlAdv: FileControlAdv | null }

/** Turns records into items. Its records are a copy of the window, which the items keep. */
class ItemSink implements RecordSink {
  items: StreamItem[] = []
  records: Records
  #batch: { readonly layout: EntryLayout; readonly records: Records } | null = null
  #hasOnlyAdv = false

  constructor(records: Records) {
    this.records = records
  }

  fileHeader(index: number): void {
    const header = readRecord(this.records.bytes, this.records.at(index), fileHeader)
    this.items.push({ kind: 'fileHeader', header })
  }

  batchHeader(index: number): void {
    const records = index < 0 ? new Records(new Uint8Array(), 0, 0, 0) : copyRecords(this.records, index, index + 1)
    const { secCode, header, headerIat, isIat, isAdv } = batchOf(records, spanAt(index < 0 ? -1 : 0, -1))
    const context: AddendaContext = { isIat, isMte: secCode === 'MTE' }
    const layout = entryLayout(isIat ? SEC_TRAITS.IAT.entry : SEC_TRAITS[secCode ?? 'PPD'].entry, context)
    this.#batch = { layout, records }
    this.#hasOnlyAdv = isAdv
    this.items.push({ kind: 'batchHeader', secCode, header, headerIat })
  }

  entry(index: number, addendaCount: number): void {
    if (!this.#batch) return
    this.items.push({ kind: 'entry', entry: new Entry(this.records, index, addendaCount, this.#batch.layout) })
  }

  batchControl(index: number): void {
    if (!this.#batch || index < 0) return
    const { records: header } = this.#batch
    const control = copyRecords(this.records, index, index + 1)
    const bytes = new Uint8Array(header.bytes.length + control.bytes.length)
    bytes.set(header.bytes)
    bytes.set(control.bytes, header.bytes.length)
    const both = new Records(bytes, 0, control.bytes.length, bytes.length / control.bytes.length)
    const batch = batchOf(both, spanAt(header.count > 0 ? 0 : -1, both.count - 1))
    this.items.push({ kind: 'batchControl', control: batch.control, controlAdv: batch.controlAdv })
  }

  fileControl(index: number): void {
    const { bytes } = this.records
    const at = this.records.at(index)
    const control = readRecord(bytes, at, fileControl)
    const adv = this.#hasOnlyAdv ? readRecord(bytes, at, fileControlAdv) : null
    const totals = adv && {
      totalDebitAmount: Number(adv.totalDebitAmount),
      totalCreditAmount: Number(adv.totalCreditAmount),
    }
    this.items.push({ kind: 'fileControl', control: { ...control, ...totals }, controlAdv: adv })
  }

  filler(): void {}
}

const spanAt = (header: number, control: number) => ({
  header,
  control,
  from: header + 1,
  to: header + 1,
  entryCount: 0,
  addendaCount: 0,
})

/**
 * Reads and checks a file that comes in pieces: memory does not grow with the file. Gives what stands in it, in its
 * order, and returns all violations at the end, as `validateFile` would of the whole; with records out of order only
 * what has a place is given.
 *
 * @example
 * const stream = readStream(response.body)
 * for (let item = await stream.next(); ; item = await stream.next()) {
 *   if (item.done) return item.value // the violations
 *   if (item.value.kind === 'entry') add(item.value.entry.amountCents)
 * }
 */
export async function* readStream(
  pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  options: ValidateOptions = {},
): AsyncGenerator<StreamItem, Violation[], undefined> {
  const report = new Report(options)
  const unheard = new Report(options)
  const reader: LineReader = new LineReader(report, options.maxLines ?? MAXIMUM_LINES, () => run(false))
  const check = new FileCheck(reader.records, report, options)
  const sink = new ItemSink(reader.records)
  const walk = new Walk(sink, unheard)
  function run(isLast: boolean): void {
    // One copy for all entries of the window: they keep it while the window moves on.
    sink.records = copyRecords(reader.records, 0, reader.records.count)
    walk.run(sink.records, isLast)
    reader.drop(check.run(reader.records, isLast))
  }
  for await (const piece of pieces) {
    reader.push(piece)
    // One by one: `yield*` makes a promise more for each.
    for (const item of sink.items.splice(0)) yield item
  }
  reader.end()
  run(true)
  for (const item of sink.items.splice(0)) yield item
  check.end()
  reader.summarize()
  return report.list()
}
