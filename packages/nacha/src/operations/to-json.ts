import { addendaLayoutAt } from '../addenda-kind.ts'
import { RECORD_LENGTH, type RecordLayout } from '../field.ts'
import type { AchFile, Batch } from '../file.ts'
import { batchControl } from '../records/batch-control.ts'
import { batchControlAdv } from '../records/batch-control-adv.ts'
import { batchHeader } from '../records/batch-header.ts'
import { batchHeaderIat } from '../records/batch-header-iat.ts'
import { fileControl } from '../records/file-control.ts'
import { fileControlAdv } from '../records/file-control-adv.ts'
import { fileHeader } from '../records/file-header.ts'
import { SEC_CODES } from '../sec-code.ts'
import type { BatchSpan } from '../structure.ts'
import {
  type AddendaJson,
  type BatchJson,
  type EntryJson,
  type FileJson,
  JSON_FORMAT,
  type RecordJson,
} from './json-shape.ts'
import { maskedFile } from './mask-file.ts'
import { recordText, recordToJson } from './record-to-json.ts'

export interface ToJsonOptions {
  /** Hides what belongs to receivers as `maskFile` does; false when left out. `fromJson` refuses it. */
  readonly masked?: boolean | undefined
}

const ENTRY = 0x36

function recordAt({ records }: AchFile, index: number): Uint8Array {
  return records.bytes.subarray(records.at(index), records.at(index) + RECORD_LENGTH)
}

function jsonAt(file: AchFile, index: number, layout: RecordLayout): RecordJson | null {
  return index < 0 ? null : recordToJson(recordAt(file, index), layout)
}

type Making = Omit<EntryJson, 'addenda'> & { addenda?: AddendaJson[] }

function* entriesOf(file: AchFile, span: BatchSpan, { secCode, isIat }: Batch): Generator<EntryJson> {
  const layout = isIat ? SEC_CODES.IAT.entry : SEC_CODES[secCode ?? 'PPD'].entry
  const context = { isIat, isMte: secCode === 'MTE' }
  let entry: Making | null = null
  for (let index = span.from; index < span.to; index++) {
    const record = recordAt(file, index)
    if (record[0] === ENTRY) {
      if (entry) yield entry
      entry = recordToJson(record, layout)
      continue
    }
    const addendaLayout = addendaLayoutAt(record, 0, context)
    const addenda: AddendaJson = addendaLayout
      ? { layout: addendaLayout.name, ...recordToJson(record, addendaLayout) }
      : { record: recordText(record) }
    if (entry) (entry.addenda ??= []).push(addenda)
  }
  if (entry) yield entry
}

type Lazy = Required<Omit<BatchJson, 'entries'>> & { readonly entries: Iterable<EntryJson> }

function* batchesOf(file: AchFile): Generator<Lazy> {
  for (const [index, span] of file.structure.batches.entries()) {
    const batch = file.batches[index]
    if (!batch) continue
    yield {
      header: jsonAt(file, span.header, batch.isIat ? batchHeaderIat : batchHeader),
      entries: entriesOf(file, span, batch),
      control: jsonAt(file, span.control, batch.isAdv ? batchControlAdv : batchControl),
    }
  }
}

function headOf(file: AchFile, masked: boolean) {
  return {
    format: JSON_FORMAT,
    ...(masked ? { masked } : {}),
    header: jsonAt(file, file.structure.header, fileHeader),
  } as const
}

function tailOf(file: AchFile) {
  const { structure, records, controlAdv } = file
  const count = records.count - structure.fillerCount
  const isUsual = structure.fillerCount === (10 - (count % 10)) % 10
  return {
    control: jsonAt(file, structure.control, controlAdv ? fileControlAdv : fileControl),
    ...(isUsual ? {} : { fillerRecords: structure.fillerCount }),
  }
}

/**
 * A file as plain JSON (reference 8.20): camelCase, integer cents, civil dates, every field of every record. Whatever
 * stands in the file comes back from `fromJson`, also what is wrong in it; line ends and damaged filler do not.
 */
export function toJson(file: AchFile, { masked = false }: ToJsonOptions = {}): FileJson {
  const shown = masked ? maskedFile(file) : file
  const batches = Array.from(batchesOf(shown), ({ header, entries, control }) => {
    return { header, entries: [...entries], control }
  })
  return { ...headOf(shown, masked), batches, ...tailOf(shown) }
}

function indented(value: unknown, indent: string): string {
  return JSON.stringify(value, null, 2).replaceAll('\n', `\n${indent}`)
}

function members(values: object, indent: string): string {
  return Object.entries(values)
    .map(([name, value]) => `${indent}"${name}": ${indented(value, indent)}`)
    .join(',\n')
}

/**
 * The text of `JSON.stringify(toJson(file, options), null, 2)`, entry by entry: for files whose JSON would not fit into
 * memory or into one string.
 */
export function* toJsonText(file: AchFile, { masked = false }: ToJsonOptions = {}): Generator<string> {
  const shown = masked ? maskedFile(file) : file
  yield `{\n${members(headOf(shown, masked), '  ')},\n  "batches": [`
  let before = '\n    {'
  for (const { header, entries, control } of batchesOf(shown)) {
    yield `${before}\n${members({ header }, '      ')},\n      "entries": [`
    let isFirst = true
    for (const entry of entries) {
      yield `${isFirst ? '' : ','}\n        ${indented(entry, '        ')}`
      isFirst = false
    }
    yield `${isFirst ? '' : '\n      '}],\n${members({ control }, '      ')}\n    }`
    before = ',\n    {'
  }
  yield `${before.startsWith(',') ? '\n  ' : ''}],\n${members(tailOf(shown), '  ')}\n}`
}
