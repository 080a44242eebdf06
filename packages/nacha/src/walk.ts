import type { Records } from './records.ts'
import type { RuleId } from './rules/rule-id.ts'
import type { Report } from './violation.ts'

const FILE_HEADER = 0x31
const BATCH_HEADER = 0x35
const ENTRY = 0x36
const ADDENDA = 0x37
const BATCH_CONTROL = 0x38
const FILE_CONTROL = 0x39

/** One more than any SEC code allows: what follows belongs to no entry. */
const MAXIMUM_ADDENDA = 10_000

/** Is told what each record is, in the order of the file. Indexes are of the records that were given to `Walk.run`. */
export interface RecordSink {
  fileHeader(index: number): void
  /** -1 when entries come without a header and that is allowed. */
  batchHeader(index: number): void
  /** An entry and the addenda records right after it. */
  entry(index: number, addendaCount: number): void
  /** -1 when the batch ends without a control. */
  batchControl(index: number): void
  fileControl(index: number): void
  filler(index: number): void
}

/** Walks the records once: 1, batches of 5, 6 each followed by its 7s, 8, then 9, then filler. */
export class Walk {
  /** True while the records follow each other as the format (or a switch) wants it. */
  isComplete = true
  #headerLine = 0
  #controlLine = 0
  /** Line of the header of the batch that is open; 0 for one without header, -1 when none is open. */
  #openLine = -1
  #count = 0
  #lastLine = 0
  readonly #sink: RecordSink
  readonly #report: Report

  constructor(sink: RecordSink, report: Report) {
    this.#sink = sink
    this.#report = report
  }

  #fault(rule: RuleId, line: number, message: string): void {
    if (this.#report.weight(rule) === 'error') this.isComplete = false
    this.#report.add(rule, { line, column: 1 }, message)
  }

  /**
   * Walks some records and returns how many of them are done with: an entry at the end stays for the next run, with the
   * records that may still follow it, unless these are the last ones.
   */
  run(records: Records, isLast: boolean): number {
    for (let index = 0; index < records.count; ) {
      const type = records.type(index)
      const line = records.line(index)
      let next = index + 1
      if (type === ENTRY && this.#controlLine === 0) {
        const end = Math.min(records.count, next + MAXIMUM_ADDENDA)
        while (next < end && records.type(next) === ADDENDA) next++
        if (next === records.count && next < index + 1 + MAXIMUM_ADDENDA && !isLast) return index
        this.#entry(index, line, next - index - 1)
      } else if (type === FILE_CONTROL && records.isFiller(index)) this.#filler(index, line)
      else if (this.#controlLine > 0) this.#afterControl(line, type)
      else this.#other(index, line, type)
      this.#count += next - index
      this.#lastLine = records.line(next - 1)
      index = next
    }
    return records.count
  }

  #entry(index: number, line: number, addendaCount: number): void {
    if (this.#openLine < 0) {
      this.#fault('parse.entry.outside_batch', line, 'No batch header (5) stands before it')
      if (this.#report.weight('parse.entry.outside_batch') === 'error') return
      this.#openLine = 0
      this.#sink.batchHeader(-1)
    }
    this.#sink.entry(index, addendaCount)
  }

  #filler(index: number, line: number): void {
    if (this.#controlLine > 0) this.#sink.filler(index)
    else this.#fault('parse.record.order', line, 'A filler record stands before the file control')
  }

  #afterControl(line: number, type: number): void {
    if (type === FILE_CONTROL) {
      this.#fault('parse.file.duplicate_control', line, `The file control is already on line ${this.#controlLine}`)
    } else {
      this.#fault('parse.record.after_file_control', line, 'Only filler may follow the file control')
    }
  }

  #other(index: number, line: number, type: number): void {
    if (type === FILE_HEADER) this.#fileHeader(index, line)
    else if (type === BATCH_HEADER) this.#batchHeader(index, line)
    else if (type === ADDENDA) this.#fault('parse.addenda.outside_entry', line, 'The addenda follows no entry')
    else if (type === BATCH_CONTROL) this.#batchControl(index, line)
    else if (type === FILE_CONTROL) this.#fileControl(index, line)
    else this.#fault('parse.record.unknown_type', line, 'Expected 1, 5, 6, 7, 8 or 9')
  }

  #fileHeader(index: number, line: number): void {
    if (this.#headerLine > 0) {
      this.#fault('parse.file.duplicate_header', line, `The file header is already on line ${this.#headerLine}`)
      return
    }
    this.#headerLine = line
    if (this.#count > 0) this.#fault('parse.record.order', line, 'The file header must be the first record')
    this.#sink.fileHeader(index)
  }

  #batchHeader(index: number, line: number): void {
    this.#close(line)
    this.#openLine = line
    this.#sink.batchHeader(index)
  }

  #batchControl(index: number, line: number): void {
    if (this.#openLine < 0) {
      const message = 'No batch header (5) stands before it'
      this.#fault('parse.batch.missing_header', line, message)
      return
    }
    this.#openLine = -1
    this.#sink.batchControl(index)
  }

  #fileControl(index: number, line: number): void {
    this.#close(line)
    this.#controlLine = line
    this.#sink.fileControl(index)
  }

  #close(line: number): void {
    if (this.#openLine < 0) return
    const which = this.#openLine === 0 ? 'The batch' : `The batch from line ${this.#openLine}`
    this.#fault('parse.batch.missing_control', line, `${which} has no batch control (8)`)
    this.#openLine = -1
    this.#sink.batchControl(-1)
  }

  /** Says what is missing at the end of the file. */
  end(): void {
    if (this.#count === 0) {
      this.isComplete = false
      this.#report.add('parse.file.empty', {}, 'The file has no records')
      return
    }
    const last = this.#lastLine
    if (this.#headerLine === 0) {
      this.#fault('parse.file.missing_header', 1, 'The file has no file header (1)')
    }
    this.#close(last)
    if (this.#controlLine === 0) {
      this.#fault('parse.file.missing_control', last, 'The file has no file control (9)')
    }
  }
}
