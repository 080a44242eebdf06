import { type Field, RECORD_LENGTH, type RecordLayout } from '../field.ts'
import { putText } from '../write-field.ts'
import type { MoovMembers } from './moov-members.ts'
import { isMoovNumber, moovName } from './moov-shape.ts'
import { filled, shortened } from './moov-text.ts'
import type { JsonFault } from './record-from-json.ts'
import { recordText } from './record-to-json.ts'

export type MoovValue = string | number | bigint | null

/** Left out, these are no zero: a payment is not guessed. */
const NEEDED = ['transactionCode', 'amount']
/** moov-io/ach writes them as they stand, with the blanks. */
const WHOLE = ['individualIdentification', 'individualName', 'discretionaryData']

const isValued = ({ kind, name }: Field) => name !== 'recordType' && kind !== 'blank' && kind !== 'literal'

function numberOf(raw: string): number | bigint | null {
  if (!/^\d+$/.test(raw)) return null
  return Number.isSafeInteger(Number(raw)) ? Number(raw) : BigInt(raw)
}

function valueOf(record: Uint8Array, layout: RecordLayout, field: Field): MoovValue {
  const raw = recordText(record, field.start, field.start + field.length)
  if (isMoovNumber(field)) return numberOf(raw)
  const isWhole = (layout.name === 'entryDetail' || layout.name === 'entrySwapped') && WHOLE.includes(field.name)
  return isWhole ? raw : shortened(field, raw)
}

/** The members of a record. A number that the file does not have is null. */
export function recordToMoov(record: Uint8Array, layout: RecordLayout): Record<string, MoovValue> {
  const values: Record<string, MoovValue> = {}
  for (const field of layout.fields) {
    if (field.name === 'addendaTypeCode') values[moovName(layout, field)] = field.value
    else if (isValued(field)) values[moovName(layout, field)] = valueOf(record, layout, field)
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

function charactersOf(given: unknown, field: Field): string | null {
  if (isMoovNumber(field)) return digitsOf(given, field)
  if (given === undefined || given === null) return ''
  return typeof given === 'string' && !/[\r\n]/.test(given) ? filled(field, given) : null
}

function expectation(field: Field): string {
  if (isMoovNumber(field)) return `expected a whole number of at most ${field.length} digits`
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
  for (const field of layout.fields) {
    const { name, kind, start, length } = field
    if (kind === 'literal') putText(record, start, length, field.value)
    if (!isValued(field)) continue
    const member = moovName(layout, field)
    const told = given.get(member)
    const isLeftOut = told === undefined || (!isMoovNumber(field) && (told === null || told === ''))
    const text = charactersOf(isLeftOut ? defaults[name] : told, field)
    if (text === null || !putText(record, start, length, text))
      faults.push({ name: member, message: expectation(field) })
  }
  return { record, faults }
}
