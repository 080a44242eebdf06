import type { Records } from './records.ts'
import type { Report } from './violation.ts'

/** Where the records of a batch are; -1 for a header or control that is missing. */
export interface BatchSpan {
  header: number
  control: number
  /** Index of the first entry or addenda record and of the record after the last one. */
  from: number
  to: number
  /** How many of them are entries, and how many addenda that follow one. */
  entryCount: number
  addendaCount: number
}

/** Which record is what. Header and control are -1 when they are missing. */
export interface Structure {
  readonly header: number
  readonly control: number
  readonly batches: readonly BatchSpan[]
  readonly fillerCount: number
  /** True when the records follow each other as the format wants it, so that nothing lies outside a batch. */
  readonly isComplete: boolean
}

const TYPE = { fileHeader: 0x31, batchHeader: 0x35, entry: 0x36, addenda: 0x37, batchControl: 0x38, fileControl: 0x39 }

/** Walks the records once: 1, batches of 5, 6 each followed by its 7s, 8, then 9, then filler. */
class Walk {
  header = -1
  control = -1
  fillerCount = 0
  isComplete = true
  readonly batches: BatchSpan[] = []
  #open: BatchSpan | null = null
  #afterEntry = false
  readonly #records: Records
  readonly #report: Report

  constructor(records: Records, report: Report) {
    this.#records = records
    this.#report = report
  }

  #fault(rule: Parameters<Report['add']>[0], index: number, message: string): void {
    this.isComplete = false
    this.#report.add(rule, { line: this.#records.line(index), column: 1 }, message)
  }

  step(index: number): void {
    const type = this.#records.type(index)
    if (type === TYPE.entry && this.#open && this.control < 0) {
      this.#open.entryCount++
      this.#open.to = index + 1
      this.#afterEntry = true
      return
    }
    if (type === TYPE.fileControl && this.#records.isFiller(index)) this.#filler(index)
    else if (this.control >= 0) this.#afterControl(index, type)
    else this.#other(index, type)
  }

  #filler(index: number): void {
    if (this.control >= 0) this.fillerCount++
    else this.#fault('parse.record.order', index, 'A filler record stands before the file control')
  }

  #afterControl(index: number, type: number): void {
    if (type === TYPE.fileControl) {
      this.#fault(
        'parse.file.duplicate_control',
        index,
        `The file control is already on line ${this.#records.line(this.control)}`,
      )
    } else {
      this.#fault('parse.record.after_file_control', index, 'After the file control only filler may follow')
    }
  }

  #other(index: number, type: number): void {
    if (type === TYPE.fileHeader) this.#fileHeader(index)
    else if (type === TYPE.batchHeader) this.#batchHeader(index)
    else if (type === TYPE.entry)
      this.#fault(
        'parse.entry.outside_batch',
        index,
        'The entry is in no batch: a batch header (5) must come before it',
      )
    else if (type === TYPE.addenda) this.#addenda(index)
    else if (type === TYPE.batchControl) this.#batchControl(index)
    else if (type === TYPE.fileControl) this.#fileControl(index)
    else this.#fault('parse.record.unknown_type', index, 'A record begins with 1, 5, 6, 7, 8 or 9')
  }

  #fileHeader(index: number): void {
    if (this.header >= 0) {
      this.#fault(
        'parse.file.duplicate_header',
        index,
        `The file header is already on line ${this.#records.line(this.header)}`,
      )
      return
    }
    this.header = index
    if (index > 0) this.#fault('parse.record.order', index, 'The file header must be the first record')
  }

  #batchHeader(index: number): void {
    this.#close(index)
    this.#open = { header: index, control: -1, from: index + 1, to: index + 1, entryCount: 0, addendaCount: 0 }
    this.#afterEntry = false
    this.batches.push(this.#open)
  }

  #addenda(index: number): void {
    if (!this.#open || !this.#afterEntry) {
      this.#fault('parse.addenda.outside_entry', index, 'The addenda follows no entry')
      return
    }
    this.#open.to = index + 1
    this.#open.addendaCount++
  }

  #batchControl(index: number): void {
    if (!this.#open) {
      this.#fault(
        'parse.batch.missing_header',
        index,
        'The batch control ends no batch: a batch header (5) must come before it',
      )
      return
    }
    this.#open.control = index
    this.#open = null
    this.#afterEntry = false
  }

  #fileControl(index: number): void {
    this.#close(index)
    this.control = index
  }

  #close(index: number): void {
    if (!this.#open) return
    const line = this.#records.line(this.#open.header)
    this.#fault('parse.batch.missing_control', index, `The batch from line ${line} has no batch control (8)`)
    this.#open = null
    this.#afterEntry = false
  }

  end(): void {
    const last = this.#records.count - 1
    if (last < 0) {
      this.isComplete = false
      this.#report.add('parse.file.empty', {}, 'The file has no records')
      return
    }
    if (this.header < 0) this.#fault('parse.file.missing_header', 0, 'The file does not begin with a file header (1)')
    if (this.#open) this.#close(last)
    else if (this.control < 0)
      this.#fault('parse.file.missing_control', last, 'The file does not end with a file control (9)')
  }
}

/** Finds the batches and reports every record that stands where it may not. */
export function findStructure(records: Records, report: Report): Structure {
  const walk = new Walk(records, report)
  for (let index = 0; index < records.count; index++) walk.step(index)
  walk.end()
  const { header, control, batches, fillerCount, isComplete } = walk
  return { header, control, batches, fillerCount, isComplete }
}
