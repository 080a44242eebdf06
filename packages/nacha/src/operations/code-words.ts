import { changeCode } from '../change-code.ts'
import { returnCode } from '../return-code.ts'
import { isSecCode, SEC_CODES } from '../sec-code.ts'
import { type AccountType, type Purpose, TRANSACTION_CODES } from '../transaction-code.ts'

const ACCOUNTS: Readonly<Record<AccountType, string>> = {
  checking: 'a checking account',
  savings: 'a savings account',
  generalLedger: 'a general ledger account',
  loan: 'a loan account',
}

const PURPOSES: Readonly<Record<Purpose, string>> = {
  payment: '',
  prenote: ', announced (prenote)',
  zeroDollar: ', information without money',
  return: ', return or notification of change',
}

const ADVICE: Readonly<Record<number, string>> = {
  81: 'credit for debits originated',
  82: 'debit for credits originated',
  83: 'credit for credits received',
  84: 'debit for debits received',
  85: 'credit for rejected credit batches',
  86: 'debit for rejected debit batches',
  87: 'summary credit',
  88: 'summary debit',
}

/** 'credit to a checking account'; '' for a code that there is none of. */
export function transactionWords(code: number): string {
  const meaning = TRANSACTION_CODES.get(code)
  if (!meaning) return ADVICE[code] ?? ''
  const side = meaning.direction === 'credit' ? 'credit to' : 'debit from'
  return `${side} ${ACCOUNTS[meaning.accountType]}${PURPOSES[meaning.purpose]}`
}

/** '1,240.50'; cents of any size as digits, too. */
export function money(cents: number | string): string {
  const digits = String(cents).padStart(3, '0')
  if (!/^\d+$/.test(digits)) return String(cents)
  const dollars = digits.slice(0, -2).replace(/^0+(?=\d)/, '')
  return `${dollars.replace(/\B(?=(\d{3})+$)/g, ',')}.${digits.slice(-2)}`
}

const SERVICE_CLASSES: Readonly<Record<string, string>> = {
  200: 'credits and debits',
  220: 'credits',
  225: 'debits',
  280: 'accounting advice',
}
const STATUS: Readonly<Record<string, string>> = { 0: 'an Operator', 1: 'a bank', 2: 'the federal government' }
const PAYMENT_TYPES: Readonly<Record<string, string>> = {
  R: 'recurring',
  S: 'single',
  ST: 'under a standing authorization',
}
const CARD_TYPES: Readonly<Record<string, string>> = {
  '01': 'purchase',
  '02': 'cash',
  '03': 'return reversal',
  11: 'purchase reversal',
  12: 'cash reversal',
  13: 'return',
  21: 'adjustment',
  99: 'miscellaneous',
}
const REFUSED: Readonly<Record<string, string>> = {
  A1: 'refused: misrouted',
  A2: 'refused: wrong trace number',
  A3: 'refused: wrong company identification',
  AK: 'asks for an acknowledgment',
}

/** What a return code means, also written as its two digits; '' when it is not assigned. */
export function returnWords(code: string): string {
  return returnCode(/^\d\d$/.test(code) ? `R${code}` : code)?.reason ?? ''
}

export function changeWords(code: string): string {
  return changeCode(code)?.reason ?? ''
}

const lookUp = (table: Readonly<Record<string, string>>) => (value: string) => table[value] ?? ''

/** What the value of a coded field means, by the name of the field; '' where it says nothing more. */
const CODED: Readonly<Record<string, (value: string) => string>> = {
  standardEntryClassCode: (value) => (isSecCode(value) ? SEC_CODES[value].meaning : ''),
  serviceClassCode: lookUp(SERVICE_CLASSES),
  originatorStatusCode: lookUp(STATUS),
  transactionCode: (value) => transactionWords(Number(value)),
  paymentTypeCode: lookUp(PAYMENT_TYPES),
  cardTransactionType: lookUp(CARD_TYPES),
  discretionaryData: lookUp(REFUSED),
  returnReasonCode: returnWords,
  dishonoredReturnReasonCode: returnWords,
  contestedReturnReasonCode: returnWords,
  changeCode: changeWords,
  refusedChangeCode: changeWords,
}

const MONEY = ['amount', 'totalDebitAmount', 'totalCreditAmount', 'originalForwardAmount']

/** What a value means to a person; '' where the value says it itself. */
export function meaningOf(fieldName: string, value: string | number): string {
  const text = String(value)
  if (MONEY.includes(fieldName) && /^\d+$/.test(text)) return `${money(text)} USD`
  return text === '' ? '' : (CODED[fieldName]?.(text) ?? '')
}

const UPPER = /\b(dfi|odfi|rdfi|iso|iat|ach|ofac|id)\b/g

/** The name of a field or record in words: 'dfiAccountNumber' is 'DFI account number'. */
export function wordsOf(name: string): string {
  const words = name.replace(/([a-z])([A-Z0-9])/g, '$1 $2').toLowerCase()
  const upper = words.replace(UPPER, (word) => word.toUpperCase())
  return upper.charAt(0).toUpperCase() + upper.slice(1)
}
