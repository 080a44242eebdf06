import { holidayName, isBankingDay, nextBankingDay } from '../banking-day.ts'
import type { Field } from '../field.ts'
import { batchHeader } from '../records/batch-header.ts'
import { batchHeaderIat } from '../records/batch-header-iat.ts'
import { isAssignedPrefix } from '../routing-number-problem.ts'
import type { RuleId } from '../rules/rule-id.ts'
import { isSecCode } from '../sec-traits.ts'
import { isIatHeader } from './batch-facts.ts'
import type { Checker } from './checker.ts'
import { checkIatHeader } from './sec/check-iat-header.ts'

const { field } = batchHeader
const OWN_RULES: readonly Field[] = [field.batchNumber, field.odfiIdentification, field.settlementDate]

/** Fixed texts of the company entry description that mean something to banks (upper case, left-justified). */
const RESERVED_WORDS = [
  'REVERSAL',
  'RECLAIM',
  'NONSETTLED',
  'RETRY PYMT',
  'RETURN FEE',
  'REDEPCHECK',
  'NO CHECK',
  'AUTOENROLL',
  'ACCTVERIFY',
  'HCCLAIMPMT',
  'PAYROLL',
  'PURCHASE',
]

const NEEDED: readonly (readonly [Field, RuleId, RuleId, string])[] = [
  [field.companyName, 'batch.header.company_name.required', 'batch.header.company_name.zero', 'company name'],
  [
    field.companyIdentification,
    'batch.header.company_identification.required',
    'batch.header.company_identification.zero',
    'company identification',
  ],
  [
    field.companyEntryDescription,
    'batch.header.entry_description.required',
    'batch.header.entry_description.zero',
    'company entry description',
  ],
]

function checkTexts(checker: Checker, index: number): void {
  for (const [needed, required, zero, words] of NEEDED) {
    const text = checker.text(index, needed)
    if (text === '') checker.fault(required, index, needed, `The ${words} is missing`)
    else if (/^[0 ]+$/.test(text)) checker.fault(zero, index, needed, `The ${words} is only zeros`)
  }
  const description = checker.text(index, field.companyEntryDescription)
  const word = description.trim().toUpperCase()
  if (RESERVED_WORDS.includes(word) && description !== word) {
    checker.fault(
      'batch.description.reserved_word',
      index,
      field.companyEntryDescription,
      `Write ${word} in upper case, without blanks before it`,
    )
  }
}

function checkServiceClass(checker: Checker, index: number, secCode: string): void {
  const serviceClass = checker.number(index, field.serviceClassCode)
  if (secCode === 'ADV') {
    if (serviceClass !== 280) {
      checker.fault('sec.adv.service_class', index, field.serviceClassCode, 'An ADV batch is of class 280')
    }
  } else if (serviceClass === 280) {
    const message = '280 is for ADV batches: use 200, 220 or 225'
    checker.fault('batch.header.service_class.adv', index, field.serviceClassCode, message)
  } else if (serviceClass >= 0 && ![200, 220, 225].includes(serviceClass)) {
    const message = 'Expected 200 (mixed), 220 (credits) or 225 (debits)'
    checker.fault('batch.header.service_class', index, field.serviceClassCode, message)
  }
}

function checkCodes(checker: Checker, index: number, secCode: string): void {
  checkServiceClass(checker, index, secCode)
  if (!isSecCode(secCode)) {
    const lower = isSecCode(secCode.toUpperCase()) ? ': write it in upper case' : ''
    const message = `This is no standard entry class code${lower}`
    checker.fault('batch.header.sec', index, field.standardEntryClassCode, message)
  }
  const status = checker.text(index, field.originatorStatusCode)
  if (secCode === 'ADV') {
    if (status !== '0') {
      checker.fault('sec.adv.originator_status', index, field.originatorStatusCode, 'An ADV batch has status 0')
    }
  } else if (status !== '1' && status !== '2') {
    const message = 'Expected 1 (bank) or 2 (federal government)'
    checker.fault('batch.header.originator_status', index, field.originatorStatusCode, message)
  }
}

function checkNumbers(checker: Checker, index: number): void {
  const odfi = checker.number(index, field.odfiIdentification)
  if (checker.isBlank(index, field.odfiIdentification) || odfi === 0) {
    checker.fault('batch.header.odfi.required', index, field.odfiIdentification, 'The ODFI identification is missing')
  } else if (odfi < 0) {
    checker.fault(
      'batch.header.odfi.format',
      index,
      field.odfiIdentification,
      'Expected the first 8 digits of the ODFI’s routing number',
    )
  } else if (!isAssignedPrefix(Math.floor(odfi / 1_000_000))) {
    checker.fault(
      'batch.header.odfi.prefix',
      index,
      field.odfiIdentification,
      'No routing number begins with these two digits',
    )
  }
  if (checker.number(index, field.batchNumber) < 1) {
    checker.fault('batch.header.batch_number.format', index, field.batchNumber, 'Expected 7 digits, from 0000001')
  }
  if (checker.isBlank(index, field.settlementDate)) return
  const julian = checker.number(index, field.settlementDate)
  if (julian < 1 || julian > 366)
    checker.fault(
      'batch.header.settlement_date',
      index,
      field.settlementDate,
      'Expected a day of the year, 001 to 366, or blanks',
    )
  else
    checker.fault(
      'batch.header.settlement_date.outgoing',
      index,
      field.settlementDate,
      'The Operator fills this in: leave it blank',
    )
}

/** SEC codes whose effective entry date nobody looks at. */
const WITHOUT_DATE: readonly string[] = ['COR', 'TRC', 'TRX', 'ADV']

/** A fault of the header that is said only when the batch holds payments. */
export interface HeaderFault {
  readonly rule: RuleId
  readonly field: Field
  readonly message: string
}

function statusFault(checker: Checker, index: number): HeaderFault | null {
  const { originatorStatusCode, standardEntryClassCode } = field
  const isNotice = checker.text(index, standardEntryClassCode) === 'DNE'
  if (!isNotice || checker.text(index, originatorStatusCode) === '2') return null
  const message = 'A death notice comes from the federal government: status 2'
  return { rule: 'sec.dne.status', field: originatorStatusCode, message }
}

/** What is wrong with the header of a batch of payments and does not matter in a batch of returns. */
export function headerFaultsOfPayments(checker: Checker, index: number, creationDate: string): HeaderFault[] {
  const found = [statusFault(checker, index)]
  const date = effectiveDateFault(checker, index, creationDate)
  if (date) found.push({ ...date, field: field.effectiveEntryDate })
  return found.filter((each) => each !== null)
}

/** What is wrong with the effective entry date of a batch of payments; the day of a return matters to nobody. */
function effectiveDateFault(checker: Checker, index: number, creationDate: string): Omit<HeaderFault, 'field'> | null {
  const secCode = checker.text(index, field.standardEntryClassCode)
  const date = checker.date(index, field.effectiveEntryDate)
  // What is no day at all is a fault of its own.
  if (WITHOUT_DATE.includes(secCode) || date === null) return null
  if (secCode === 'ENR') {
    const message = 'ENR batches have no effective entry date'
    return date === '' ? null : { rule: 'sec.enr.eed_blank', message }
  }
  if (date === '') {
    const message = 'Without effective entry date the batch settles at the earliest chance'
    return { rule: 'date.eed.missing', message }
  }
  if (creationDate !== '' && date < creationDate) {
    return { rule: 'date.eed.past', message: `${date} is before the file creation date ${creationDate}` }
  }
  if (isBankingDay(date)) return null
  const why = holidayName(date) ?? 'a weekend'
  const message = `${date} is no banking day (${why}): the next one is ${nextBankingDay(date)}`
  return { rule: 'date.eed.not_banking_day', message }
}

function checkWords(checker: Checker, index: number, secCode: string): void {
  const description = checker.text(index, field.companyEntryDescription)
  if (description === 'REVERSAL') return
  const at = field.companyEntryDescription
  if (secCode === 'RCK' && description !== 'REDEPCHECK') {
    checker.fault('sec.rck.description', index, at, 'RCK batches are described as REDEPCHECK')
  } else if (secCode === 'ENR' && description !== 'AUTOENROLL') {
    checker.fault('sec.enr.description', index, at, 'ENR batches are described as AUTOENROLL')
  }
  if (secCode === 'XCK' && description !== 'NO CHECK') {
    checker.fault('sec.xck.words', index, at, 'XCK batches are described as NO CHECK')
  }
  if (secCode === 'XCK' && checker.text(index, field.companyName) !== 'CHECK DESTROYED') {
    checker.fault('sec.xck.words', index, field.companyName, 'The company of XCK batches is CHECK DESTROYED')
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
