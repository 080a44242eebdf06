import type { RecordLayout } from './field.ts'
import { digitsAt } from './read-field.ts'
import { addenda02, addenda02Mte } from './records/addenda-02.ts'
import { addenda05 } from './records/addenda-05.ts'
import { addenda10 } from './records/addenda-10.ts'
import { addenda11 } from './records/addenda-11.ts'
import { addenda12 } from './records/addenda-12.ts'
import { addenda13 } from './records/addenda-13.ts'
import { addenda14 } from './records/addenda-14.ts'
import { addenda15 } from './records/addenda-15.ts'
import { addenda16 } from './records/addenda-16.ts'
import { addenda17 } from './records/addenda-17.ts'
import { addenda18 } from './records/addenda-18.ts'
import { addenda98, addenda98Iat, addenda98Refused } from './records/addenda-98.ts'
import { addenda99, addenda99Contested, addenda99Dishonored, addenda99Iat } from './records/addenda-99.ts'

/** What an entry is: a payment, or what a bank says about one. */
export type Category = 'forward' | 'return' | 'dishonored' | 'contested' | 'noc' | 'refusedNoc'

/** What the type of an addenda depends on beside its own bytes. */
export interface AddendaContext {
  readonly isIat: boolean
  readonly isMte: boolean
}

const C = 0x43
const R = 0x52

/** Type of the addenda at `at` as a number, 0 to 99; -1 when it is none. */
export function addendaTypeAt(bytes: Uint8Array, at: number): number {
  return digitsAt(bytes, at + 1, 2)
}

/** The two digits of the code in positions 4 to 6 when its letter is `letter`, also in lower case; -1 otherwise. */
function codeAt(bytes: Uint8Array, at: number, letter: number): number {
  const found = (bytes[at + 3] ?? 0) & ~0x20
  return found === letter ? digitsAt(bytes, at + 4, 2) : -1
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

const BY_TYPE: Readonly<Record<number, RecordLayout>> = {
  5: addenda05,
  10: addenda10,
  11: addenda11,
  12: addenda12,
  13: addenda13,
  14: addenda14,
  15: addenda15,
  16: addenda16,
  17: addenda17,
  18: addenda18,
}

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
  return OF_CATEGORY[category] ?? BY_TYPE[type] ?? null
}
