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

type Direction = 'credits' | 'debits' | 'both'

interface Traits {
  only?: readonly number[]
  addenda?: readonly ['02' | '05' | '98', number, number]
  prenotes?: boolean
  zeroDollar?: boolean
  name?: SecTraits['name']
}

function row<Layout extends RecordLayout>(direction: Direction, entry: Layout, traits: Traits = {}): SecTraits<Layout> {
  const {
    only = null,
    addenda = [null, 0, 0],
    prenotes = only === null,
    zeroDollar = false,
    name = 'required',
  } = traits
  return {
    allowsCredits: direction !== 'debits',
    allowsDebits: direction !== 'credits',
    allowsPrenotes: prenotes,
    allowsZeroDollar: zeroDollar,
    onlyCodes: only,
    entry,
    addendaType: addenda[0],
    minimumAddenda: addenda[1],
    maximumAddenda: addenda[2],
    name,
  }
}

/** Addenda counts go to 9,999 in the format. */
const MANY = 9_999
const RETURN_CODES = [21, 26, 31, 36, 41, 46, 51, 56]

/** Every standard entry class code, without its words (`SEC_CODES`): a validator does not need them. */
export const SEC_TRAITS = {
  ACK: row('credits', entryAcknowledgment, {
    only: [24, 34],
    addenda: ['05', 0, 1],
  }),
  ADV: row('both', entryAdv, {
    only: [81, 82, 83, 84, 85, 86, 87, 88],
  }),
  ARC: row('debits', entryCheck, { prenotes: false, name: 'optional' }),
  ATX: row('credits', entryAtx, {
    only: [24, 34],
    addenda: ['05', 0, 1],
  }),
  BOC: row('debits', entryCheck, {
    prenotes: false,
    name: 'optional',
  }),
  CCD: row('both', entryDetail, {
    addenda: ['05', 0, 1],
    zeroDollar: true,
  }),
  CIE: row('credits', entrySwapped, { addenda: ['05', 0, 1] }),
  COR: row('both', entryDetail, {
    only: RETURN_CODES,
    addenda: ['98', 1, 1],
    name: 'optional',
  }),
  CTX: row('both', entryAddendaCount, {
    addenda: ['05', 0, MANY],
    zeroDollar: true,
  }),
  DNE: row('credits', entryDetail, {
    only: [23, 33],
    addenda: ['05', 1, 1],
  }),
  ENR: row('credits', entryAddendaCount, {
    only: [23, 33],
    addenda: ['05', 1, MANY],
  }),
  IAT: row('both', entryIat, { zeroDollar: true, name: 'optional' }),
  MTE: row('both', entrySwapped, { addenda: ['02', 1, 1], name: 'mandatory' }),
  POP: row('debits', entryPop, {
    prenotes: false,
    name: 'optional',
  }),
  POS: row('both', entryPos, { addenda: ['02', 1, 1] }),
  PPD: row('both', entryDetail, { addenda: ['05', 0, 1] }),
  RCK: row('debits', entryCheck, { prenotes: false }),
  SHR: row('both', entryShr, {
    addenda: ['02', 1, 1],
    name: 'optional',
  }),
  TEL: row('debits', entryPaymentType, { name: 'mandatory' }),
  TRC: row('debits', entryTruncatedCheck, { prenotes: false, name: 'optional' }),
  TRX: row('debits', entryAddendaCount, {
    addenda: ['05', 1, MANY],
    prenotes: false,
  }),
  WEB: row('both', entryPaymentType, {
    addenda: ['05', 0, 1],
    name: 'mandatory',
  }),
  XCK: row('debits', entryTruncatedCheck, { prenotes: false, name: 'optional' }),
} as const

export type SecCode = keyof typeof SEC_TRAITS

export function isSecCode(text: string): text is SecCode {
  return Object.hasOwn(SEC_TRAITS, text)
}
