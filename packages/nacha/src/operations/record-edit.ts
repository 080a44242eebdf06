import { type AddendaContext, addendaLayoutAt } from '../addenda-kind.ts'
import type { Field, RecordLayout } from '../field.ts'
import { readField, textAt } from '../read-field.ts'
import { entryDetail } from '../records/entry-detail.ts'
import { writeField } from '../write-field.ts'
import type { ProblemPlace, Problems } from './problem.ts'

export type Changes = readonly (readonly [Field, string | number])[]

export function textOf(record: Uint8Array, { start, length }: Field): string {
  return textAt(record, start, length)
}

export function numberOf(record: Uint8Array, field: Field): number {
  return Number(readField(record, 0, field))
}

/** A field by its name, where the table has it. */
export function fieldNamed(layout: RecordLayout, name: string): Field | null {
  return layout.field[name] ?? null
}

/** True for a text that would break the line it stands in, or that no bank takes. */
export function hasControlCharacter(value: string | number): boolean {
  const text = String(value)
  for (let index = 0; index < text.length; index++) if (text.charCodeAt(index) < 0x20) return true
  return false
}

/** A copy of a record with other values in some fields. A value that does not fit is a problem, never cut. */
export function edited(record: Uint8Array, changes: Changes, problems: Problems, place: ProblemPlace = {}): Uint8Array {
  const copy = record.slice()
  for (const [field, value] of changes) {
    if (!hasControlCharacter(value) && writeField(copy, 0, field, value)) continue
    const message = `The ${field.name} does not fit: ${field.length} ${field.kind === 'text' ? 'characters without control characters' : 'digits'}`
    problems.add('value.unfit', message, place)
  }
  return copy
}

const { traceNumber } = entryDetail.field

/** Addenda records that carry the trace number of their entry, under which name ever, with another one. */
export function retracedAddenda(
  addenda: readonly Uint8Array[],
  trace: string,
  context: AddendaContext,
  problems: Problems,
): Uint8Array[] {
  return addenda.map((record) => {
    const layout = addendaLayoutAt(record, 0, context)
    const whole = layout && fieldNamed(layout, 'traceNumber')
    const sequence = layout && fieldNamed(layout, 'entryDetailSequenceNumber')
    const changes: Changes = [
      ...(whole ? [[whole, trace] as const] : []),
      ...(sequence ? [[sequence, trace.slice(8)] as const] : []),
    ]
    return edited(record, changes, problems)
  })
}

/** The trace number of an entry; of ADV, which has none, what stands in its place. */
export function traceOf(record: Uint8Array): string {
  return textOf(record, traceNumber)
}

/** Hands out trace numbers: one counter for a whole file, so that no two entries share one. */
export class TraceNumbering {
  #next: number
  readonly #problems: Problems

  constructor(first: number, problems: Problems) {
    this.#next = first
    this.#problems = problems
  }

  /** 15 digits: the 8 of the bank, then the next sequence. */
  take(bank: string): string {
    const sequence = this.#next++
    if (!Number.isSafeInteger(sequence) || sequence < 0 || sequence > 9_999_999) {
      this.#problems.add('trace.overflow', 'Trace sequences go from 0 to 9,999,999: begin with a lower one')
    }
    return bank + String(sequence).padStart(7, '0').slice(-7)
  }
}

/** The sequence after the highest of these trace numbers. */
export function sequenceAfter(traces: Iterable<string>): number {
  let highest = 0
  for (const trace of traces) if (/^\d{15}$/.test(trace)) highest = Math.max(highest, Number(trace.slice(8)))
  return highest + 1
}
