import type { Field, RecordLayout } from '../field.ts'
import { textAt } from '../read-field.ts'
import { maskedValue } from './masked-text.ts'

/** One field that differs. */
export interface FieldChange {
  /** Name of the table of the record; of an addenda, say, 'addenda05'. */
  readonly record: string
  readonly field: string
  /** First position in the record, from 1. */
  readonly column: number
  /** What stands there without the blanks at its end; null when there is no such record. */
  readonly before: string | null
  readonly after: string | null
}

export interface DiffOptions {
  /** Hides what `maskFile` hides in `before`, `after` and trace numbers; true when left out. Differences are found before. */
  readonly masked?: boolean | undefined
  /** Names of fields that do not count, such as 'fileCreationTime' or 'batchNumber'. */
  readonly ignore?: readonly string[] | undefined
}

function shown(record: Uint8Array, field: Field, masked: boolean): string {
  const text = textAt(record, field.start, field.length)
  return masked ? maskedValue(field, text) : text
}

/** The fields in which two records differ; all that are not blank when one of them is missing. */
export function diffRecords(
  before: Uint8Array | undefined,
  after: Uint8Array | undefined,
  layout: RecordLayout,
  { masked = true, ignore = [] }: DiffOptions,
): FieldChange[] {
  const changes: FieldChange[] = []
  for (const field of layout.fields) {
    if (ignore.includes(field.name)) continue
    const one = before ? textAt(before, field.start, field.length) : ''
    const other = after ? textAt(after, field.start, field.length) : ''
    if (one === other) continue
    changes.push({
      record: layout.name,
      field: field.name,
      column: field.column,
      before: before ? shown(before, field, masked) : null,
      after: after ? shown(after, field, masked) : null,
    })
  }
  return changes
}
