import { isAccountByte } from '../characters.ts'
import { digitsAt } from '../read-field.ts'
import { entryDetail } from '../records/entry-detail.ts'
import { isAssignedPrefix } from '../routing-number-problem.ts'
import type { SecCodeRow } from '../sec-code.ts'
import { TRANSACTION_CODES, type TransactionCode } from '../transaction-code.ts'
import type { Checker } from './checker.ts'

const { field } = entryDetail
const BLANK = 0x20
const ZERO = 0x30
const HYPHEN = 0x2d

/** What the entries of a batch are checked against. */
export interface BatchFacts {
  readonly secCode: string
  readonly row: SecCodeRow
  /** 200, 220, 225; anything else is its own fault and restricts nothing. */
  readonly serviceClass: number
  readonly odfi: number
  readonly isReversal: boolean
}

/** What is known of the addenda that follow an entry. */
export interface EntryAddenda {
  readonly count: number
  readonly hasReturn: boolean
}

/** Direct look-up by the two digits: this runs for every entry of a file. */
const BY_CODE: readonly (TransactionCode | undefined)[] = Array.from({ length: 100 }, (_, code) =>
  TRANSACTION_CODES.get(code),
)

function checkCode(checker: Checker, index: number, code: number, facts: BatchFacts, addenda: EntryAddenda): void {
  const at = field.transactionCode
  const meaning = BY_CODE[code]
  if (code < 0) {
    checker.fault('parse.field.not_numeric', index, at, 'Only digits may stand here')
    return
  }
  if (!meaning) {
    checker.fault(
      'entry.transaction_code.unknown',
      index,
      at,
      `${String(code).padStart(2, '0')} is no transaction code`,
    )
    return
  }
  const { direction, purpose, accountType } = meaning
  if ((facts.serviceClass === 220 && direction === 'debit') || (facts.serviceClass === 225 && direction === 'credit')) {
    checker.fault(
      'entry.transaction_code.service_class',
      index,
      at,
      `${code} is a ${direction}, the batch is of class ${facts.serviceClass}`,
    )
  }
  if ((purpose === 'return') !== addenda.hasReturn) {
    const message = addenda.hasReturn
      ? `${code} is for payments, a return uses a code that ends in 1 or 6`
      : `${code} is for returns and notifications of change`
    checker.fault('entry.transaction_code.return', index, at, message)
  }
  const isAllowed =
    (direction === 'credit' ? facts.row.allowsCredits : facts.row.allowsDebits) &&
    (purpose !== 'zeroDollar' || facts.row.allowsZeroDollar) &&
    (purpose !== 'prenote' || facts.row.allowsPrenotes)
  if (!isAllowed)
    checker.fault('entry.transaction_code.sec', index, at, `${facts.secCode} does not allow transaction code ${code}`)
  if (accountType === 'loan' && direction === 'debit' && purpose === 'payment' && !facts.isReversal) {
    checker.fault('entry.transaction_code.loan_debit', index, at, 'A loan account is debited only to reverse a credit')
  }
}

function checkRouting(checker: Checker, index: number, bytes: Uint8Array, base: number): void {
  const from = base + field.rdfiIdentification.start
  const routing = digitsAt(bytes, from, 9)
  if (routing <= 0) {
    if (routing === 0 || checker.isBlank(index, field.rdfiIdentification)) {
      checker.fault('entry.rdfi.required', index, field.rdfiIdentification, 'The routing number is missing')
    } else {
      checker.fault('entry.rdfi.format', index, field.rdfiIdentification, 'The routing number must be 9 digits')
    }
    return
  }
  const d = (place: number) => (bytes[from + place] ?? ZERO) - ZERO
  const sum = 3 * (d(0) + d(3) + d(6)) + 7 * (d(1) + d(4) + d(7)) + d(2) + d(5)
  const expected = (10 - (sum % 10)) % 10
  if (expected !== d(8))
    checker.fault(
      'entry.rdfi.check_digit',
      index,
      field.checkDigit,
      `The check digit is ${d(8)}, the other digits make it ${expected}`,
    )
  if (!isAssignedPrefix(d(0) * 10 + d(1)))
    checker.fault(
      'entry.rdfi.prefix',
      index,
      field.rdfiIdentification,
      'No routing number begins with these two digits',
    )
}

function checkAccount(checker: Checker, index: number, bytes: Uint8Array, base: number): void {
  const from = base + field.dfiAccountNumber.start
  let end = from + field.dfiAccountNumber.length
  while (end > from && bytes[end - 1] === BLANK) end--
  if (end === from) {
    checker.fault('entry.account.required', index, field.dfiAccountNumber, 'The account number is missing')
    return
  }
  let blankAt = -1
  let strangeAt = -1
  let isZero = true
  for (let place = from; place < end; place++) {
    const byte = bytes[place] ?? 0
    if (byte === BLANK && blankAt < 0) blankAt = place
    if (byte !== BLANK && byte !== ZERO && byte !== HYPHEN) isZero = false
    if (!isAccountByte(byte)) strangeAt = place
  }
  if (strangeAt >= 0) {
    const message = `Letters, digits, blanks and hyphens belong in an account number; position ${strangeAt - base + 1} holds something else`
    checker.fault('entry.account.characters', index, field.dfiAccountNumber, message)
  }
  if (isZero) checker.fault('entry.account.zero', index, field.dfiAccountNumber, 'The account number is only zeros')
  else if (blankAt >= 0)
    checker.fault(
      'entry.account.inner_blank',
      index,
      field.dfiAccountNumber,
      `A blank stands at position ${blankAt - base + 1}`,
    )
}

function checkAmount(checker: Checker, index: number, cents: number, code: number, addenda: EntryAddenda): void {
  const purpose = BY_CODE[code]?.purpose
  if (cents < 0)
    checker.fault(
      'parse.field.not_numeric',
      index,
      field.amount,
      'Only digits may stand here, 10 of them, zeros on the left',
    )
  else if (purpose === 'payment' && cents === 0)
    checker.fault('entry.amount.zero', index, field.amount, `A payment (${code}) must be more than zero`)
  else if (purpose === 'prenote' && cents > 0)
    checker.fault('entry.amount.prenote', index, field.amount, `A prenote (${code}) has amount zero`)
  else if (purpose === 'zeroDollar' && (cents > 0 || addenda.count === 0)) {
    const message =
      cents > 0 ? `A zero-dollar entry (${code}) has amount zero` : `A zero-dollar entry (${code}) needs an addenda`
    checker.fault('entry.amount.zero_dollar', index, field.amount, message)
  }
}

/** Checks one entry record on its bytes; `addenda` is what follows it. */
export function checkEntry(checker: Checker, index: number, facts: BatchFacts, addenda: EntryAddenda): void {
  const { bytes } = checker.records
  const base = checker.records.at(index)
  const code = digitsAt(bytes, base + field.transactionCode.start, 2)
  checkCode(checker, index, code, facts, addenda)
  checkRouting(checker, index, bytes, base)
  checkAccount(checker, index, bytes, base)
  checkAmount(checker, index, digitsAt(bytes, base + field.amount.start, field.amount.length), code, addenda)
  if (bytes[base + field.individualName.start] === BLANK && checker.isBlank(index, field.individualName)) {
    checker.fault('entry.name.required', index, field.individualName, 'The name of the receiver is missing')
  }
  const indicator = (bytes[base + field.addendaRecordIndicator.start] ?? 0) - ZERO
  if (indicator !== (addenda.count > 0 ? 1 : 0)) {
    const message = addenda.count > 0 ? 'Addenda follow: expected 1' : 'No addenda follow: expected 0'
    checker.fault('entry.addenda_indicator', index, field.addendaRecordIndicator, message)
  }
  checker.characters(index, entryDetail, (each) => (each === field.dfiAccountNumber ? null : 'entry.text.characters'))
}
