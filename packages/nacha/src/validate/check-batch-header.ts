import { holidayName, isBankingDay, nextBankingDay } from '../banking-day.ts'
import type { Field } from '../field.ts'
import { batchHeader } from '../records/batch-header.ts'
import { isAssignedPrefix } from '../routing-number-problem.ts'
import type { RuleId } from '../rules/rules.ts'
import { isSecCode, OTHER_SEC_CODES } from '../sec-code.ts'
import type { Checker } from './checker.ts'

const { field } = batchHeader

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

function checkCodes(checker: Checker, index: number, secCode: string): void {
  const serviceClass = checker.number(index, field.serviceClassCode)
  if (serviceClass === 280 && secCode !== 'ADV') {
    checker.fault(
      'batch.header.service_class.adv',
      index,
      field.serviceClassCode,
      '280 is for ADV batches: use 200, 220 or 225',
    )
  } else if (serviceClass >= 0 && ![200, 220, 225, 280].includes(serviceClass)) {
    checker.fault(
      'batch.header.service_class',
      index,
      field.serviceClassCode,
      'Expected 200 (mixed), 220 (credits) or 225 (debits)',
    )
  }
  if (!isSecCode(secCode)) {
    const isKnown = OTHER_SEC_CODES.includes(secCode)
    const lower = isSecCode(secCode.toUpperCase()) ? ': write it in upper case' : ''
    if (isKnown)
      checker.fault(
        'batch.header.sec.unsupported',
        index,
        field.standardEntryClassCode,
        `The entries of ${secCode} batches are not checked by this version`,
      )
    else
      checker.fault(
        'batch.header.sec',
        index,
        field.standardEntryClassCode,
        `This is no standard entry class code${lower}`,
      )
  }
  const status = checker.text(index, field.originatorStatusCode)
  if (status !== '1' && status !== '2' && !(status === '0' && secCode === 'ADV')) {
    checker.fault(
      'batch.header.originator_status',
      index,
      field.originatorStatusCode,
      'Expected 1 (bank) or 2 (federal government)',
    )
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
  if (julian < 0 || julian > 366)
    checker.fault(
      'batch.header.settlement_date',
      index,
      field.settlementDate,
      'Expected a day of the year, 001 to 366, or blanks',
    )
  else if (julian > 0)
    checker.fault(
      'batch.header.settlement_date.outgoing',
      index,
      field.settlementDate,
      'The Operator fills this in: leave it blank',
    )
}

function checkEffectiveDate(checker: Checker, index: number, creationDate: string): void {
  const date = checker.date(index, field.effectiveEntryDate)
  if (date === null) {
    checker.fault('parse.field.bad_date', index, field.effectiveEntryDate, 'This is no day: expected YYMMDD')
  } else if (date === '') {
    checker.fault(
      'date.eed.missing',
      index,
      field.effectiveEntryDate,
      'Without effective entry date the batch settles at the earliest chance',
    )
  } else if (creationDate !== '' && date < creationDate) {
    checker.fault(
      'date.eed.past',
      index,
      field.effectiveEntryDate,
      `${date} is before the file creation date ${creationDate}`,
    )
  } else if (!isBankingDay(date)) {
    const why = holidayName(date) ?? 'a weekend'
    checker.fault(
      'date.eed.not_banking_day',
      index,
      field.effectiveEntryDate,
      `${date} is no banking day (${why}): the next one is ${nextBankingDay(date)}`,
    )
  }
}

/** Checks a batch header; `creationDate` is that of the file, '' when it is unknown. */
export function checkBatchHeader(checker: Checker, index: number, creationDate: string): void {
  const secCode = checker.text(index, field.standardEntryClassCode)
  checkCodes(checker, index, secCode)
  checkNumbers(checker, index)
  // Some of these codes have headers of their own (IAT) or leave fields blank (ENR): their rows will say so.
  if (OTHER_SEC_CODES.includes(secCode)) return
  checker.forms(index, batchHeader, [field.batchNumber])
  checker.characters(index, batchHeader, () => 'batch.header.characters')
  checkTexts(checker, index)
  checkEffectiveDate(checker, index, creationDate)
}
