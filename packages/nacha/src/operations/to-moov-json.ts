import { addendaLayoutAt, addendaTypeAt, type Category, categoryOf } from '../addenda-kind.ts'
import { RECORD_LENGTH, type RecordLayout } from '../field.ts'
import type { AchFile, Batch } from '../file.ts'
import { ADDENDA_LAYOUTS } from '../layouts.ts'
import { batchControl } from '../records/batch-control.ts'
import { batchControlAdv } from '../records/batch-control-adv.ts'
import { batchHeader } from '../records/batch-header.ts'
import { batchHeaderIat } from '../records/batch-header-iat.ts'
import { fileControl } from '../records/file-control.ts'
import { fileControlAdv } from '../records/file-control-adv.ts'
import { fileHeader } from '../records/file-header.ts'
import { type JsonPart, jsonPieces } from './json-pieces.ts'
import { maskedFile } from './mask-file.ts'
import { recordToMoov } from './moov-record.ts'
import { MOOV_CATEGORIES, type MoovForm, moovForm } from './moov-shape.ts'
import { recordText } from './record-to-json.ts'
import type { ToJsonOptions } from './to-json.ts'

const ENTRY = 0x36

function recordAt({ records }: AchFile, index: number): Uint8Array {
  return records.bytes.subarray(records.at(index), records.at(index) + RECORD_LENGTH)
}

function recordJson(file: AchFile, index: number, layout: RecordLayout): JsonPart {
  return index < 0 ? null : recordToMoov(recordAt(file, index), layout)
}

/** IAT has one member for all that returns an entry: its text takes what tells them apart. */
function layoutOf(record: Uint8Array, { isIat }: MoovForm): RecordLayout | null {
  if (isIat && addendaTypeAt(record, 0) === 99) return ADDENDA_LAYOUTS.addenda99
  return addendaLayoutAt(record, 0, { isIat, isMte: false })
}

function categoryIn(addenda: readonly Uint8Array[], { isIat }: MoovForm): Category {
  const found = addenda.map((record) => categoryOf(record, 0)).find((category) => category !== 'forward') ?? 'forward'
  return isIat && (found === 'dishonored' || found === 'contested') ? 'return' : found
}

function entryJson(record: Uint8Array, addenda: readonly Uint8Array[], form: MoovForm): JsonPart {
  const members: Record<string, JsonPart> = recordToMoov(record, form.layout)
  for (const { member, layout, isList } of form.slots) {
    const found = addenda.filter((each) => layoutOf(each, form) === layout).map((each) => recordToMoov(each, layout))
    const [only] = found
    if (only) members[member] = isList || found.length > 1 ? found : only
  }
  const others = addenda.filter((each) => !form.slots.some(({ layout }) => layout === layoutOf(each, form)))
  if (others.length > 0) members['addenda'] = others.map((each) => recordText(each))
  members['category'] = MOOV_CATEGORIES[categoryIn(addenda, form)]
  return members
}

function* entriesOf(file: AchFile, index: number, form: MoovForm): Generator<JsonPart> {
  const { from, to } = file.structure.batches[index] ?? { from: 0, to: 0 }
  let next = from
  while (next < to) {
    const entry = recordAt(file, next++)
    const addenda: Uint8Array[] = []
    while (next < to && file.records.type(next) !== ENTRY) addenda.push(recordAt(file, next++))
    yield entryJson(entry, addenda, form)
  }
}

function batchJson(file: AchFile, index: number, { secCode, isIat, isAdv }: Batch): JsonPart {
  const form = moovForm(secCode, isIat)
  const { header, control } = file.structure.batches[index] ?? { header: -1, control: -1 }
  const entries = () => entriesOf(file, index, form)
  if (isIat) {
    return {
      IATBatchHeader: recordJson(file, header, batchHeaderIat),
      [form.entries]: entries,
      batchControl: recordJson(file, control, batchControl),
    }
  }
  const controls = isAdv
    ? { advBatchControl: recordJson(file, control, batchControlAdv) }
    : { batchControl: recordJson(file, control, batchControl) }
  return { batchHeader: recordJson(file, header, batchHeader), [form.entries]: entries, ...controls, offset: null }
}

/** A batch counts as what its first entry that is no payment says. */
function isOf(categories: readonly Category[]): (batch: Batch) => boolean {
  return ({ entries, isIat }) => {
    if (isIat) return false
    for (const { category } of entries) {
      if (category === 'return' || category === 'noc' || category === 'refusedNoc') return categories.includes(category)
    }
    return false
  }
}

/** The text of `toMoovJson`, piece by piece: for files whose JSON would not fit into one string. */
export function* toMoovJsonText(file: AchFile, { masked = false }: ToJsonOptions = {}): Generator<string> {
  const shown = masked ? maskedFile(file) : file
  const { header, control } = shown.structure
  const batches = (isWanted: (batch: Batch) => boolean) =>
    function* (): Generator<JsonPart> {
      for (const [index, batch] of shown.batches.entries()) if (isWanted(batch)) yield batchJson(shown, index, batch)
    }
  const controls = shown.controlAdv
    ? { fileADVControl: recordJson(shown, control, fileControlAdv) }
    : { fileControl: recordJson(shown, control, fileControl) }
  yield* jsonPieces({
    ...(masked ? { masked } : {}),
    fileHeader: recordJson(shown, header, fileHeader),
    batches: batches(({ isIat }) => !isIat),
    IATBatches: batches(({ isIat }) => isIat),
    ...controls,
    NotificationOfChange: batches(isOf(['noc', 'refusedNoc'])),
    ReturnEntries: batches(isOf(['return'])),
    validateOpts: null,
  })
}

/**
 * A file in the JSON form of moov-io/ach, version 1 (reference 8.20): integer cents, dates as in the file (YYMMDD), no ids.
 * `fromMoovJson` makes the same bytes again of a file that is in order; docs/nacha/json.md says what the form cannot hold.
 */
export function toMoovJson(file: AchFile, options: ToJsonOptions = {}): string {
  return [...toMoovJsonText(file, options)].join('')
}
