import { type Category, categoryOf } from '../addenda-kind.ts'
import { RECORD_LENGTH, type RecordLayout } from '../field.ts'
import type { AchFile } from '../file.ts'
import { batchControl } from '../records/batch-control.ts'
import { batchControlAdv } from '../records/batch-control-adv.ts'
import { SEC_CODES, type SecCode } from '../sec-code.ts'
import type { BatchSpan } from '../structure.ts'
import type { EntryPlace, Problems } from './problem.ts'
import { textOf } from './record-edit.ts'

const ENTRY = 0x36

/** An entry and its addenda as the bytes of their records. Records are never changed in place: `edited` copies them. */
export interface EntryDraft {
  readonly record: Uint8Array
  readonly addenda: readonly Uint8Array[]
  readonly place: EntryPlace
}

/** A batch without its control, which is worked out from the entries. */
export interface BatchDraft {
  readonly secCode: SecCode
  readonly isIat: boolean
  readonly isAdv: boolean
  readonly header: Uint8Array
  readonly entries: readonly EntryDraft[]
  /** What the control holds that cannot be worked out: the authentication code; in ADV the Operator's data. */
  readonly controlText: string
}

export interface FileDraft {
  readonly header: Uint8Array
  readonly batches: readonly BatchDraft[]
}

/** The table of the entries of a batch. */
export function entryLayoutOf({ secCode, isIat }: Pick<BatchDraft, 'secCode' | 'isIat'>): RecordLayout {
  return isIat ? SEC_CODES.IAT.entry : SEC_CODES[secCode].entry
}

/** A payment, or what a bank says about one. */
export function categoryOfDraft({ addenda }: EntryDraft): Category {
  for (const record of addenda) {
    const category = categoryOf(record, 0)
    if (category !== 'forward') return category
  }
  return 'forward'
}

function entriesOf({ records }: AchFile, span: BatchSpan, file: number, batch: number): EntryDraft[] {
  const entries: { record: Uint8Array; addenda: Uint8Array[]; place: EntryPlace }[] = []
  for (let index = span.from; index < span.to; index++) {
    const at = records.at(index)
    const record = records.bytes.subarray(at, at + RECORD_LENGTH)
    if (records.type(index) === ENTRY)
      entries.push({ record, addenda: [], place: { file, batch, entry: entries.length } })
    else entries.at(-1)?.addenda.push(record)
  }
  return entries
}

/** The records of a whole file, to work on; null when something is missing or not known, which is then a problem. */
export function draftOf(file: AchFile, problems: Problems, fileIndex = 0): FileDraft | null {
  const { records, structure } = file
  const before = problems.list.length
  const place = { file: fileIndex }
  const recordAt = (index: number) => records.bytes.subarray(records.at(index), records.at(index) + RECORD_LENGTH)
  if (structure.header < 0 || structure.control < 0) {
    problems.add('file.partial', 'The file has no header or no control', place)
    return null
  }
  const batches: BatchDraft[] = []
  for (const [index, span] of structure.batches.entries()) {
    const { secCode, isIat, isAdv } = file.batches[index] ?? { secCode: null, isIat: false, isAdv: false }
    const at = { ...place, batch: index }
    if (span.header < 0 || span.control < 0) problems.add('file.partial', 'The batch has no header or no control', at)
    else if (secCode === null) problems.add('batch.sec_unknown', 'The batch has no SEC code that Nacha defines', at)
    else {
      const text = isAdv ? batchControlAdv.field.achOperatorData : batchControl.field.messageAuthenticationCode
      const controlText = textOf(recordAt(span.control), text)
      const entries = entriesOf(file, span, fileIndex, index)
      batches.push({ secCode, isIat, isAdv, header: recordAt(span.header), entries, controlText })
    }
  }
  return problems.list.length > before ? null : { header: recordAt(structure.header), batches }
}
