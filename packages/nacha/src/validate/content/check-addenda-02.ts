import type { Field } from '../../field.ts'
import { addenda02, addenda02Mte } from '../../records/addenda-02.ts'
import type { RuleId } from '../../rules/rule-id.ts'
import { US_STATES } from '../../us-states.ts'
import type { Checker } from '../checker.ts'

const { field } = addenda02

const NEEDED: readonly (readonly [Field, RuleId, string])[] = [
  [field.terminalIdentification, 'addenda02.required.terminal', 'The terminal is not named'],
  [field.transactionSerialNumber, 'addenda02.required.serial', 'The serial number of the transaction is missing'],
  [field.terminalLocation, 'addenda02.required.location', 'The place of the terminal is missing'],
  [field.terminalCity, 'addenda02.required.city', 'The city of the terminal is missing'],
]

const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

function isMonthAndDay(text: string): boolean {
  if (!/^\d{4}$/.test(text)) return false
  const day = Number(text.slice(2))
  return day >= 1 && day <= (DAYS[Number(text.slice(0, 2)) - 1] ?? 0)
}

export function checkAddenda02(checker: Checker, index: number): void {
  for (const [needed, rule, message] of NEEDED) {
    if (checker.isBlank(index, needed)) checker.fault(rule, index, needed, message)
  }
  if (!isMonthAndDay(checker.text(index, field.transactionDate))) {
    checker.fault('addenda02.date', index, field.transactionDate, 'Expected month and day of the transaction, MMDD')
  }
  if (!US_STATES.includes(checker.text(index, field.terminalState))) {
    const message = 'Expected the two letters of a U.S. state or territory'
    checker.fault('addenda02.state', index, field.terminalState, message)
  }
}

export function checkAddenda02Mte(checker: Checker, index: number): void {
  checkAddenda02(checker, index)
  const { transactionTime } = addenda02Mte.field
  if (!/^([01]\d|2[0-3])[0-5]\d[0-5]\d$/.test(checker.text(index, transactionTime))) {
    checker.fault('addenda02.mte.time', index, transactionTime, 'Expected the time of the transaction, HHMMSS')
  }
}
