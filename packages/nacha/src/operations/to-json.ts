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

function entriesOf(file: AchFile, span: BatchSpan, { secCode, isIat }: Batch): EntryJson[] {
  const layout = isIat ? SEC_CODES.IAT.entry : SEC_CODES[secCode ?? 'PPD'].entry
  const context = { isIat, isMte: secCode === 'MTE' }
  const entries: Making[] = []
  for (let index = span.from; index < span.to; index++) {
    const record = recordAt(file, index)
    if (record[0] === ENTRY) {
      entries.push(recordToJson(record, layout))
      continue
    }
    const entry = entries.at(-1)
    const addendaLayout = addendaLayoutAt(record, 0, context)
    const addenda: AddendaJson = addendaLayout
      ? { layout: addendaLayout.name, ...recordToJson(record, addendaLayout) }
      : { record: recordText(record) }
    if (entry) (entry.addenda ??= []).push(addenda)
  }
  return entries
}

function batchToJson(file: AchFile, batch: Batch, span: BatchSpan): BatchJson {
  return {
    header: jsonAt(file, span.header, batch.isIat ? batchHeaderIat : batchHeader),
    entries: entriesOf(file, span, batch),
    control: jsonAt(file, span.control, batch.isAdv ? batchControlAdv : batchControl),
  }
}

/**
 * A file as plain JSON (reference 8.20): camelCase, integer cents, civil dates, every field of every record. Whatever
 * stands in the file comes back from `fromJson`, also what is wrong in it; line ends and damaged filler do not.
 */
export function toJson(file: AchFile, { masked = false }: ToJsonOptions = {}): FileJson {
  const shown = masked ? maskedFile(file) : file
  const { structure, batches, controlAdv } = shown
  const count = shown.records.count - structure.fillerCount
  const isUsual = structure.fillerCount === (10 - (count % 10)) % 10
  return {
    format: JSON_FORMAT,
    ...(masked ? { masked } : {}),
    header: jsonAt(shown, structure.header, fileHeader),
    batches: structure.batches.flatMap((span, index) => {
      const batch = batches[index]
      return batch ? [batchToJson(shown, batch, span)] : []
    }),
    control: jsonAt(shown, structure.control, controlAdv ? fileControlAdv : fileControl),
    ...(isUsual ? {} : { fillerRecords: structure.fillerCount }),
  }
}
