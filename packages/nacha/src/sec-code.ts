import type { RecordLayout } from './field.ts'
import { ENTRY_LAYOUTS, type EntryLayoutName } from './layouts.ts'

/** What sets one SEC code apart from another (reference 2). What it also demands is in `validate/sec/`. */
export interface SecCodeRow<Layout extends RecordLayout = RecordLayout> {
  readonly meaning: string
  readonly receiver: 'consumer' | 'corporate' | 'agency' | 'bank' | 'any'
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
  name?: SecCodeRow['name']
}

function row<Layout extends EntryLayoutName>(
  meaning: string,
  receiver: SecCodeRow['receiver'],
  direction: Direction,
  layout: Layout,
  traits: Traits = {},
): SecCodeRow<(typeof ENTRY_LAYOUTS)[Layout]> {
  const {
    only = null,
    addenda = [null, 0, 0],
    prenotes = only === null,
    zeroDollar = false,
    name = 'required',
  } = traits
  return {
    meaning,
    receiver,
    allowsCredits: direction !== 'debits',
    allowsDebits: direction !== 'credits',
    allowsPrenotes: prenotes,
    allowsZeroDollar: zeroDollar,
    onlyCodes: only,
    entry: ENTRY_LAYOUTS[layout],
    addendaType: addenda[0],
    minimumAddenda: addenda[1],
    maximumAddenda: addenda[2],
    name,
  }
}

/** Addenda counts go to 9,999 in the format. */
const MANY = 9_999
const RETURN_CODES = [21, 26, 31, 36, 41, 46, 51, 56]

/** Every standard entry class code. */
export const SEC_CODES = {
  ACK: row('Acknowledgment of a corporate credit', 'corporate', 'credits', 'entryAcknowledgment', {
    only: [24, 34],
    addenda: ['05', 0, 1],
  }),
  ADV: row('Automated accounting advice of an Operator', 'bank', 'both', 'entryAdv', {
    only: [81, 82, 83, 84, 85, 86, 87, 88],
  }),
  ARC: row('Check that came by mail or dropbox', 'any', 'debits', 'entryCheck', { prenotes: false, name: 'optional' }),
  ATX: row('Acknowledgment of a corporate trade exchange', 'corporate', 'credits', 'entryAtx', {
    only: [24, 34],
    addenda: ['05', 0, 1],
  }),
  BOC: row('Check taken at a counter, converted in the back office', 'any', 'debits', 'entryCheck', {
    prenotes: false,
    name: 'optional',
  }),
  CCD: row('Corporate credit or debit', 'corporate', 'both', 'entryDetail', {
    addenda: ['05', 0, 1],
    zeroDollar: true,
  }),
  CIE: row('Bill paid by a consumer', 'corporate', 'credits', 'entrySwapped', { addenda: ['05', 0, 1] }),
  COR: row('Notification of change, or its refusal', 'any', 'both', 'entryDetail', {
    only: RETURN_CODES,
    addenda: ['98', 1, 1],
    name: 'optional',
  }),
  CTX: row('Corporate trade exchange', 'corporate', 'both', 'entryAddendaCount', {
    addenda: ['05', 0, MANY],
    zeroDollar: true,
  }),
  DNE: row('Death notification of a federal agency', 'consumer', 'credits', 'entryDetail', {
    only: [23, 33],
    addenda: ['05', 1, 1],
  }),
  ENR: row('Enrolment with a federal agency', 'agency', 'credits', 'entryAddendaCount', {
    only: [23, 33],
    addenda: ['05', 1, MANY],
  }),
  IAT: row('U.S. part of an international payment', 'any', 'both', 'entryIat', { zeroDollar: true, name: 'optional' }),
  MTE: row('Transfer at a machine', 'consumer', 'both', 'entrySwapped', { addenda: ['02', 1, 1], name: 'mandatory' }),
  POP: row('Check converted at the point of purchase', 'any', 'debits', 'entryPop', {
    prenotes: false,
    name: 'optional',
  }),
  POS: row('Card purchase at a terminal', 'consumer', 'both', 'entryPos', { addenda: ['02', 1, 1] }),
  PPD: row('Prearranged payment or deposit', 'consumer', 'both', 'entryDetail', { addenda: ['05', 0, 1] }),
  RCK: row('Bounced check presented again', 'consumer', 'debits', 'entryCheck', { prenotes: false }),
  SHR: row('Card purchase in a shared network', 'consumer', 'both', 'entryShr', {
    addenda: ['02', 1, 1],
    name: 'optional',
  }),
  TEL: row('Payment authorized by telephone', 'consumer', 'debits', 'entryPaymentType', { name: 'mandatory' }),
  TRC: row('Truncated check', 'any', 'debits', 'entryTruncatedCheck', { prenotes: false, name: 'optional' }),
  TRX: row('Truncated checks of one day', 'any', 'debits', 'entryAddendaCount', {
    addenda: ['05', 1, MANY],
    prenotes: false,
  }),
  WEB: row('Payment authorized on the internet, or from person to person', 'consumer', 'both', 'entryPaymentType', {
    addenda: ['05', 0, 1],
    name: 'mandatory',
  }),
  XCK: row('Lost or destroyed check', 'any', 'debits', 'entryTruncatedCheck', { prenotes: false, name: 'optional' }),
} as const

export type SecCode = keyof typeof SEC_CODES

export function isSecCode(text: string): text is SecCode {
  return Object.hasOwn(SEC_CODES, text)
}
