import { RECORD_LENGTH, type RecordLayout } from '../field.ts'
import { readField, textAt } from '../read-field.ts'
import { characterOf } from '../windows-1252.ts'
import { hasRoutingNumber, jsonName } from './json-shape.ts'
import { recordBytes } from './record-from-json.ts'

const ROUTING = ['rdfiIdentification', 'checkDigit']

export function recordText(record: Uint8Array, from = 0, to = RECORD_LENGTH): string {
  let text = ''
  for (let place = from; place < to; place++) text += characterOf(record[place] ?? 0x20)
  return text
}

/** A total of ADV is a number as long as numbers hold it exactly. */
function valueOf(name: string, value: string | number): string | number {
  const isTotal = name === 'totalDebitAmount' || name === 'totalCreditAmount'
  return isTotal && /^\d+$/.test(String(value)) && Number.isSafeInteger(Number(value)) ? Number(value) : value
}

/** The values of a record, and in `raw` the fields that they would not write again as they are. */
export function recordToJson(
  record: Uint8Array,
  layout: RecordLayout,
): Record<string, string | number | Record<string, string>> {
  const values: Record<string, string | number> = {}
  const isEntry = hasRoutingNumber(layout)
  for (const field of layout.fields) {
    if (field.kind === 'literal' || field.kind === 'blank' || (isEntry && ROUTING.includes(field.name))) continue
    const value = valueOf(field.name, readField(record, 0, field))
    if (value !== '' && !Number.isNaN(value)) values[jsonName(field.name)] = value
  }
  if (isEntry) values['routingNumber'] = textAt(record, layout.field['rdfiIdentification']?.start ?? 0, 9)
  const { record: again, faults } = recordBytes(values, layout)
  const unwritable = new Set(faults.map(({ name }) => name))
  const raw: Record<string, string> = {}
  for (const { name, start, length } of layout.fields) {
    const shown = isEntry && ROUTING.includes(name) ? 'routingNumber' : jsonName(name)
    const isSame = again.subarray(start, start + length).every((byte, at) => byte === record[start + at])
    if (isSame && !unwritable.has(shown)) continue
    raw[name] = recordText(record, start, start + length)
    if (unwritable.has(shown)) delete values[shown]
  }
  return Object.keys(raw).length > 0 ? { ...values, raw } : values
}
