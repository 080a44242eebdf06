import type { RecordLayout } from './field.ts'
import { ADDENDA_LAYOUTS } from './layouts.ts'

/** What an entry is: a payment, or what a bank says about one. */
export type Category = 'forward' | 'return' | 'dishonored' | 'contested' | 'noc' | 'refusedNoc'

/** What the type of an addenda depends on beside its own bytes. */
export interface AddendaContext {
  readonly isIat: boolean
  readonly isMte: boolean
}

const ZERO = 0x30
const C = 0x43
const R = 0x52

/** Type of the addenda at `at` as a number, 0 to 99; -1 when it is none. */
export function addendaTypeAt(bytes: Uint8Array, at: number): number {
  const tens = (bytes[at + 1] ?? 0) - ZERO
  const ones = (bytes[at + 2] ?? 0) - ZERO
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : -1
}

/** The two digits of the code in positions 4 to 6 when its letter is `letter`; -1 otherwise. */
function codeAt(bytes: Uint8Array, at: number, letter: number): number {
  if (bytes[at + 3] !== letter && bytes[at + 3] !== letter + 0x20) return -1
  const tens = (bytes[at + 4] ?? 0) - ZERO
  const ones = (bytes[at + 5] ?? 0) - ZERO
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : -1
}

/** What an addenda makes of its entry: the code in positions 4 to 6 tells the kinds of 98 and 99 apart. */
export function categoryOf(bytes: Uint8Array, at: number): Category {
  const type = addendaTypeAt(bytes, at)
  if (type === 98) {
    const code = codeAt(bytes, at, C)
    return code >= 61 && code <= 69 ? 'refusedNoc' : 'noc'
  }
  if (type !== 99) return 'forward'
  const code = codeAt(bytes, at, R)
  if (code >= 71 && code <= 77) return 'contested'
  // R63 to R66 are dishonor codes that are no longer used.
  return code >= 61 && code <= 70 ? 'dishonored' : 'return'
}

const {
  addenda02,
  addenda02Mte,
  addenda98,
  addenda98Iat,
  addenda98Refused,
  addenda99,
  addenda99Iat,
  addenda99Contested,
  addenda99Dishonored,
} = ADDENDA_LAYOUTS

const BY_TYPE: ReadonlyMap<number, RecordLayout> = new Map<number, RecordLayout>([
  [5, ADDENDA_LAYOUTS.addenda05],
  [10, ADDENDA_LAYOUTS.addenda10],
  [11, ADDENDA_LAYOUTS.addenda11],
  [12, ADDENDA_LAYOUTS.addenda12],
  [13, ADDENDA_LAYOUTS.addenda13],
  [14, ADDENDA_LAYOUTS.addenda14],
  [15, ADDENDA_LAYOUTS.addenda15],
  [16, ADDENDA_LAYOUTS.addenda16],
  [17, ADDENDA_LAYOUTS.addenda17],
  [18, ADDENDA_LAYOUTS.addenda18],
])

const OF_CATEGORY: Readonly<Record<Category, RecordLayout | null>> = {
  forward: null,
  return: addenda99,
  dishonored: addenda99Dishonored,
  contested: addenda99Contested,
  noc: addenda98,
  refusedNoc: addenda98Refused,
}

/** The table of the addenda at `at`; null for a type that Nacha does not define. */
export function addendaLayoutAt(bytes: Uint8Array, at: number, { isIat, isMte }: AddendaContext): RecordLayout | null {
  const type = addendaTypeAt(bytes, at)
  if (type === 2) return isMte ? addenda02Mte : addenda02
  const category = categoryOf(bytes, at)
  if (isIat && category === 'return') return addenda99Iat
  if (isIat && category === 'noc') return addenda98Iat
  return OF_CATEGORY[category] ?? BY_TYPE.get(type) ?? null
}
