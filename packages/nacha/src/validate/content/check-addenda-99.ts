import type { Field } from '../../field.ts'
import { addenda99, addenda99Contested, addenda99Dishonored, addenda99Iat } from '../../records/addenda-99.ts'
import { returnCodeMisfit } from '../../return-code-fit.ts'
import { isRetiredReturnCode, returnCodeKind } from '../../return-code-kind.ts'
import { isCreditCode } from '../../transaction-code.ts'
import type { BatchFacts, EntryFacts } from '../batch-facts.ts'
import { type Checker, FILLED, GIVEN, JULIAN_DAY } from '../checker.ts'

const { returnReasonCode, originalTraceNumber, dateOfDeath } = addenda99.field

function checkForSec(checker: Checker, index: number, code: string, entry: EntryFacts, { secCode }: BatchFacts): void {
  const misfit = returnCodeMisfit(code, secCode, isCreditCode(entry.code) ? 'credit' : 'debit')
  if (misfit === null) return
  checker.fault('addenda99.return_code.sec', index, returnReasonCode, `${code} is not for ${misfit}`)
}

function checkOriginalTrace(checker: Checker, index: number): void {
  checker.expect(index, originalTraceNumber, 'addenda99.original_trace', GIVEN)
}

export function checkReturn(checker: Checker, index: number, entry: EntryFacts, facts: BatchFacts): void {
  const code = checker.text(index, returnReasonCode)
  checkOriginalTrace(checker, index)
  if (returnCodeKind(code) === 'return') checkForSec(checker, index, code, entry, facts)
  else {
    checker.fault('addenda99.return_code', index, returnReasonCode, 'Expected a return code, in upper case')
  }
  const isDeath = code === 'R14' || code === 'R15'
  if (isDeath === checker.isBlankOrZero(index, dateOfDeath)) {
    const message = 'A date of death comes with R14 and R15, and only with them'
    checker.fault('addenda99.date_of_death', index, dateOfDeath, message)
  }
  const information = facts.isIat ? addenda99Iat.field.addendaInformation : addenda99.field.addendaInformation
  if (code === 'R17') {
    const words = 'the wrong fields, or QUESTIONABLE'
    checker.expect(index, information, 'addenda99.information', FILLED, words)
  }
}

type FieldsRule = 'addenda99.dishonored.fields' | 'addenda99.contested.fields'

/** Codes of returns; R90 to R99 are kept free for the own codes of processors. */
const RETURN_CODE = /^(?!00|48|49|5[4-9]|[67]\d|8[6-9])\d\d$/
const DISHONORED_CODE = /^(6[1-9]|70)$/

/** Trace number and settlement day of what is answered. */
function checkAnswered(checker: Checker, index: number, rule: FieldsRule, trace: Field, day: Field): void {
  checker.expect(index, trace, rule, /^(?!0+$)\d{15}$/, '15 digits')
  checker.expect(index, day, rule, JULIAN_DAY, 'a day of the year, 001 to 366')
}

function checkReturned(checker: Checker, index: number, rule: FieldsRule, code: Field): void {
  checker.expect(index, code, rule, RETURN_CODE, 'the two digits of a return code')
}

const dishonored = addenda99Dishonored.field
const contested = addenda99Contested.field

function refuseIat(checker: Checker, index: number, { isIat }: BatchFacts): void {
  if (isIat) checker.fault('addenda99.iat', index, returnReasonCode, 'IAT knows no dishonored returns')
}

export function checkDishonored(checker: Checker, index: number, _: EntryFacts, facts: BatchFacts): void {
  const code = checker.text(index, dishonored.dishonoredReturnReasonCode)
  refuseIat(checker, index, facts)
  checkOriginalTrace(checker, index)
  if (isRetiredReturnCode(code)) {
    const message = `${code} is not used any more`
    checker.fault('addenda99.return_code.retired', index, returnReasonCode, message)
  }
  const rule = 'addenda99.dishonored.fields'
  const { returnTraceNumber, returnSettlementDate, addendaInformation } = dishonored
  checkAnswered(checker, index, rule, returnTraceNumber, returnSettlementDate)
  checkReturned(checker, index, rule, dishonored.returnReasonCode)
  if (code === 'R69') {
    const words = 'the wrong fields, as in 01*03'
    checker.expect(index, addendaInformation, rule, /^0[1-7](\*0[1-7])*$/, words)
  }
}

export function checkContested(checker: Checker, index: number, _: EntryFacts, facts: BatchFacts): void {
  refuseIat(checker, index, facts)
  checkOriginalTrace(checker, index)
  const rule = 'addenda99.contested.fields'
  checkAnswered(checker, index, rule, contested.returnTraceNumber, contested.returnSettlementDate)
  checkReturned(checker, index, rule, contested.returnReasonCode)
  const { dishonoredReturnTraceNumber, dishonoredReturnSettlementDate, dishonoredReturnReasonCode } = contested
  checkAnswered(checker, index, rule, dishonoredReturnTraceNumber, dishonoredReturnSettlementDate)
  const words = 'the two digits of a dishonor code'
  checker.expect(index, dishonoredReturnReasonCode, rule, DISHONORED_CODE, words)
  if (checker.text(index, contested.contestedReturnReasonCode) !== 'R73') return
  for (const field of [contested.dateOriginalEntryReturned, contested.originalSettlementDate]) {
    checker.expect(index, field, rule, GIVEN, 'both dates with R73')
  }
}
