import { entryAcknowledgment } from '../../records/entry-acknowledgment.ts'
import { entryAdv } from '../../records/entry-adv.ts'
import { entryPaymentType } from '../../records/entry-payment-type.ts'
import { entryPop } from '../../records/entry-pop.ts'
import { entryPos } from '../../records/entry-pos.ts'
import { entryShr } from '../../records/entry-shr.ts'
import { entrySwapped } from '../../records/entry-swapped.ts'
import { entryTruncatedCheck } from '../../records/entry-truncated-check.ts'
import type { SecCode } from '../../sec-traits.ts'
import { isCreditCode } from '../../transaction-code.ts'
import type { BatchFacts, EntryFacts } from '../batch-facts.ts'
import { type Checker, FILLED, GIVEN, JULIAN_DAY } from '../checker.ts'

/** What a payment of one SEC code must hold beyond what all payments do. */
type EntryCheck = (checker: Checker, entry: EntryFacts, facts: BatchFacts) => void

const CONVERTED_CHECK_CENTS = 2_500_000
const RCK_XCK_CENTS = 250_000

function checkSerial(checker: Checker, { index }: EntryFacts, facts: BatchFacts): void {
  const field = facts.entry.field['checkSerialNumber']
  const message = 'The serial number of the check is missing'
  if (field) checker.expect(index, field, 'sec.serial.required', GIVEN, message)
}

function checkConverted(checker: Checker, entry: EntryFacts, facts: BatchFacts): void {
  checkSerial(checker, entry, facts)
  if (entry.cents > CONVERTED_CHECK_CENTS) {
    const message = 'A converted check is at most 25,000.00'
    checker.fault('sec.amount.converted_check', entry.index, facts.amount, message)
  }
}

function checkPop(checker: Checker, entry: EntryFacts, facts: BatchFacts): void {
  checkConverted(checker, entry, facts)
  const { terminalCity, terminalState } = entryPop.field
  for (const field of [terminalCity, terminalState]) {
    checker.expect(entry.index, field, 'sec.pop.terminal', GIVEN, 'City and state of the terminal are given')
  }
}

function checkSmall(checker: Checker, entry: EntryFacts, facts: BatchFacts): void {
  checkSerial(checker, entry, facts)
  const message = `${facts.secCode} is less than 2,500.00`
  if (entry.cents > RCK_XCK_CENTS) {
    checker.fault('sec.amount.rck_xck', entry.index, facts.amount, message)
  } else if (entry.cents === RCK_XCK_CENTS) {
    checker.fault('sec.amount.rck_xck_exact', entry.index, facts.amount, `${message}, this is exactly as much`)
  }
}

function checkTruncated(checker: Checker, { index }: EntryFacts): void {
  const { processControl, itemResearchNumber } = entryTruncatedCheck.field
  for (const field of [processControl, itemResearchNumber]) {
    checker.expect(index, field, 'sec.trc_xck.control', GIVEN, 'Process control and item research number are given')
  }
}

function checkXck(checker: Checker, entry: EntryFacts, facts: BatchFacts): void {
  checkSmall(checker, entry, facts)
  checkTruncated(checker, entry)
}

function checkPaymentType(checker: Checker, { index, code }: EntryFacts, { secCode }: BatchFacts): void {
  const { paymentTypeCode, individualIdentification } = entryPaymentType.field
  const isCredit = isCreditCode(code)
  const types = secCode === 'TEL' || isCredit ? /^(R|ST?)?$/ : /^(R|ST?)$/
  const message = 'Expected R (recurring), S (single) or ST (under a standing authorization)'
  checker.expect(index, paymentTypeCode, 'sec.payment_type', types, message)
  if (secCode === 'WEB' && isCredit) {
    const words = 'A payment from person to person names who sends it'
    checker.expect(index, individualIdentification, 'sec.web.credit_sender', FILLED, words)
  }
}

function checkIdentified(checker: Checker, { index }: EntryFacts, { isMte }: BatchFacts): void {
  const rule = isMte ? 'sec.mte.identification' : 'sec.cie.identification'
  checker.expect(index, entrySwapped.field.individualIdentification, rule, GIVEN, 'The identification is missing')
}

const CARD_TYPES = '01 02 03 11 12 13 21 99'

function checkCard(checker: Checker, { index }: EntryFacts): void {
  const { cardTransactionType } = entryPos.field
  checker.expect(index, cardTransactionType, 'sec.card.type', CARD_TYPES.split(' '), `Expected one of ${CARD_TYPES}`)
}

function checkShr(checker: Checker, entry: EntryFacts): void {
  checkCard(checker, entry)
  const expiry = /^(0[1-9]|1[0-2])\d\d$/
  const message = 'Expected month and year of expiry, MMYY'
  checker.expect(entry.index, entryShr.field.cardExpiration, 'sec.shr.expiry', expiry, message)
}

function checkOriginalTrace(checker: Checker, { index }: EntryFacts): void {
  const { originalEntryTraceNumber } = entryAcknowledgment.field
  const message = 'Expected the 15 digits of the trace number that is acknowledged'
  checker.expect(index, originalEntryTraceNumber, 'sec.ack_atx.original_trace', /^\d{15}$/, message)
}

function checkJulianDay(checker: Checker, { index }: EntryFacts): void {
  const message = 'Expected a day of the year, 001 to 366'
  checker.expect(index, entryAdv.field.julianDay, 'sec.adv.julian_day', JULIAN_DAY, message)
}

export const ENTRY_OF_SEC: Readonly<Partial<Record<SecCode, EntryCheck>>> = {
  ACK: checkOriginalTrace,
  ADV: checkJulianDay,
  ARC: checkConverted,
  ATX: checkOriginalTrace,
  BOC: checkConverted,
  CIE: checkIdentified,
  MTE: checkIdentified,
  POP: checkPop,
  POS: checkCard,
  RCK: checkSmall,
  SHR: checkShr,
  TEL: checkPaymentType,
  TRC: checkTruncated,
  WEB: checkPaymentType,
  XCK: checkXck,
}
