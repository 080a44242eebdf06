import { decodeFile } from '../decode-file.ts'
import { RECORD_LENGTH } from '../field.ts'
import type { AchFile } from '../file.ts'
import { validateFile } from '../validate-file.ts'
import type { Strictness, Violation } from '../violation.ts'
import { assemble } from './assemble.ts'
import type { JsonBatch, JsonProblem, JsonReader } from './json-reader.ts'

/** A file with all that is wrong in it; or everything in the JSON that could not be written, and no file. */
export type FromJsonResult =
  | { readonly file: AchFile; readonly problems: readonly []; readonly violations: readonly Violation[] }
  | { readonly file: null; readonly problems: readonly JsonProblem[]; readonly violations: readonly Violation[] }

/** The records that JSON gave: null for one that the file does not have, undefined for one to be worked out. */
export interface JsonParts {
  readonly header: Uint8Array | null
  readonly batches: readonly JsonBatch[]
  readonly control: Uint8Array | null | undefined
  readonly filler: number | undefined
}

/** Puts the controls that were given where those that were worked out stand, and leaves out what is missing. */
function withGiven(worked: Uint8Array, { header, batches, control, filler: wanted }: JsonParts): Uint8Array {
  const stride = RECORD_LENGTH + 1
  const records: Uint8Array[] = []
  const take = (index: number, given: Uint8Array | null | undefined) => {
    if (given !== null) records.push(given ?? worked.subarray(index * stride, index * stride + RECORD_LENGTH))
  }
  let index = 0
  take(index++, header)
  for (const batch of batches) {
    take(index++, batch.header)
    for (const { addenda } of batch.entries) for (let left = addenda.length; left >= 0; left--) take(index++, undefined)
    take(index++, batch.control)
  }
  take(index, control)
  const filler = wanted ?? (10 - (records.length % 10)) % 10
  const bytes = new Uint8Array((records.length + filler) * stride).fill(0x39)
  for (const [at, record] of records.entries()) bytes.set(record, at * stride)
  for (let end = RECORD_LENGTH; end < bytes.length; end += stride) bytes[end] = 0x0a
  return bytes
}

/** The file of what a reader read, checked; none when it found a problem. */
export function fileOfJson(parts: JsonParts, reader: JsonReader, validation: Strictness): FromJsonResult {
  if (reader.problems.length > 0) return { file: null, problems: reader.problems, violations: [] }
  const blank = new Uint8Array(RECORD_LENGTH).fill(0x20)
  const drafts = parts.batches.map((batch) => ({ ...batch, header: batch.header ?? blank, controlText: '' }))
  const bytes = withGiven(assemble({ header: parts.header ?? blank, batches: drafts }), parts)
  const switches = reader.isPartial
    ? [...(validation.switches ?? []), 'allowPartialFile' as const]
    : validation.switches
  const { file, violations } = decodeFile(bytes, { ...validation, switches })
  if (file) return { file, problems: [], violations: validateFile(file, { ...validation, switches }) }
  reader.fault('', 'the records do not follow each other as in a file: its violations say where')
  return { file: null, problems: reader.problems, violations }
}
