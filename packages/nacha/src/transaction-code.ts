export type AccountType = 'checking' | 'savings' | 'generalLedger' | 'loan'
export type Direction = 'credit' | 'debit'
/** `return` is for returns and notifications of change, `zeroDollar` for remittance information without money. */
export type Purpose = 'payment' | 'prenote' | 'zeroDollar' | 'return'

export interface TransactionCode {
  readonly accountType: AccountType
  readonly direction: Direction
  readonly purpose: Purpose
}

const ACCOUNT_TYPES: readonly (readonly [number, AccountType])[] = [
  [20, 'checking'],
  [30, 'savings'],
  [40, 'generalLedger'],
  [50, 'loan'],
]
const PURPOSES: readonly Purpose[] = ['return', 'payment', 'prenote', 'zeroDollar']

function regularCodes(): [number, TransactionCode][] {
  const codes: [number, TransactionCode][] = []
  for (const [base, accountType] of ACCOUNT_TYPES) {
    for (const [index, purpose] of PURPOSES.entries()) {
      codes.push([base + 1 + index, { accountType, direction: 'credit', purpose }])
      if (accountType !== 'loan') codes.push([base + 6 + index, { accountType, direction: 'debit', purpose }])
    }
  }
  return codes
}

/** Every transaction code of positions 2-3 of an entry (but those of ADV), with what it means. */
export const TRANSACTION_CODES: ReadonlyMap<number, TransactionCode> = new Map([
  ...regularCodes(),
  [55, { accountType: 'loan', direction: 'debit', purpose: 'payment' }],
  [56, { accountType: 'loan', direction: 'debit', purpose: 'return' }],
])

/**
 * The code for an account and a direction: 22 pays into checking, 37 collects from savings, 23 announces the first credit.
 * @throws RangeError for a prenote debit of a loan account: there is no such code.
 */
export function transactionCodeFor(wanted: {
  accountType: AccountType
  direction: Direction
  prenote?: boolean
}): number {
  const purpose: Purpose = wanted.prenote === true ? 'prenote' : 'payment'
  for (const [code, { accountType, direction, purpose: has }] of TRANSACTION_CODES) {
    if (accountType === wanted.accountType && direction === wanted.direction && has === purpose) return code
  }
  throw new RangeError(
    `There is no transaction code for a ${purpose} ${wanted.direction} of a ${wanted.accountType} account`,
  )
}

/** Second digit 1 to 4: credit; else debit (not for the ADV codes 81 to 88). */
export function isCreditCode(code: number): boolean {
  const second = code % 10
  return second >= 1 && second <= 4
}
