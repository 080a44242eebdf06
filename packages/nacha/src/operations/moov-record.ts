import { type Field, RECORD_LENGTH, type RecordLayout } from '../field.ts'
import { putText } from '../write-field.ts'
import type { MoovMembers } from './moov-members.ts'
import { type MoovRow, moovRows } from './moov-shape.ts'
import { filled, shortened } from './moov-text.ts'
import type { JsonFault } from './record-from-json.ts'
import { recordText } from './record-to-json.ts'

export type MoovValue = string | number | bigint | null

/** Left out, these are no zero: a payment is not guessed. */
const NEEDED = ['transactionCode', 'amount']
/** moov-io/ach writes them as they stand, with the blanks. */
const WHOLE = ['individualIdentification', 'individualName', 'discretionaryData']

function numberOf(raw: string): number | bigint | null {
  if (!/^\d+$/.test(raw)) return null
  return Number.isSafeInteger(Number(raw)) ? Number(raw) : BigInt(raw)
}

/** The members of a record. A number that the file does not have is null. */
export function recordToMoov(record: Uint8Array, layout: RecordLayout): Record<string, MoovValue> {
  const hasWhole = layout.name === 'entryDetail' || layout.name === 'entrySwapped'
  const values: Record<string, MoovValue> = {}
  for (const { field, member, isNumber } of moovRows(layout)) {
    const raw = recordText(record, field.start, field.start + field.length)
    if (isNumber) values[member] = numberOf(raw)
    else values[member] = hasWhole && WHOLE.includes(field.name) ? raw : shortened(field, raw)
  }
  return values
}

function digitsOf(given: unknown, { name, length }: Field): string | null {
  if (given === null) return ''
  if (given === undefined) return NEEDED.includes(name) ? null : '0'.repeat(length)
  if (typeof given !== 'bigint' && (typeof given !== 'number' || !Number.isSafeInteger(given) || given < 0)) return null
  const digits = String(given)
  return digits.length <= length ? digits.padStart(length, '0') : null
}

function charactersOf(given: unknown, { field, isNumber }: MoovRow): string | null {
  if (isNumber) return digitsOf(given, field)
  if (given === undefined || given === null) return ''
  return typeof given === 'string' && !/[\r\n]/.test(given) ? filled(field, given) : null
}

function expectation({ field, isNumber }: MoovRow): string {
  if (isNumber) return `expected a whole number of at most ${field.length} digits`
  if (field.kind === 'date') return 'expected a day: YYMMDD, YYYY-MM-DD or RFC 3339, 2000 to 2099'
  return `expected text of at most ${field.length} characters that the file can hold`
}

/** Writes a record. What is left out is what `defaults` says, by the names of the table; else 0 or empty. */
export function recordFromMoov(
  given: MoovMembers,
  layout: RecordLayout,
  defaults: Readonly<Record<string, string | number>>,
): { record: Uint8Array; faults: JsonFault[] } {
  const record = new Uint8Array(RECORD_LENGTH).fill(0x20)
  const faults: JsonFault[] = []
  for (const { kind, start, length, value } of layout.fields) {
    if (kind === 'literal') putText(record, start, length, value)
  }
  for (const row of moovRows(layout)) {
    const { field, member, isNumber } = row
    if (field.kind === 'literal') continue
    const told = given.get(member)
    const isLeftOut = told === undefined || (!isNumber && (told === null || told === ''))
    const text = charactersOf(isLeftOut ? defaults[field.name] : told, row)
    if (text === null || !putText(record, field.start, field.length, text)) {
      faults.push({ name: member, message: expectation(row) })
    }
  }
  return { record, faults }
}
