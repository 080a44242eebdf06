import { type Field, RECORD_LENGTH, type RecordLayout } from '../field.ts'
import { putText, writeField } from '../write-field.ts'
import { hasRoutingNumber, jsonName } from './json-shape.ts'

/** A field of JSON that could not be written, and why; the name is that of JSON. */
export interface JsonFault {
  readonly name: string
  readonly message: string
}

type Given = Readonly<Record<string, unknown>>

const BLANK = 0x20
/** Everything else that can stand in a record may stand in JSON. */
const breaksLine = (value: string | number) => /[\r\n]/.test(String(value))

function expectation({ kind, length }: Field): string {
  if (kind === 'date') return 'expected a day of the form YYYY-MM-DD'
  if (kind === 'number') return `expected a whole number of at most ${length} digits`
  return kind === 'digits' ? `expected ${length} digits as text` : `expected text of at most ${length} characters`
}

/** ADV totals are digits in the table and numbers in JSON while they are small enough. */
function writable(field: Field, value: unknown): string | number | null {
  if (field.kind === 'number') return typeof value === 'number' ? value : null
  const isTotal = jsonName(field.name).endsWith('Cents')
  if (isTotal && typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) {
    return String(value).padStart(field.length, '0')
  }
  return typeof value === 'string' ? value : null
}

function writeRaw(record: Uint8Array, layout: RecordLayout, raw: unknown, faults: JsonFault[]): Set<string> {
  const written = new Set<string>()
  if (raw === undefined) return written
  if (typeof raw !== 'object' || raw === null) faults.push({ name: 'raw', message: 'expected an object' })
  else {
    for (const [name, text] of Object.entries(raw)) {
      const field = Object.hasOwn(layout.field, name) ? layout.field[name] : undefined
      const fits = field && typeof text === 'string' && text.length === field.length && !breaksLine(text)
      if (!fits || !putText(record, field.start, field.length, text)) {
        faults.push({
          name: `raw/${name}`,
          message: `expected exactly the ${field?.length ?? 0} characters of the field`,
        })
      } else written.add(name)
    }
  }
  return written
}

function routingParts(given: Given, layout: RecordLayout): Given {
  const routing = given['routingNumber']
  if (!hasRoutingNumber(layout) || typeof routing !== 'string') return given
  return { ...given, rdfiIdentification: routing.slice(0, 8), checkDigit: routing.slice(8) }
}

function unknownNames(given: Given, layout: RecordLayout, also: readonly string[]): JsonFault[] {
  const known = new Set([...layout.fields.map(({ name }) => jsonName(name)), 'raw', ...also])
  if (hasRoutingNumber(layout)) known.add('routingNumber')
  return Object.keys(given)
    .filter((name) => !known.has(name))
    .map((name) => ({ name, message: `is no field of ${layout.name}` }))
}

/** Writes a record; `also` are names that belong to something else. A text that is left out is empty. */
export function recordBytes(
  given: Given,
  layout: RecordLayout,
  also: readonly string[] = [],
): { record: Uint8Array; faults: JsonFault[] } {
  const record = new Uint8Array(RECORD_LENGTH).fill(BLANK)
  const values = routingParts(given, layout)
  const faults = unknownNames(given, layout, also)
  const raw = new Set(Object.keys((given['raw'] as object | undefined) ?? {}))
  for (const field of layout.fields) {
    const { name, kind, start, length } = field
    if (kind === 'literal') putText(record, start, length, field.value)
    if (kind === 'literal' || kind === 'blank' || raw.has(name)) continue
    const found = values[jsonName(name)] ?? values[name]
    const value = found === undefined ? (kind === 'number' ? null : '') : writable(field, found)
    if (value === null || breaksLine(value) || !writeField(record, 0, field, value)) {
      const isRouting = hasRoutingNumber(layout) && (name === 'rdfiIdentification' || name === 'checkDigit')
      const message = isRouting ? 'expected all 9 digits as text' : expectation(field)
      const shown = isRouting ? 'routingNumber' : jsonName(name)
      if (!faults.some((each) => each.name === shown)) faults.push({ name: shown, message })
    }
  }
  writeRaw(record, layout, given['raw'], faults)
  return { record, faults }
}
