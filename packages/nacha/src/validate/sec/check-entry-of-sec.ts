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
import type { Checker } from '../checker.ts'
import { checkOfac } from './check-iat-addenda.ts'

/** What a payment of one SEC code must hold beyond what all payments do. */
type EntryCheck = (checker: Checker, entry: EntryFacts, facts: BatchFacts) => void

const CONVERTED_CHECK_CENTS = 2_500_000
const RCK_XCK_CENTS = 250_000

function checkSerial(checker: Checker, { index }: EntryFacts, facts: BatchFacts): void {
  const field = facts.entry.field['checkSerialNumber']
  if (field && checker.isBlankOrZero(index, field)) {
    checker.fault('sec.serial.required', index, field, 'The serial number of the check is missing')
  }
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
    if (checker.isBlankOrZero(entry.index, field)) {
      checker.fault('sec.pop.terminal', entry.index, field, 'City and state of the terminal are given')
    }
  }
}

function checkSmall(checker: Checker, entry: EntryFacts, facts: BatchFacts): void {
  checkSerial(checker, entry, facts)
  if (entry.cents > RCK_XCK_CENTS) {
    const message = `${facts.secCode} is less than 2,500.00`
    checker.fault('sec.amount.rck_xck', entry.index, facts.amount, message)
  } else if (entry.cents === RCK_XCK_CENTS) {
    const message = `${facts.secCode} is less than 2,500.00, this is exactly as much`
    checker.fault('sec.amount.rck_xck_exact', entry.index, facts.amount, message)
  }
}

function checkTruncated(checker: Checker, { index }: EntryFacts): void {
  const { processControl, itemResearchNumber } = entryTruncatedCheck.field
  for (const field of [processControl, itemResearchNumber]) {
    if (checker.isBlankOrZero(index, field)) {
      checker.fault('sec.trc_xck.control', index, field, 'Process control and item research number are given')
    }
  }
}

function checkXck(checker: Checker, entry: EntryFacts, facts: BatchFacts): void {
  checkSmall(checker, entry, facts)
  checkTruncated(checker, entry)
}

function checkPaymentType(checker: Checker, { index, code }: EntryFacts, { secCode }: BatchFacts): void {
  const { paymentTypeCode, individualIdentification } = entryPaymentType.field
  const type = checker.text(index, paymentTypeCode)
  const isCredit = isCreditCode(code)
  const isBlankTaken = secCode === 'TEL' || isCredit
  if (!['R', 'S', 'ST'].includes(type) && !(type === '' && isBlankTaken)) {
    const message = 'Expected R (recurring), S (single) or ST (under a standing authorization)'
    checker.fault('sec.payment_type', index, paymentTypeCode, message)
  }
  if (secCode === 'WEB' && isCredit && checker.isBlank(index, individualIdentification)) {
    const message = 'A payment from person to person names who sends it'
    checker.fault('sec.web.credit_sender', index, individualIdentification, message)
  }
}

const checkIdentified =
  (rule: 'sec.cie.identification' | 'sec.mte.identification') =>
  (checker: Checker, { index }: EntryFacts) => {
    const { individualIdentification } = entrySwapped.field
    if (checker.isBlankOrZero(index, individualIdentification)) {
      checker.fault(rule, index, individualIdentification, 'The identification is missing')
    }
  }

const CARD_TYPES: readonly string[] = ['01', '02', '03', '11', '12', '13', '21', '99']

function checkCard(checker: Checker, { index }: EntryFacts): void {
  const { cardTransactionType } = entryPos.field
  if (!CARD_TYPES.includes(checker.text(index, cardTransactionType))) {
    checker.fault('sec.card.type', index, cardTransactionType, `Expected one of ${CARD_TYPES.join(' ')}`)
  }
}

function checkShr(checker: Checker, entry: EntryFacts): void {
  checkCard(checker, entry)
  const { cardExpiration } = entryShr.field
  if (!/^(0[1-9]|1[0-2])\d\d$/.test(checker.text(entry.index, cardExpiration))) {
    checker.fault('sec.shr.expiry', entry.index, cardExpiration, 'Expected month and year of expiry, MMYY')
  }
}

function checkOriginalTrace(checker: Checker, { index }: EntryFacts): void {
  const { originalEntryTraceNumber } = entryAcknowledgment.field
  if (!/^\d{15}$/.test(checker.text(index, originalEntryTraceNumber))) {
    const message = 'Expected the 15 digits of the trace number that is acknowledged'
    checker.fault('sec.ack_atx.original_trace', index, originalEntryTraceNumber, message)
  }
}

function checkJulianDay(checker: Checker, { index }: EntryFacts): void {
  const day = checker.number(index, entryAdv.field.julianDay)
  if (day < 1 || day > 366) {
    checker.fault('sec.adv.julian_day', index, entryAdv.field.julianDay, 'Expected a day of the year, 001 to 366')
  }
}

export const ENTRY_OF_SEC: Readonly<Partial<Record<SecCode, EntryCheck>>> = {
  ACK: checkOriginalTrace,
  ADV: checkJulianDay,
  ARC: checkConverted,
  ATX: checkOriginalTrace,
  BOC: checkConverted,
  CIE: checkIdentified('sec.cie.identification'),
  IAT: checkOfac,
  MTE: checkIdentified('sec.mte.identification'),
  POP: checkPop,
  POS: checkCard,
  RCK: checkSmall,
  SHR: checkShr,
  TEL: checkPaymentType,
  TRC: checkTruncated,
  WEB: checkPaymentType,
  XCK: checkXck,
}
