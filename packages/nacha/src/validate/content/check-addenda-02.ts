import { addenda02, addenda02Mte } from '../../records/addenda-02.ts'
import { US_STATES } from '../../us-states.ts'
import { type Checker, type Expected, FILLED } from '../checker.ts'

const { field } = addenda02

const DATE = /^((0[13578]|1[02])(0[1-9]|[12]\d|3[01])|(0[469]|11)(0[1-9]|[12]\d|30)|02(0[1-9]|[12]\d))$/
const TIME = /^([01]\d|2[0-3])[0-5]\d[0-5]\d$/

const EXPECTED: readonly Expected[] = [
  [field.terminalIdentification, 'addenda02.required.terminal', FILLED],
  [field.transactionSerialNumber, 'addenda02.required.serial', FILLED],
  [field.terminalLocation, 'addenda02.required.location', FILLED],
  [field.terminalCity, 'addenda02.required.city', FILLED],
  [field.transactionDate, 'addenda02.date', DATE, 'a day, MMDD'],
  [field.terminalState, 'addenda02.state', US_STATES, 'a state or territory of the U.S.'],
]

export function checkAddenda02(checker: Checker, index: number): void {
  for (const expected of EXPECTED) checker.expect(index, ...expected)
}

export function checkAddenda02Mte(checker: Checker, index: number): void {
  checkAddenda02(checker, index)
  const { transactionTime } = addenda02Mte.field
  checker.expect(index, transactionTime, 'addenda02.mte.time', TIME, 'a time, HHMMSS')
}
