import { isBankingDay, nextBankingDay } from '../banking-day.ts'
import type { Field } from '../field.ts'
import { batchHeader } from '../records/batch-header.ts'
import { batchHeaderIat } from '../records/batch-header-iat.ts'
import { isAssignedPrefix } from '../routing-number-problem.ts'
import type { RuleId } from '../rules/rule-id.ts'
import { isSecCode } from '../sec-traits.ts'
import { isIatHeader } from './batch-facts.ts'
import { type Checker, GIVEN, wordsOf } from './checker.ts'
import { checkIatHeader } from './sec/check-iat-header.ts'

const { field } = batchHeader
const OWN_RULES: readonly Field[] = [field.batchNumber, field.odfiIdentification, field.settlementDate]

/** Fixed texts of the company entry description that mean something to banks (upper case, left-justified). */
const RESERVED_WORDS =
  'REVERSAL,RECLAIM,NONSETTLED,RETRY PYMT,RETURN FEE,REDEPCHECK,NO CHECK,AUTOENROLL,ACCTVERIFY,HCCLAIMPMT,PAYROLL,PURCHASE'

const NEEDED = [
  [field.companyName, 'batch.header.company_name'],
  [field.companyIdentification, 'batch.header.company_identification'],
  [field.companyEntryDescription, 'batch.header.entry_description'],
] as const

function checkTexts(checker: Checker, index: number): void {
  for (const [needed, rule] of NEEDED) {
    const text = checker.text(index, needed)
    if (text === '') checker.fault(`${rule}.required`, index, needed)
    else if (!GIVEN.test(text)) checker.fault(`${rule}.zero`, index, needed, `${wordsOf(needed)} is only zeros`)
  }
  const description = checker.text(index, field.companyEntryDescription)
  const word = description.trim().toUpperCase()
  if (RESERVED_WORDS.split(',').includes(word) && description !== word) {
    const message = `Expected ${word}`
    checker.fault('batch.description.reserved_word', index, field.companyEntryDescription, message)
  }
}

function checkServiceClass(checker: Checker, index: number, secCode: string): void {
  const { serviceClassCode } = field
  if (secCode === 'ADV') {
    checker.expect(index, serviceClassCode, 'sec.adv.service_class', /^280$/, '280 for ADV')
    return
  }
  const serviceClass = checker.number(index, serviceClassCode)
  if (serviceClass < 0) return
  const rule = serviceClass === 280 ? 'batch.header.service_class.adv' : 'batch.header.service_class'
  checker.expect(index, serviceClassCode, rule, /^2(00|20|25)$/, '200 (mixed), 220 (credits) or 225 (debits)')
}

function checkCodes(checker: Checker, index: number, secCode: string): void {
  checkServiceClass(checker, index, secCode)
  if (!isSecCode(secCode)) {
    checker.fault('batch.header.sec', index, field.standardEntryClassCode, 'Expected a SEC code, in upper case')
  }
  const { originatorStatusCode } = field
  if (secCode === 'ADV') {
    checker.expect(index, originatorStatusCode, 'sec.adv.originator_status', /^0$/, '0 for ADV')
  } else {
    const words = '1 (bank) or 2 (federal government)'
    checker.expect(index, originatorStatusCode, 'batch.header.originator_status', /^[12]$/, words)
  }
}

function checkNumbers(checker: Checker, index: number): void {
  const { odfiIdentification, batchNumber, settlementDate } = field
  const odfi = checker.number(index, odfiIdentification)
  if (checker.isBlank(index, odfiIdentification) || odfi === 0) {
    checker.fault('batch.header.odfi.required', index, odfiIdentification)
  } else if (odfi < 0) {
    const message = 'Expected 8 digits'
    checker.fault('batch.header.odfi.format', index, odfiIdentification, message)
  } else if (!isAssignedPrefix(Math.floor(odfi / 1_000_000))) {
    const message = 'No routing number begins with these two digits'
    checker.fault('batch.header.odfi.prefix', index, odfiIdentification, message)
  }
  if (checker.number(index, batchNumber) < 1) {
    checker.fault('batch.header.batch_number.format', index, batchNumber, 'Expected 7 digits, from 0000001')
  }
  if (checker.isBlank(index, settlementDate)) return
  const julian = checker.number(index, settlementDate)
  if (julian > 0 && julian <= 366) {
    const message = 'The Operator fills this in: leave it blank'
    checker.fault('batch.header.settlement_date.outgoing', index, settlementDate, message)
  } else {
    const message = 'Expected a day of the year, 001 to 366, or blanks'
    checker.fault('batch.header.settlement_date', index, settlementDate, message)
  }
}

/** SEC codes whose effective entry date nobody looks at. */
const WITHOUT_DATE: readonly string[] = ['COR', 'TRC', 'TRX', 'ADV']

/** A fault of the header that is said only when the batch holds payments. */
export type HeaderFault = readonly [rule: RuleId, field: Field, message: string]

/** What is wrong with the header of a batch of payments and does not matter in a batch of returns. */
export function headerFaultsOfPayments(checker: Checker, index: number, creationDate: string): HeaderFault[] {
  const { originatorStatusCode, standardEntryClassCode, effectiveEntryDate } = field
  const secCode = checker.text(index, standardEntryClassCode)
  const found: HeaderFault[] = []
  if (secCode === 'DNE' && checker.text(index, originatorStatusCode) !== '2') {
    const message = 'Expected 2 for DNE'
    found.push(['sec.dne.status', originatorStatusCode, message])
  }
  const date = checker.date(index, effectiveEntryDate)
  // What is no day at all is a fault of its own.
  const fault = date === null || WITHOUT_DATE.includes(secCode) ? null : dateFault(date, secCode, creationDate)
  if (fault) found.push([fault[0], effectiveEntryDate, fault[1]])
  return found
}

/** What is wrong with the effective entry date of a batch of payments; the day of a return matters to nobody. */
function dateFault(date: string, secCode: string, creationDate: string): readonly [RuleId, string] | null {
  if (secCode === 'ENR') {
    return date === '' ? null : ['sec.enr.eed_blank', 'ENR batches leave it blank']
  }
  if (date === '') {
    return ['date.eed.missing', `${wordsOf(field.effectiveEntryDate)} is missing`]
  }
  if (creationDate !== '' && date < creationDate) {
    return ['date.eed.past', `${date} is before the file creation date ${creationDate}`]
  }
  if (isBankingDay(date)) return null
  return ['date.eed.not_banking_day', `${date} is no banking day, the next is ${nextBankingDay(date)}`]
}

/** How the batches of a SEC code are described. */
const WORDS: Readonly<Record<string, readonly [RuleId, string]>> = {
  RCK: ['sec.rck.description', 'REDEPCHECK'],
  ENR: ['sec.enr.description', 'AUTOENROLL'],
  XCK: ['sec.xck.words', 'NO CHECK'],
}

function checkWords(checker: Checker, index: number, secCode: string): void {
  const { companyEntryDescription, companyName } = field
  const description = checker.text(index, companyEntryDescription)
  const [rule, word = ''] = WORDS[secCode] ?? []
  if (rule === undefined || description === 'REVERSAL') return
  checker.expect(index, companyEntryDescription, rule, [word], `${word} for ${secCode}`)
  if (secCode === 'XCK') {
    checker.expect(index, companyName, rule, ['CHECK DESTROYED'], 'CHECK DESTROYED for XCK')
  }
}

/** Checks a batch header, but for its effective entry date: that depends on what the batch holds. */
export function checkBatchHeader(checker: Checker, index: number): void {
  const secCode = checker.text(index, field.standardEntryClassCode)
  checkCodes(checker, index, secCode)
  checkNumbers(checker, index)
  if (isIatHeader(secCode, checker.text(index, batchHeaderIat.field.iatIndicator))) {
    checkIatHeader(checker, index, secCode)
    return
  }
  checker.forms(index, batchHeader.fields, OWN_RULES)
  checker.characters(index, batchHeader, () => 'batch.header.characters')
  checkTexts(checker, index)
  checkWords(checker, index, secCode)
}
