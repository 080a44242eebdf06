import type { RecordLayout } from './field.ts'
import { entryAcknowledgment } from './records/entry-acknowledgment.ts'
import { entryAddendaCount } from './records/entry-addenda-count.ts'
import { entryAdv } from './records/entry-adv.ts'
import { entryAtx } from './records/entry-atx.ts'
import { entryCheck } from './records/entry-check.ts'
import { entryDetail } from './records/entry-detail.ts'
import { entryIat } from './records/entry-iat.ts'
import { entryPaymentType } from './records/entry-payment-type.ts'
import { entryPop } from './records/entry-pop.ts'
import { entryPos } from './records/entry-pos.ts'
import { entryShr } from './records/entry-shr.ts'
import { entrySwapped } from './records/entry-swapped.ts'
import { entryTruncatedCheck } from './records/entry-truncated-check.ts'

/** What sets one SEC code apart from another (reference 2). What it also demands is in `validate/sec/`. */
export interface SecTraits<Layout extends RecordLayout = RecordLayout> {
  readonly allowsCredits: boolean
  readonly allowsDebits: boolean
  /** Prenote codes 23, 28, 33, 38, 43, 48, 53. */
  readonly allowsPrenotes: boolean
  /** Zero-dollar codes 24, 29, 34, 39 and for CCD and CTX also 44, 49, 54: remittance information without money. */
  readonly allowsZeroDollar: boolean
  /** The only codes of forward entries, where no money moves or the code table is not the common one. */
  readonly onlyCodes: readonly number[] | null
  readonly entry: Layout
  /** The addenda type of forward entries; null where none may follow, or where several types do (IAT). */
  readonly addendaType: '02' | '05' | '98' | null
  readonly minimumAddenda: number
  readonly maximumAddenda: number
  /** Mandatory: the Operator refuses an entry without name; required: the receiving bank may. */
  readonly name: 'mandatory' | 'required' | 'optional'
}

/**
 * A row of the table. `marks` are letters: c and d for credits and debits, p for prenotes, z for zero-dollar entries;
 * the name is mandatory with m, optional with o, else required.
 */
function row<Layout extends RecordLayout>(
  marks: string,
  entry: Layout,
  addendaType: SecTraits['addendaType'] = null,
  minimumAddenda = 0,
  maximumAddenda = 0,
  onlyCodes: readonly number[] | null = null,
): SecTraits<Layout> {
  const has = (mark: string) => marks.includes(mark)
  return {
    allowsCredits: has('c'),
    allowsDebits: has('d'),
    allowsPrenotes: has('p'),
    allowsZeroDollar: has('z'),
    onlyCodes,
    entry,
    addendaType,
    minimumAddenda,
    maximumAddenda,
    name: has('m') ? 'mandatory' : has('o') ? 'optional' : 'required',
  }
}

/** Addenda counts go to 9,999 in the format. */
const MANY = 9_999

/** Every standard entry class code, without its words (`SEC_CODES`): a validator does not need them. */
export const SEC_TRAITS = {
  ACK: row('c', entryAcknowledgment, '05', 0, 1, [24, 34]),
  ADV: row('cd', entryAdv, null, 0, 0, [81, 82, 83, 84, 85, 86, 87, 88]),
  ARC: row('do', entryCheck),
  ATX: row('c', entryAtx, '05', 0, 1, [24, 34]),
  BOC: row('do', entryCheck),
  CCD: row('cdpz', entryDetail, '05', 0, 1),
  CIE: row('cp', entrySwapped, '05', 0, 1),
  COR: row('cdo', entryDetail, '98', 1, 1, [21, 26, 31, 36, 41, 46, 51, 56]),
  CTX: row('cdpz', entryAddendaCount, '05', 0, MANY),
  DNE: row('c', entryDetail, '05', 1, 1, [23, 33]),
  ENR: row('c', entryAddendaCount, '05', 1, MANY, [23, 33]),
  IAT: row('cdpzo', entryIat),
  MTE: row('cdpm', entrySwapped, '02', 1, 1),
  POP: row('do', entryPop),
  POS: row('cdp', entryPos, '02', 1, 1),
  PPD: row('cdp', entryDetail, '05', 0, 1),
  RCK: row('d', entryCheck),
  SHR: row('cdpo', entryShr, '02', 1, 1),
  TEL: row('dpm', entryPaymentType),
  TRC: row('do', entryTruncatedCheck),
  TRX: row('d', entryAddendaCount, '05', 1, MANY),
  WEB: row('cdpm', entryPaymentType, '05', 0, 1),
  XCK: row('do', entryTruncatedCheck),
} as const

export type SecCode = keyof typeof SEC_TRAITS

export function isSecCode(text: string): text is SecCode {
  return Object.hasOwn(SEC_TRAITS, text)
}
