import { accountNumberProblem } from './account-number.ts'
import type { CorrectedField } from './corrected-data-layout.ts'
import { isRoutingNumber } from './routing-number.ts'
import { TRANSACTION_CODES } from './transaction-code.ts'

const LONGEST_DOMESTIC_ACCOUNT = 17

function accountProblem(value: string, length: number): string | null {
  if (length <= LONGEST_DOMESTIC_ACCOUNT) {
    const problem = accountNumberProblem(value)
    return problem && `The account number ${problem}`
  }
  return /^[0 -]*$/.test(value) ? 'The account number is missing' : textProblem(value, 'account number', length)
}

function textProblem(value: string, words: string, length: number): string | null {
  if (value === '') return `The ${words} is missing`
  if (value !== value.trim()) return `The ${words} starts or ends with a blank`
  if (value.length > length) return `The ${words} has ${value.length} characters, at most ${length} fit`
  return /\p{Cc}/u.test(value) ? `The ${words} holds a control character` : null
}

const WORDS = {
  individualName: 'name',
  receivingBankIdentification: 'identification of the receiving bank',
  identification: 'identification number',
} as const

/**
 * What is wrong with one corrected value, as a sentence without the value itself; null when nothing is. `length` is what
 * its place holds.
 */
export function correctedValueProblem(field: CorrectedField, value: string, length: number): string | null {
  switch (field) {
    case 'routingNumber':
      return isRoutingNumber(value) ? null : 'Expected a routing number with a right check digit'
    case 'accountNumber':
      return accountProblem(value, length)
    case 'transactionCode':
      return /^\d{2}$/.test(value) && TRANSACTION_CODES.has(Number(value))
        ? null
        : 'Expected a transaction code of 2 digits'
    case 'secCode':
      return value === 'IAT' ? null : 'Expected IAT'
    case 'individualName':
    case 'receivingBankIdentification':
    case 'identification':
      return textProblem(value, WORDS[field], length)
    case 'text':
      // An empty text is allowed: C13 has no fixed layout.
      return value === '' ? null : textProblem(value, 'text', length)
  }
}
