import { RECORD_LENGTH, type RecordLayout } from '../field.ts'
import { ADDENDA_LAYOUTS, type AddendaLayoutName } from '../layouts.ts'
import { batchControl } from '../records/batch-control.ts'
import { batchControlAdv } from '../records/batch-control-adv.ts'
import { batchHeader } from '../records/batch-header.ts'
import { batchHeaderIat } from '../records/batch-header-iat.ts'
import { isSecCode, SEC_CODES } from '../sec-code.ts'
import { putText } from '../write-field.ts'
import { recordBytes } from './record-from-json.ts'

/** Something in the JSON that is no part of a file. */
export interface JsonProblem {
  /** JSON pointer: '/batches/0/entries/3/amountCents'. */
  readonly path: string
  readonly message: string
}

type Given = Readonly<Record<string, unknown>>

const MAXIMUM_PROBLEMS = 1_000
export const isObject = (value: unknown): value is Given =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Writes the records of JSON one after the other, and collects what is wrong with it. */
export class JsonReader {
  readonly problems: JsonProblem[] = []
  /** True when a header or control is missing and shall be. */
  isPartial = false

  fault(path: string, message: string): void {
    if (this.problems.length < MAXIMUM_PROBLEMS) this.problems.push({ path, message })
  }

  record(given: unknown, path: string, layout: RecordLayout, also: readonly string[] = []): Uint8Array | null {
    if (given === null) {
      this.isPartial = true
      return null
    }
    if (!isObject(given)) {
      this.fault(path, 'expected an object')
      return null
    }
    const { record, faults } = recordBytes(given, layout, also)
    for (const { name, message } of faults) this.fault(`${path}/${name}`, message)
    return record
  }

  list(given: unknown, path: string): readonly unknown[] {
    if (Array.isArray(given)) return given
    this.fault(path, 'expected a list')
    return []
  }

  names(given: Given, path: string, known: readonly string[]): void {
    for (const name of Object.keys(given)) if (!known.includes(name)) this.fault(`${path}/${name}`, 'is not known here')
  }

  addenda(given: unknown, path: string): Uint8Array[] {
    if (!isObject(given)) {
      this.fault(path, 'expected an object')
      return []
    }
    if (typeof given['record'] === 'string') return this.#text(given['record'], path)
    const name = typeof given['layout'] === 'string' ? given['layout'] : ''
    if (!Object.hasOwn(ADDENDA_LAYOUTS, name)) {
      this.fault(`${path}/layout`, `expected one of ${Object.keys(ADDENDA_LAYOUTS).join(', ')}`)
      return []
    }
    const record = this.record(given, path, ADDENDA_LAYOUTS[name as AddendaLayoutName], ['layout'])
    return record ? [record] : []
  }

  #text(text: string, path: string): Uint8Array[] {
    const record = new Uint8Array(RECORD_LENGTH)
    const fits =
      text.length === RECORD_LENGTH &&
      text.startsWith('7') &&
      !/[\r\n]/.test(text) &&
      putText(record, 0, RECORD_LENGTH, text)
    if (!fits) this.fault(`${path}/record`, `expected the ${RECORD_LENGTH} characters of an addenda`)
    return fits ? [record] : []
  }

  entry(given: unknown, path: string, layout: RecordLayout): { record: Uint8Array; addenda: Uint8Array[] } | null {
    const record = given === null ? null : this.record(given, path, layout, ['addenda'])
    if (given === null) this.fault(path, 'expected an object')
    if (!record || !isObject(given)) return null
    const listed = given['addenda'] === undefined ? [] : this.list(given['addenda'], `${path}/addenda`)
    return { record, addenda: listed.flatMap((each, index) => this.addenda(each, `${path}/addenda/${index}`)) }
  }
}

/** A batch as it was given. */
export interface JsonBatch {
  readonly secCode: keyof typeof SEC_CODES
  readonly isIat: boolean
  readonly isAdv: boolean
  readonly header: Uint8Array | null
  readonly entries: readonly {
    record: Uint8Array
    addenda: Uint8Array[]
    place: { file: 0; batch: number; entry: number }
  }[]
  /** Undefined: to be worked out. */
  readonly control: Uint8Array | null | undefined
}

export function readBatch(given: unknown, index: number, reader: JsonReader): JsonBatch[] {
  const path = `/batches/${index}`
  if (!isObject(given)) {
    reader.fault(path, 'expected an object')
    return []
  }
  reader.names(given, path, ['header', 'entries', 'control'])
  const said = isObject(given['header']) ? given['header'] : {}
  const code = typeof said['secCode'] === 'string' ? said['secCode'].toUpperCase() : ''
  const isIat = code === 'IAT' || (code === 'COR' && said['iatIndicator'] === 'IATCOR')
  const secCode = isSecCode(code) ? code : 'PPD'
  const isAdv = code === 'ADV'
  const header = reader.record(given['header'], `${path}/header`, isIat ? batchHeaderIat : batchHeader)
  const layout = isIat ? SEC_CODES.IAT.entry : SEC_CODES[secCode].entry
  const entries = reader.list(given['entries'], `${path}/entries`).flatMap((each, at) => {
    const entry = reader.entry(each, `${path}/entries/${at}`, layout)
    return entry ? [{ ...entry, place: { file: 0 as const, batch: index, entry: at } }] : []
  })
  const controlLayout = isAdv ? batchControlAdv : batchControl
  const control =
    given['control'] === undefined ? undefined : reader.record(given['control'], `${path}/control`, controlLayout)
  return [{ secCode, isIat, isAdv, header, entries, control }]
}
