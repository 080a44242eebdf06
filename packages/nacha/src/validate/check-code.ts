import { padded } from '../padded.ts'
import { entryDetail } from '../records/entry-detail.ts'
import type { TransactionCode } from '../transaction-code.ts'
import type { BatchFacts, EntryFacts } from './batch-facts.ts'
import type { Checker } from './checker.ts'

const { transactionCode } = entryDetail.field

/** Codes of returns and notifications of change against what the entry is. */
function checkPurpose(checker: Checker, { index, category, code }: EntryFacts, isReturnCode: boolean, isCor: boolean) {
  if (isReturnCode === (isCor || category !== 'forward')) return
  const answer = isCor ? 'notification of change' : 'return'
  const message = isReturnCode
    ? `${padded(code, 2)} is for returns and notifications of change`
    : `${padded(code, 2)} is for payments, a ${answer} uses a code that ends in 1 or 6`
  checker.fault(isCor ? 'sec.cor.code' : 'entry.transaction_code.return', index, transactionCode, message)
}

/** What the SEC code of the batch says of a code of a payment. */
function checkAgainstSec(checker: Checker, entry: EntryFacts, facts: BatchFacts, meaning: TransactionCode): void {
  const { row, secCode, isReversal } = facts
  const { index, code } = entry
  const { purpose, accountType, direction } = meaning
  const isCredit = direction === 'credit'
  // Zero-dollar entries of IAT are for checking and savings accounts.
  const isZeroDollarHere =
    row.allowsZeroDollar && !(facts.isIat && accountType !== 'checking' && accountType !== 'savings')
  if (!(isCredit ? row.allowsCredits : row.allowsDebits)) {
    if (!isReversal || row.onlyCodes) {
      const message = `${secCode} knows no ${direction}s but in a REVERSAL batch`
      checker.fault(isCredit ? 'sec.debit_only' : 'sec.credit_only', index, transactionCode, message)
    }
  } else if (row.onlyCodes ? !row.onlyCodes.includes(code) : purpose === 'zeroDollar' && !isZeroDollarHere) {
    const message = `${secCode} does not allow transaction code ${code}`
    checker.fault('entry.transaction_code.sec', index, transactionCode, message)
  }
  if (purpose === 'prenote' && !row.onlyCodes && !row.allowsPrenotes) {
    checker.fault('sec.prenote_not_allowed', index, transactionCode, `${secCode} knows no prenotes`)
  }
  if (accountType === 'loan' && !isCredit && purpose === 'payment' && !isReversal) {
    const message = 'A loan is debited only to reverse a credit'
    checker.fault('entry.transaction_code.loan_debit', index, transactionCode, message)
  }
}

export function checkCode(checker: Checker, entry: EntryFacts, facts: BatchFacts): void {
  const { index, code, category, meaning } = entry
  const isOfAdv = code > 80 && code < 89
  if (code < 0) {
    checker.fault('parse.field.not_numeric', index, transactionCode, 'Expected 2 digits')
    return
  }
  if (facts.secCode === 'ADV') {
    if (!isOfAdv) {
      checker.fault('sec.adv.transaction_code', index, transactionCode, 'Expected 81 to 88 for ADV')
    }
    return
  }
  if (isOfAdv) {
    checker.fault('entry.transaction_code.sec', index, transactionCode, `${code} is for ADV batches`)
    return
  }
  if (!meaning) {
    checker.fault('entry.transaction_code.unknown', index, transactionCode, `${padded(code, 2)} is no transaction code`)
    return
  }
  const { direction, purpose } = meaning
  const { serviceClass } = facts
  if ((serviceClass === 220 && direction === 'debit') || (serviceClass === 225 && direction === 'credit')) {
    const message = `${code} is a ${direction}, the batch is of class ${serviceClass}`
    checker.fault('entry.transaction_code.service_class', index, transactionCode, message)
  }
  checkPurpose(checker, entry, purpose === 'return', facts.secCode === 'COR')
  if (category === 'forward' && purpose !== 'return') checkAgainstSec(checker, entry, facts, meaning)
}

/** SEC codes whose forward entries move no money. */
const WITHOUT_MONEY: readonly string[] = ['ACK', 'ATX', 'COR', 'DNE', 'ENR']

export function checkAmount(checker: Checker, entry: EntryFacts, facts: BatchFacts): void {
  const { index, cents, code, category, addendaCount, meaning } = entry
  const { amount, secCode } = facts
  if (cents < 0) {
    const message = `Expected ${amount.length} digits`
    checker.fault('parse.field.not_numeric', index, amount, message)
    return
  }
  if (cents > 0 && category !== 'return' && WITHOUT_MONEY.includes(secCode)) {
    checker.fault('sec.zero_amount', index, amount, `${secCode} moves no money: the amount is zero`)
    return
  }
  if (category !== 'forward' || secCode === 'ADV') return
  const purpose = meaning?.purpose
  if (purpose === 'payment' && cents === 0 && !facts.isIat)
    checker.fault('entry.amount.zero', index, amount, `A payment (${code}) must be more than zero`)
  else if (purpose === 'prenote' && cents > 0)
    checker.fault('entry.amount.prenote', index, amount, `A prenote (${code}) has amount zero`)
  else if (purpose === 'zeroDollar' && cents > 0)
    checker.fault('entry.amount.zero_dollar', index, amount, `A zero-dollar entry (${code}) has amount zero`)
  else if (purpose === 'zeroDollar' && addendaCount === 0 && facts.row.allowsZeroDollar)
    checker.fault('entry.amount.zero_dollar', index, amount, `A zero-dollar entry (${code}) needs an addenda`)
}
