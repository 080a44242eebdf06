import type { RecordLayout } from './field.ts'
import { SEC_TRAITS, type SecCode, type SecTraits } from './sec-traits.ts'

/** What a SEC code is (reference 2). What it also demands is in `validate/sec/`. */
export interface SecCodeRow<Layout extends RecordLayout = RecordLayout> extends SecTraits<Layout> {
  readonly meaning: string
  readonly receiver: 'consumer' | 'corporate' | 'agency' | 'bank' | 'any'
}

const WORDS: Readonly<Record<SecCode, readonly [meaning: string, receiver: SecCodeRow['receiver']]>> = {
  ACK: ['Acknowledgment of a corporate credit', 'corporate'],
  ADV: ['Automated accounting advice of an Operator', 'bank'],
  ARC: ['Check that came by mail or dropbox', 'any'],
  ATX: ['Acknowledgment of a corporate trade exchange', 'corporate'],
  BOC: ['Check taken at a counter, converted in the back office', 'any'],
  CCD: ['Corporate credit or debit', 'corporate'],
  CIE: ['Bill paid by a consumer', 'corporate'],
  COR: ['Notification of change, or its refusal', 'any'],
  CTX: ['Corporate trade exchange', 'corporate'],
  DNE: ['Death notification of a federal agency', 'consumer'],
  ENR: ['Enrolment with a federal agency', 'agency'],
  IAT: ['U.S. part of an international payment', 'any'],
  MTE: ['Transfer at a machine', 'consumer'],
  POP: ['Check converted at the point of purchase', 'any'],
  POS: ['Card purchase at a terminal', 'consumer'],
  PPD: ['Prearranged payment or deposit', 'consumer'],
  RCK: ['Bounced check presented again', 'consumer'],
  SHR: ['Card purchase in a shared network', 'consumer'],
  TEL: ['Payment authorized by telephone', 'consumer'],
  TRC: ['Truncated check', 'any'],
  TRX: ['Truncated checks of one day', 'any'],
  WEB: ['Payment authorized on the internet, or from person to person', 'consumer'],
  XCK: ['Lost or destroyed check', 'any'],
}

type Rows = { readonly [Code in SecCode]: SecCodeRow<(typeof SEC_TRAITS)[Code]['entry']> }

function rows(): Rows {
  const all = Object.entries(WORDS).map(([code, [meaning, receiver]]) => {
    return [code, { meaning, receiver, ...SEC_TRAITS[code as SecCode] }]
  })
  return Object.fromEntries(all) as Rows
}

/** Every standard entry class code. */
export const SEC_CODES: Rows = /* @__PURE__ */ rows()

export { isSecCode, type SecCode } from './sec-traits.ts'
