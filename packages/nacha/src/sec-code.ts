import type { RecordLayout } from './field.ts'
import { entryDetail } from './records/entry-detail.ts'

/** What sets one SEC code apart from another. A code that is added is one more row in `SEC_CODES`. */
export interface SecCodeRow {
  readonly meaning: string
  readonly receiver: 'consumer' | 'corporate' | 'any'
  readonly allowsCredits: boolean
  readonly allowsDebits: boolean
  /** Prenote codes 23, 28, 33, 38, 43, 48, 53. */
  readonly allowsPrenotes: boolean
  /** Zero-dollar codes 24, 29, 34, 39, 44, 49, 54: remittance information without money. */
  readonly allowsZeroDollar: boolean
  readonly entry: RecordLayout
  readonly addendaTypes: readonly string[]
  readonly maximumAddenda: number
}

/** The SEC codes this version builds and checks. */
export const SEC_CODES = {
  PPD: {
    meaning: 'Prearranged payment or deposit',
    receiver: 'consumer',
    allowsCredits: true,
    allowsDebits: true,
    allowsPrenotes: true,
    allowsZeroDollar: false,
    entry: entryDetail,
    addendaTypes: ['05'],
    maximumAddenda: 1,
  },
  CCD: {
    meaning: 'Corporate credit or debit',
    receiver: 'corporate',
    allowsCredits: true,
    allowsDebits: true,
    allowsPrenotes: true,
    allowsZeroDollar: true,
    entry: entryDetail,
    addendaTypes: ['05'],
    maximumAddenda: 1,
  },
} as const satisfies Record<string, SecCodeRow>

export type SecCode = keyof typeof SEC_CODES

/** Codes that Nacha defines beside those of `SEC_CODES`: read with the common layout, their own rules not checked. */
export const OTHER_SEC_CODES: readonly string[] =
  'ACK ADV ARC ATX BOC CIE COR CTX DNE ENR IAT MTE POP POS RCK SHR TEL TRC TRX WEB XCK'.split(' ')

export function isSecCode(text: string): text is SecCode {
  return Object.hasOwn(SEC_CODES, text)
}
