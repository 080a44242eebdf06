import type { Field } from '../../field.ts'
import { entryAcknowledgment } from '../../records/entry-acknowledgment.ts'
import { entryAdv } from '../../records/entry-adv.ts'
import { entryPaymentType } from '../../records/entry-payment-type.ts'
import { entryPop } from '../../records/entry-pop.ts'
import { entryPos } from '../../records/entry-pos.ts'
import { entryShr } from '../../records/entry-shr.ts'
import { entrySwapped } from '../../records/entry-swapped.ts'
import { entryTruncatedCheck } from '../../records/entry-truncated-check.ts'
import type { RuleId } from '../../rules/rule-id.ts'
import type { SecCode } from '../../sec-traits.ts'
import { isCreditCode } from '../../transaction-code.ts'
import type { BatchFacts, EntryFacts } from '../batch-facts.ts'
import { type Checker, type Expected, FILLED, GIVEN, JULIAN_DAY } from '../checker.ts'

/** What a payment of one SEC code must hold beyond what all payments do. */
type EntryCheck = (checker: Checker, entry: EntryFacts, facts: BatchFacts) => void

const CONVERTED_CHECK_CENTS = 2_500_000
const RCK_XCK_CENTS = 250_000

const expects =
  (...expected: Expected): EntryCheck =>
  (checker, { index }) =>
    checker.expect(index, ...expected)

const needs =
  (rule: RuleId, ...fields: readonly Field[]): EntryCheck =>
  (checker, { index }) => {
    for (const field of fields) checker.expect(index, field, rule, GIVEN)
  }

function checkSerial(checker: Checker, { index }: EntryFacts, facts: BatchFacts): void {
  const field = facts.entry.field['checkSerialNumber']
  if (field) checker.expect(index, field, 'sec.serial.required', GIVEN)
}

function checkConverted(checker: Checker, entry: EntryFacts, facts: BatchFacts): void {
  checkSerial(checker, entry, facts)
  if (entry.cents > CONVERTED_CHECK_CENTS) {
    const message = 'A converted check is at most 25,000.00'
    checker.fault('sec.amount.converted_check', entry.index, facts.amount, message)
  }
}

const checkTerminal = needs('sec.pop.terminal', entryPop.field.terminalCity, entryPop.field.terminalState)

function checkPop(checker: Checker, entry: EntryFacts, facts: BatchFacts): void {
  checkConverted(checker, entry, facts)
  checkTerminal(checker, entry, facts)
}

function checkSmall(checker: Checker, entry: EntryFacts, facts: BatchFacts): void {
  checkSerial(checker, entry, facts)
  const rule = entry.cents === RCK_XCK_CENTS ? 'sec.amount.rck_xck_exact' : 'sec.amount.rck_xck'
  if (entry.cents >= RCK_XCK_CENTS) {
    checker.fault(rule, entry.index, facts.amount, `${facts.secCode} is less than 2,500.00`)
  }
}

const { processControl, itemResearchNumber } = entryTruncatedCheck.field
const checkTruncated = needs('sec.trc_xck.control', processControl, itemResearchNumber)

function checkXck(checker: Checker, entry: EntryFacts, facts: BatchFacts): void {
  checkSmall(checker, entry, facts)
  checkTruncated(checker, entry, facts)
}

function checkPaymentType(checker: Checker, { index, code }: EntryFacts, { secCode }: BatchFacts): void {
  const { paymentTypeCode, individualIdentification } = entryPaymentType.field
  const isCredit = isCreditCode(code)
  const types = secCode === 'TEL' || isCredit ? /^(R|ST?)?$/ : /^(R|ST?)$/
  const words = 'R (recurring), S (single) or ST (standing)'
  checker.expect(index, paymentTypeCode, 'sec.payment_type', types, words)
  if (secCode === 'WEB' && isCredit) {
    const words = 'the name of the sender'
    checker.expect(index, individualIdentification, 'sec.web.credit_sender', FILLED, words)
  }
}

const { individualIdentification } = entrySwapped.field

const CARD_TYPES = '01 02 03 11 12 13 21 99'
const { cardTransactionType } = entryPos.field
const checkCard = expects(cardTransactionType, 'sec.card.type', CARD_TYPES.split(' '), `one of ${CARD_TYPES}`)

const MONTH = /^(0[1-9]|1[0-2])\d\d$/
const checkExpiry = expects(entryShr.field.cardExpiration, 'sec.shr.expiry', MONTH, 'a month, MMYY')

function checkShr(checker: Checker, entry: EntryFacts, facts: BatchFacts): void {
  checkCard(checker, entry, facts)
  checkExpiry(checker, entry, facts)
}

const { originalEntryTraceNumber } = entryAcknowledgment.field
const checkOriginalTrace = expects(originalEntryTraceNumber, 'sec.ack_atx.original_trace', /^\d{15}$/, '15 digits')

export const ENTRY_OF_SEC: Readonly<Partial<Record<SecCode, EntryCheck>>> = {
  ACK: checkOriginalTrace,
  ADV: expects(entryAdv.field.julianDay, 'sec.adv.julian_day', JULIAN_DAY, 'a day of the year, 001 to 366'),
  ARC: checkConverted,
  ATX: checkOriginalTrace,
  BOC: checkConverted,
  CIE: needs('sec.cie.identification', individualIdentification),
  MTE: needs('sec.mte.identification', individualIdentification),
  POP: checkPop,
  POS: checkCard,
  RCK: checkSmall,
  SHR: checkShr,
  TEL: checkPaymentType,
  TRC: checkTruncated,
  WEB: checkPaymentType,
  XCK: checkXck,
}
