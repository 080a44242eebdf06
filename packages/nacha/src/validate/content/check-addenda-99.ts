import type { Field } from '../../field.ts'
import { addenda99, addenda99Contested, addenda99Dishonored, addenda99Iat } from '../../records/addenda-99.ts'
import { returnCodeMisfit } from '../../return-code-fit.ts'
import { RETIRED_RETURN_CODES, returnCodeKind } from '../../return-code-kind.ts'
import { isCreditCode } from '../../transaction-code.ts'
import type { BatchFacts, EntryFacts } from '../batch-facts.ts'
import type { Checker } from '../checker.ts'

const { returnReasonCode, originalTraceNumber, dateOfDeath } = addenda99.field

function checkForSec(checker: Checker, index: number, code: string, entry: EntryFacts, { secCode }: BatchFacts): void {
  const misfit = returnCodeMisfit(code, secCode, isCreditCode(entry.code) ? 'credit' : 'debit')
  if (misfit === null) return
  checker.fault('addenda99.return_code.sec', index, returnReasonCode, `${code} is not for ${misfit}`)
}

function checkOriginalTrace(checker: Checker, index: number): void {
  if (checker.isBlankOrZero(index, originalTraceNumber)) {
    checker.fault('addenda99.original_trace', index, originalTraceNumber, 'The original trace number is missing')
  }
}

export function checkReturn(checker: Checker, index: number, entry: EntryFacts, facts: BatchFacts): void {
  const code = checker.text(index, returnReasonCode)
  checkOriginalTrace(checker, index)
  if (returnCodeKind(code) === 'return') checkForSec(checker, index, code, entry, facts)
  else {
    const isLower = returnCodeKind(code.toUpperCase()) !== null
    const message = isLower ? 'Write the return code in upper case' : 'This is no return code'
    checker.fault('addenda99.return_code', index, returnReasonCode, message)
  }
  const isDeath = code === 'R14' || code === 'R15'
  if (isDeath === checker.isBlankOrZero(index, dateOfDeath)) {
    const message = isDeath ? `${code} comes with the date of death` : 'A date of death comes with R14 and R15 only'
    checker.fault('addenda99.date_of_death', index, dateOfDeath, message)
  }
  const information = facts.isIat ? addenda99Iat.field.addendaInformation : addenda99.field.addendaInformation
  if (code === 'R17' && checker.isBlank(index, information)) {
    const message = 'R17 names the field that could not be processed, or says QUESTIONABLE'
    checker.fault('addenda99.information', index, information, message)
  }
}

type Form = readonly [Field, RegExp, string]

const TRACE = /^(?!0+$)\d{15}$/
const JULIAN = /^(00[1-9]|0[1-9]\d|[12]\d\d|3[0-5]\d|36[0-6])$/
/** Codes of returns; R90 to R99 are kept free for the own codes of processors. */
const RETURN_CODE = /^(?!00|48|49|5[4-9]|[67]\d|8[6-9])\d\d$/
const DISHONORED_CODE = /^(6[1-9]|70)$/
const words = {
  trace: 'Expected a trace number of 15 digits',
  julian: 'Expected a day of the year, 001 to 366',
  code: 'Expected the two digits of a return code, without R',
  dishonored: 'Expected the two digits of the code it was dishonored with, 61 to 70',
}

function checkForms(checker: Checker, index: number, rule: FieldsRule, forms: readonly Form[]): void {
  for (const [field, form, message] of forms) {
    if (!form.test(checker.text(index, field))) checker.fault(rule, index, field, message)
  }
}
type FieldsRule = 'addenda99.dishonored.fields' | 'addenda99.contested.fields'

const dishonored = addenda99Dishonored.field
const DISHONORED: readonly Form[] = [
  [dishonored.returnTraceNumber, TRACE, words.trace],
  [dishonored.returnSettlementDate, JULIAN, words.julian],
  [dishonored.returnReasonCode, RETURN_CODE, words.code],
]
const contested = addenda99Contested.field
const CONTESTED: readonly Form[] = [
  [contested.returnTraceNumber, TRACE, words.trace],
  [contested.returnSettlementDate, JULIAN, words.julian],
  [contested.returnReasonCode, RETURN_CODE, words.code],
  [contested.dishonoredReturnTraceNumber, TRACE, words.trace],
  [contested.dishonoredReturnSettlementDate, JULIAN, words.julian],
  [contested.dishonoredReturnReasonCode, DISHONORED_CODE, words.dishonored],
]

function refuseIat(checker: Checker, index: number, { isIat }: BatchFacts): void {
  if (isIat)
    checker.fault('addenda99.iat', index, returnReasonCode, 'A return of IAT is neither dishonored nor contested')
}

export function checkDishonored(checker: Checker, index: number, _: EntryFacts, facts: BatchFacts): void {
  const code = checker.text(index, dishonored.dishonoredReturnReasonCode)
  refuseIat(checker, index, facts)
  checkOriginalTrace(checker, index)
  if (RETIRED_RETURN_CODES[code] !== undefined) {
    const message = `${code} is an old dishonor code that is not used any more`
    checker.fault('addenda99.return_code.retired', index, returnReasonCode, message)
  }
  checkForms(checker, index, 'addenda99.dishonored.fields', DISHONORED)
  const information = checker.text(index, dishonored.addendaInformation)
  if (code === 'R69' && !/^0[1-7](\*0[1-7])*$/.test(information)) {
    const message = 'R69 lists the wrong fields, as in 01*03'
    checker.fault('addenda99.dishonored.fields', index, dishonored.addendaInformation, message)
  }
}

export function checkContested(checker: Checker, index: number, _: EntryFacts, facts: BatchFacts): void {
  refuseIat(checker, index, facts)
  checkOriginalTrace(checker, index)
  checkForms(checker, index, 'addenda99.contested.fields', CONTESTED)
  if (checker.text(index, contested.contestedReturnReasonCode) !== 'R73') return
  for (const field of [contested.dateOriginalEntryReturned, contested.originalSettlementDate]) {
    if (checker.isBlankOrZero(index, field)) {
      const message = 'R73 proves with both dates that the return was in time'
      checker.fault('addenda99.contested.fields', index, field, message)
    }
  }
}
