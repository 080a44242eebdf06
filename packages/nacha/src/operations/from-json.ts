import { decodeFile } from '../decode-file.ts'
import { RECORD_LENGTH } from '../field.ts'
import type { AchFile } from '../file.ts'
import { fileControl } from '../records/file-control.ts'
import { fileControlAdv } from '../records/file-control-adv.ts'
import { fileHeader } from '../records/file-header.ts'
import { validateFile } from '../validate-file.ts'
import type { Strictness, Violation } from '../violation.ts'
import { assemble } from './assemble.ts'
import { isObject, type JsonBatch, type JsonProblem, JsonReader, readBatch } from './json-reader.ts'
import { JSON_FORMAT } from './json-shape.ts'

/** A file with all that is wrong in it; or everything in the JSON that could not be written, and no file. */
export type FromJsonResult =
  | { readonly file: AchFile; readonly problems: readonly []; readonly violations: readonly Violation[] }
  | { readonly file: null; readonly problems: readonly JsonProblem[]; readonly violations: readonly Violation[] }

/** Filler records at most; a file needs up to 9. */
const MAXIMUM_FILLER = 10_000

/** Puts the controls that were given where those that were worked out stand, and leaves out what is missing. */
function withGiven(
  worked: Uint8Array,
  batches: readonly JsonBatch[],
  parts: { header: Uint8Array | null; control: Uint8Array | null | undefined; filler: number | undefined },
): Uint8Array {
  const stride = RECORD_LENGTH + 1
  const records: Uint8Array[] = []
  const take = (index: number, given: Uint8Array | null | undefined) => {
    if (given !== null) records.push(given ?? worked.subarray(index * stride, index * stride + RECORD_LENGTH))
  }
  let index = 0
  take(index++, parts.header)
  for (const { header, entries, control } of batches) {
    take(index++, header)
    for (const { addenda } of entries) for (let left = addenda.length; left >= 0; left--) take(index++, undefined)
    take(index++, control)
  }
  take(index, parts.control)
  const filler = parts.filler ?? (10 - (records.length % 10)) % 10
  const bytes = new Uint8Array((records.length + filler) * stride).fill(0x39)
  for (const [at, record] of records.entries()) bytes.set(record, at * stride)
  for (let end = RECORD_LENGTH; end < bytes.length; end += stride) bytes[end] = 0x0a
  return bytes
}

function fillerOf(given: unknown, reader: JsonReader): number | undefined {
  if (given === undefined) return undefined
  if (typeof given === 'number' && Number.isInteger(given) && given >= 0 && given <= MAXIMUM_FILLER) return given
  reader.fault('/fillerRecords', 'expected a whole number')
  return undefined
}

/**
 * The file that `toJson` wrote. Controls that are left out are worked out; those that are given are kept, and when they are
 * wrong the violations say so: nothing is repaired. Names that are not known are refused.
 */
export function fromJson(json: unknown, validation: Strictness = {}): FromJsonResult {
  const reader = new JsonReader()
  const refused = () => ({ file: null, problems: reader.problems, violations: [] }) as const
  if (!isObject(json)) {
    reader.fault('', 'expected an object')
    return refused()
  }
  reader.names(json, '', ['format', 'masked', 'header', 'batches', 'control', 'fillerRecords'])
  if (json['format'] !== JSON_FORMAT) reader.fault('/format', `expected '${JSON_FORMAT}'`)
  if (json['masked'] !== undefined) reader.fault('/masked', 'the file is masked: its numbers are not known')
  const header = reader.record(json['header'], '/header', fileHeader)
  const batches = reader.list(json['batches'], '/batches').flatMap((each, index) => readBatch(each, index, reader))
  const isAdv = batches.length > 0 && batches.every((batch) => batch.isAdv)
  const controlLayout = isAdv ? fileControlAdv : fileControl
  const control = json['control'] === undefined ? undefined : reader.record(json['control'], '/control', controlLayout)
  const filler = fillerOf(json['fillerRecords'], reader)
  if (reader.problems.length > 0) return refused()
  const blank = new Uint8Array(RECORD_LENGTH).fill(0x20)
  const drafts = batches.map((batch) => ({ ...batch, header: batch.header ?? blank, controlText: '' }))
  const bytes = withGiven(assemble({ header: header ?? blank, batches: drafts }), batches, { header, control, filler })
  const switches = reader.isPartial
    ? [...(validation.switches ?? []), 'allowPartialFile' as const]
    : validation.switches
  const { file, violations } = decodeFile(bytes, { ...validation, switches })
  if (file) return { file, problems: [], violations: validateFile(file, { ...validation, switches }) }
  reader.fault('', 'the records do not follow each other as in a file: its violations say where')
  return { file: null, problems: reader.problems, violations }
}
