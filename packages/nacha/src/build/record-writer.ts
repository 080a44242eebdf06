import { type Field, RECORD_LENGTH, type RecordLayout, type RecordValues } from '../field.ts'
import type { RuleId } from '../rules/rule-id.ts'
import type { Report } from '../violation.ts'
import { writeRecord } from '../write-field.ts'
import { fieldProblem } from './field-problem.ts'

const LF = 0x0a
const NINE = 0x39

export const LINE_LENGTH = RECORD_LENGTH + 1

/** Writes record after record into one buffer that was made large enough for all of them. */
export class RecordWriter {
  readonly bytes: Uint8Array
  /** Records written so far: the index of the next one. */
  count = 0
  readonly #report: Report

  constructor(recordCount: number, report: Report) {
    this.bytes = new Uint8Array(recordCount * LINE_LENGTH)
    this.#report = report
  }

  /** Takes the next 94 bytes; the caller fills them. */
  next(): number {
    const at = this.count * LINE_LENGTH
    this.bytes[at + RECORD_LENGTH] = LF
    this.count++
    return at
  }

  record<Layout extends RecordLayout>(layout: Layout, values: RecordValues<Layout>): void {
    const at = this.next()
    const misfits = writeRecord(this.bytes, at, layout, values)
    const given = values as Record<string, string | number>
    for (const field of misfits) this.misfit(field, given[field.name] ?? '')
  }

  /** A value that did not fit a field of the record written last. */
  misfit(field: Field, value: string | number): void {
    const { rule, message } = fieldProblem(field, value)
    this.fault(rule, field, message)
  }

  fault(rule: RuleId, field: Field, message: string): void {
    this.#report.add(rule, { line: this.count, column: field.column, field: field.name }, message)
  }

  /** Completes the last block of ten records with nines. */
  filler(): number {
    const needed = (10 - (this.count % 10)) % 10
    for (let left = needed; left > 0; left--) {
      const at = this.next()
      this.bytes.fill(NINE, at, at + RECORD_LENGTH)
    }
    return needed
  }
}
