import type { Records } from './records.ts'
import type { Report } from './violation.ts'
import { type RecordSink, Walk } from './walk.ts'

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

class SpanSink implements RecordSink {
  header = -1
  control = -1
  fillerCount = 0
  readonly batches: BatchSpan[] = []
  #open: BatchSpan | null = null

  fileHeader(index: number): void {
    this.header = index
  }

  batchHeader(header: number): void {
    this.#open = { header, control: -1, from: header + 1, to: header + 1, entryCount: 0, addendaCount: 0 }
    this.batches.push(this.#open)
  }

  entry(index: number, addendaCount: number): void {
    if (!this.#open) return
    if (this.#open.entryCount === 0) this.#open.from = index
    this.#open.entryCount++
    this.#open.addendaCount += addendaCount
    this.#open.to = index + 1 + addendaCount
  }

  batchControl(index: number): void {
    if (this.#open) this.#open.control = index
    this.#open = null
  }

  fileControl(index: number): void {
    this.control = index
  }

  filler(): void {
    this.fillerCount++
  }
}

/** Finds the batches and reports every record that stands where it may not. */
export function findStructure(records: Records, report: Report): Structure {
  const sink = new SpanSink()
  const walk = new Walk(sink, report)
  walk.run(records, true)
  walk.end()
  const { header, control, batches, fillerCount } = sink
  return { header, control, batches, fillerCount, isComplete: walk.isComplete }
}
