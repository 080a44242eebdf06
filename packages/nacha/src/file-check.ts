import type { CivilDate } from './civil-date.ts'
import { RECORD_LENGTH } from './field.ts'
import { checkFileHeader } from './file-header-check.ts'
import { addTotals, noTotals, type Totals } from './file-totals.ts'
import { batchHeader } from './records/batch-header.ts'
import { fileControl } from './records/file-control.ts'
import { fileHeader } from './records/file-header.ts'
import type { Records } from './records.ts'
import { BatchCheck } from './validate/batch-check.ts'
import { checkFileControl } from './validate/check-control.ts'
import { Checker } from './validate/checker.ts'
import { TraceNumbers } from './validate/trace-numbers.ts'
import type { Report } from './violation.ts'
import { type RecordSink, Walk } from './walk.ts'

const dollars = (cents: number) => (cents / 100).toFixed(2)
const { batchNumber, standardEntryClassCode } = batchHeader.field

/** What a validation knows beside the file. */
export interface CheckContext {
  /** The day the file is checked for: rules that need to know today are asked only with it. */
  readonly asOf?: CivilDate | undefined
  /** Lines that the bank takes in one file, filler included: 10,000 is a habit of some. Any number when left out. */
  readonly bankLines?: number | undefined
  /** Numbers of the batches whose WEB debits pay for goods bought online: no file shows it. None when left out. */
  readonly purchases?: 'all' | readonly number[] | undefined
}

/**
 * Checks a file record by record, in the order of the file, without looking back: the same for a whole file and for a
 * stream of which only a window is known.
 */
export class FileCheck implements RecordSink {
  readonly #checker: Checker
  readonly #walk: Walk
  readonly #traces: TraceNumbers
  readonly #context: CheckContext
  readonly #sums: Totals = noTotals()
  #creationDate = ''
  #hasHeader = false
  #previousBatch = 0
  #batchCount = 0
  #advCount = 0
  /** Records of earlier runs. */
  #recordCount = 0
  #controlAt = 0
  #controlLine = 0
  #fillerCount = 0
  #batch: BatchCheck | null = null

  constructor(records: Records, report: Report, context: CheckContext) {
    this.#checker = new Checker(records, report)
    this.#walk = new Walk(this, report)
    this.#traces = new TraceNumbers(this.#checker)
    this.#context = context
  }

  /** Checks some records and returns how many of them are done with; see `Walk.run`. */
  run(records: Records, isLast: boolean): number {
    this.#checker.records = records
    const done = this.#walk.run(records, isLast)
    this.#recordCount += done
    return done
  }

  /** What can be said only when all is read. */
  end(): void {
    this.#walk.end()
    const { report } = this.#checker
    if (this.#hasHeader && this.#batchCount === 0) report.add('file.batches.none', {}, 'The file has no batches')
    this.#checkFillerCount()
    this.#checkLength()
  }

  fileHeader(index: number): void {
    this.#hasHeader = true
    checkFileHeader(this.#checker, index, this.#context.asOf ?? '')
    this.#creationDate = this.#checker.date(index, fileHeader.field.fileCreationDate) ?? ''
  }

  batchHeader(index: number): void {
    this.#batchCount++
    if (index >= 0) this.#checkOrder(index)
    this.#batch = new BatchCheck(this.#checker, index, this.#traces, {
      creationDate: this.#creationDate,
      asOf: this.#context.asOf ?? '',
      isPurchase: this.#isPurchase(index),
    })
  }

  #isPurchase(header: number): boolean {
    const { purchases = [] } = this.#context
    return purchases === 'all' || (header >= 0 && purchases.includes(this.#checker.number(header, batchNumber)))
  }

  #checkOrder(index: number): void {
    const number = this.#checker.number(index, batchNumber)
    if (number > 0 && number <= this.#previousBatch) {
      const message = `Batch ${number} follows batch ${this.#previousBatch}`
      this.#checker.fault('file.batch_number.ascending', index, batchNumber, message)
    }
    if (number > 0) this.#previousBatch = number
    const isAdv = this.#checker.text(index, standardEntryClassCode) === 'ADV'
    if (isAdv) this.#advCount++
    if (this.#advCount > 0 && this.#advCount < this.#batchCount) {
      const message = 'ADV batches stand in files of their own'
      this.#checker.fault('file.adv.mixed', index, standardEntryClassCode, message)
    }
  }

  entry(index: number, addendaCount: number): void {
    this.#batch?.entry(index, addendaCount)
  }

  batchControl(index: number): void {
    if (!this.#batch) return
    this.#batch.end(index)
    addTotals(this.#sums, this.#batch.totals)
    this.#batch = null
  }

  fileControl(index: number): void {
    this.#controlAt = this.#recordCount + index + 1
    this.#controlLine = this.#checker.records.line(index)
    this.#checkBalance(index)
    checkFileControl(this.#checker, index, {
      totals: this.#sums,
      batchCount: this.#batchCount,
      recordCount: this.#controlAt,
      isAdv: this.#advCount > 0 && this.#advCount === this.#batchCount,
    })
  }

  filler(index: number): void {
    this.#fillerCount++
    if (this.#checker.record(index) !== '9'.repeat(RECORD_LENGTH)) {
      this.#checker.recordFault('file.filler.content', index, 'A filler record is 94 nines')
    }
  }

  #checkBalance(index: number): void {
    const { debitCents, creditCents } = this.#sums
    if (debitCents === creditCents || Number.isNaN(debitCents + creditCents)) return
    const message = `The debits are ${dollars(debitCents)}, the credits ${dollars(creditCents)}: expected the same`
    this.#checker.fault('file.balanced', index, fileControl.field.totalDebitAmount, message)
  }

  #checkLength(): void {
    const { bankLines = Number.POSITIVE_INFINITY } = this.#context
    if (this.#recordCount <= bankLines) return
    const message = `The file has ${this.#recordCount} lines, the bank takes ${bankLines}: make several files`
    this.#checker.report.add('file.lines.bank_limit', {}, message)
  }

  #checkFillerCount(): void {
    const needed = (10 - (this.#controlAt % 10)) % 10
    // Other records after the control are a fault of their own, and nobody knows what they should have been.
    const isFillerAlone = this.#recordCount === this.#controlAt + this.#fillerCount
    if (this.#fillerCount === needed || !isFillerAlone) return
    const message = `${this.#fillerCount} filler records follow, ${needed} complete the last block`
    this.#checker.lineFault('file.filler.count', this.#controlLine, null, message)
  }
}
