import { type Field, RECORD_LENGTH, type RecordLayout } from '../field.ts'
import { readField } from '../read-field.ts'
import { MAXIMUM_LINES, splitRecords } from '../split-records.ts'
import { Report } from '../violation.ts'
import { characterOf } from '../windows-1252.ts'
import { meaningOf, wordsOf } from './code-words.ts'
import { maskFile } from './mask-file.ts'
import { RecordTables } from './record-tables.ts'

/** One field of a record as it stands in the file. */
export interface AnnotatedField {
  /** Name in the table of the record. */
  readonly field: string
  readonly words: string
  /** First and last position, from 1. */
  readonly column: number
  readonly lastColumn: number
  /** Exactly what stands there. */
  readonly raw: string
  /** What it means, where `raw` does not say it itself; '' else. */
  readonly meaning: string
}

export interface AnnotatedRecord {
  /** Line of the file, from 1. */
  readonly line: number
  /** Name of its table; null for filler and for records that are not known. */
  readonly layout: string | null
  readonly words: string
  readonly raw: string
  readonly fields: readonly AnnotatedField[]
}

export interface AnnotateOptions {
  /** Hides what belongs to receivers, as `maskFile` does; true when left out. */
  readonly masked?: boolean | undefined
  /** Lines that are read at most; 10,000,000 when left out. */
  readonly maxLines?: number | undefined
}

function rawText(bytes: Uint8Array, at: number, length: number): string {
  let text = ''
  for (let place = at; place < at + length; place++) text += characterOf(bytes[place] ?? 0x20)
  return text
}

function annotateField(bytes: Uint8Array, at: number, field: Field): AnnotatedField {
  const { name, kind, start, column, length } = field
  const raw = rawText(bytes, at + start, length)
  const value = readField(bytes, at, field)
  const isDate = kind === 'date' && value !== raw.trimEnd()
  const meaning = kind === 'literal' || kind === 'blank' ? '' : isDate ? String(value) : meaningOf(name, value)
  return { field: name, words: wordsOf(name), column, lastColumn: column + length - 1, raw, meaning }
}

function wordsFor(layout: RecordLayout | null, raw: string): string {
  if (layout) return wordsOf(layout.name)
  return /^[9 ]+$/.test(raw) ? 'Filler' : 'Unknown record'
}

/** The same as `annotate`, one record after the other: nothing but the file is held in memory. */
export function* annotations(
  bytes: Uint8Array,
  { masked = true, maxLines }: AnnotateOptions = {},
): Generator<AnnotatedRecord> {
  const report = new Report({})
  const records = splitRecords(masked ? maskFile(bytes) : bytes, maxLines ?? MAXIMUM_LINES, report)
  const tables = new RecordTables()
  for (let index = 0; index < records.count; index++) {
    const at = records.at(index)
    const layout = tables.next(records.bytes, at)
    const raw = rawText(records.bytes, at, RECORD_LENGTH)
    const fields = (layout?.fields ?? []).map((field) => annotateField(records.bytes, at, field))
    yield { line: records.line(index), layout: layout?.name ?? null, words: wordsFor(layout, raw), raw, fields }
  }
}

/**
 * Every record of a file with its fields, positions and meanings, from the field tables: also of a file that is damaged.
 * Masked unless told otherwise.
 */
export function annotate(bytes: Uint8Array, options: AnnotateOptions = {}): AnnotatedRecord[] {
  return [...annotations(bytes, options)]
}
