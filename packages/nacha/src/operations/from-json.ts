import { fileControl } from '../records/file-control.ts'
import { fileControlAdv } from '../records/file-control-adv.ts'
import { fileHeader } from '../records/file-header.ts'
import type { Strictness } from '../violation.ts'
import { type FromJsonResult, fileOfJson } from './file-of-json.ts'
import { isObject, JsonReader, readBatch } from './json-reader.ts'
import { JSON_FORMAT } from './json-shape.ts'

/** Filler records at most; a file needs up to 9. */
const MAXIMUM_FILLER = 10_000

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
  if (!isObject(json)) {
    reader.fault('', 'expected an object')
    return { file: null, problems: reader.problems, violations: [] }
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
  return fileOfJson({ header, batches, control, filler }, reader, validation)
}
