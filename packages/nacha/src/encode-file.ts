import { RECORD_LENGTH } from './field.ts'
import type { AchFile } from './file.ts'
import type { Records } from './records.ts'

export type LineEnding = '\n' | '\r\n' | ''

/** How a bank wants its files. */
export interface EncodeOptions {
  /** LF when left out. */
  readonly lineEnding?: LineEnding | undefined
  /** Whether the last record is followed by a line end, too; true when left out. */
  readonly hasFinalLineEnding?: boolean | undefined
  /**
   * True: filler completes the last block of ten records, whatever the file has. False: no filler. Left out: filler as
   * the file has it; built files are filled.
   */
  readonly isBlocked?: boolean | undefined
}

const NINE = 0x39
/** Records in a piece of `encodeStream`: about 100 kB. */
const PIECE = 1_024

interface Plan {
  readonly records: Records
  /** Records that are written from the file; the others are filler. */
  readonly kept: number
  readonly count: number
  readonly ending: LineEnding
  readonly hasFinal: boolean
}

function planOf({ records, structure }: AchFile, options: EncodeOptions): Plan {
  const { lineEnding: ending = '\n', hasFinalLineEnding: hasFinal = true, isBlocked } = options
  const isAsItIs = isBlocked === undefined || structure.control < 0
  const kept = isAsItIs ? records.count : structure.control + 1
  const count = isAsItIs || !isBlocked ? kept : Math.ceil(kept / 10) * 10
  return { records, kept, count, ending, hasFinal }
}

/** The bytes of the records from `from` to `to`. */
function encoded({ records, kept, count, ending, hasFinal }: Plan, from: number, to: number): Uint8Array {
  const stride = RECORD_LENGTH + ending.length
  const isOpen = to === count && !hasFinal
  const target = new Uint8Array((to - from) * stride - (isOpen ? ending.length : 0))
  const first = ending.charCodeAt(0)
  for (let index = from; index < to; index++) {
    const at = (index - from) * stride
    if (index < kept) {
      const source = records.at(index)
      for (let place = 0; place < RECORD_LENGTH; place++) target[at + place] = records.bytes[source + place] ?? 0
    } else target.fill(NINE, at, at + RECORD_LENGTH)
    // Past the end of the array nothing is written: the last line end of an open file.
    if (ending.length > 0) target[at + RECORD_LENGTH] = first
    if (ending.length > 1) target[at + RECORD_LENGTH + 1] = 0x0a
  }
  return target
}

/** The bytes of a file, one per character: every record and its line end. */
export function encodeFile(file: AchFile, options: EncodeOptions = {}): Uint8Array {
  const plan = planOf(file, options)
  return encoded(plan, 0, plan.count)
}

/** The same bytes in pieces of about 100 kB, for a stream that takes them at its own pace. */
export function* encodeStream(file: AchFile, options: EncodeOptions = {}): Generator<Uint8Array, void, undefined> {
  const plan = planOf(file, options)
  for (let from = 0; from < plan.count; from += PIECE) yield encoded(plan, from, Math.min(from + PIECE, plan.count))
}
