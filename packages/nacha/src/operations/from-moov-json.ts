import { fileControl } from '../records/file-control.ts'
import { fileControlAdv } from '../records/file-control-adv.ts'
import { fileHeader } from '../records/file-header.ts'
import { SWITCH_PATTERNS, type SwitchName } from '../switches.ts'
import type { Strictness } from '../violation.ts'
import { type FromJsonResult, fileOfJson } from './file-of-json.ts'
import { isObject } from './json-reader.ts'
import type { MoovMembers } from './moov-members.ts'
import { type MoovBatch, readMoovBatch } from './moov-batch.ts'
import { MoovReader } from './moov-reader.ts'

/** A file, or what stands in its way, as `fromJson` has it. */
export type FromMoovJsonResult = FromJsonResult & {
  /** JSON pointers to members that are not known, 1,000 at most: they are not in the file. */
  readonly ignored: readonly string[]
  /** What `validateOpts` asks for. It is not applied: who reads the file decides what he lets pass. */
  readonly switches: readonly SwitchName[]
}

/** JSON with whole numbers that no number holds exactly as bigint, where the engine tells their digits. */
function parsed(text: string): unknown {
  if (!/\d{16}/.test(text)) return JSON.parse(text)
  return JSON.parse(text, (_, value: unknown, context?: { source?: string }) => {
    const isInexact = typeof value === 'number' && !Number.isSafeInteger(value)
    return isInexact && /^\d+$/.test(context?.source ?? '') ? BigInt(context?.source ?? '') : value
  })
}

function jsonOf(text: string, reader: MoovReader): unknown {
  try {
    return parsed(text)
  } catch {
    // What JSON.parse says of a bad text repeats it.
    reader.fault('', 'is no JSON, or too deep')
    return null
  }
}

function switchesOf(given: unknown, reader: MoovReader): SwitchName[] {
  if (given === undefined || given === null) return []
  if (!isObject(given)) reader.fault('/validateOpts', 'expected an object')
  const asked = Object.entries(isObject(given) ? given : {}).filter(([, value]) => value !== false && value !== null)
  return asked.flatMap(([name]) => {
    if (Object.hasOwn(SWITCH_PATTERNS, name)) return [name as SwitchName]
    reader.ignore(`/validateOpts/${name}`)
    return []
  })
}

function batchesOf(root: MoovMembers, reader: MoovReader): MoovBatch[] {
  const usual = reader.items(root.get('batches'), '/batches')
  const iat = reader.items(root.get('IATBatches'), '/IATBatches')
  const read = (items: typeof usual, isIat: boolean, before: number) =>
    items.flatMap((item, index) => readMoovBatch(item, isIat, before + index, reader) ?? [])
  const [others, international] = [read(usual, false, 0), read(iat, true, usual.length)]
  const merged: MoovBatch[] = []
  let next = 0
  for (const each of international) {
    for (let other = others[next]; other && !(each.batchNumber < other.batchNumber); other = others[++next]) {
      merged.push(other)
    }
    merged.push(each)
  }
  return [...merged, ...others.slice(next)]
}

function read(json: unknown, reader: MoovReader, validation: Strictness): FromMoovJsonResult {
  const refused = () => ({ file: null, problems: reader.problems, violations: [], switches: [], ignored: [] }) as const
  if (reader.problems.length > 0) return refused()
  const root = reader.members(json, '')
  if (!root) return refused()
  if (root.get('masked') !== undefined) reader.fault('/masked', 'the file is masked: its numbers are not known')
  const header = reader.header(root.get('fileHeader'), '/fileHeader', fileHeader)
  const batches = batchesOf(root, reader)
  const isAdv = batches.length > 0 && batches.every((batch) => batch.isAdv)
  const advName = root.get('fileADVControl') === undefined ? 'advFileControl' : 'fileADVControl'
  const [name, layout] = isAdv ? [advName, fileControlAdv] : ['fileControl', fileControl]
  const control = reader.control(root.get(name), `/${name}`, layout)
  const switches = switchesOf(root.get('validateOpts'), reader)
  // Of no use: the controls of the other kind of file, and lists that repeat batches.
  for (const idle of ['fileControl', 'advFileControl', 'NotificationOfChange', 'ReturnEntries']) root.get(idle)
  reader.rest(root, '')
  const result = fileOfJson({ header, batches, control, filler: undefined }, reader, validation)
  return { ...result, switches, ignored: reader.ignored }
}

/**
 * Reads the JSON form of moov-io/ach, version 1 (reference 8.20). Controls, batch numbers, trace numbers and addenda counts
 * that are left out are worked out; what is given is kept, and when it is wrong the violations say so: nothing is repaired.
 * @returns the file with its violations; or problems with JSON pointers, all at once and without the values, and no file
 */
export function fromMoovJson(text: string, validation: Strictness = {}): FromMoovJsonResult {
  const reader = new MoovReader()
  return read(jsonOf(text, reader), reader, validation)
}
