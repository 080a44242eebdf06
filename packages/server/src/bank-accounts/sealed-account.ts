import { lastDigits } from '@fistworks/contract'
import { invalid } from '../problem-error.ts'
import { ACCOUNT_NUMBER_BYTES, comparableNumber, type OrganizationVault } from '../vault/vault.ts'

/** The tables whose rows carry a routing and an account number. */
type AccountTable = 'recipients' | 'bank_accounts'

/** What is kept of an account: sealed, the digits that may be shown, and a keyed hash that finds equal ones. */
interface SealedAccount {
  routingNumber: Uint8Array
  routingNumberLast4: string
  accountNumber: Uint8Array
  accountNumberLast4: string
  accountIndex: Uint8Array
}

interface Place {
  table: AccountTable
  row: string
}

/** Seals the numbers for this row; the clear ones go no further. */
export function sealAccount(
  vault: OrganizationVault,
  at: Place,
  clear: { routingNumber: string; accountNumber: string },
): SealedAccount {
  return {
    routingNumber: vault.seal({ ...at, column: 'routing_number' }, clear.routingNumber),
    routingNumberLast4: lastDigits(clear.routingNumber),
    accountNumber: vault.seal({ ...at, column: 'account_number' }, clear.accountNumber, {
      padTo: ACCOUNT_NUMBER_BYTES,
    }),
    accountNumberLast4: lastDigits(clear.accountNumber),
    accountIndex: vault.blindIndex(`${at.table}.account`, clear.routingNumber, comparableNumber(clear.accountNumber)),
  }
}

/**
 * As `sealAccount` for a change: nothing when neither number was sent.
 * @throws ProblemError `validation-failed` when only one was: half a new account with half an old one is a wrong account
 */
export function sealNewAccount(
  vault: OrganizationVault,
  at: Place,
  { routingNumber, accountNumber }: { routingNumber?: string | undefined; accountNumber?: string | undefined },
): SealedAccount | null {
  if (routingNumber === undefined && accountNumber === undefined) return null
  if (routingNumber !== undefined && accountNumber !== undefined) {
    return sealAccount(vault, at, { routingNumber, accountNumber })
  }
  const missing = routingNumber === undefined ? 'routingNumber' : 'accountNumber'
  const message = 'is missing: routing and account number change together, so send both'
  throw invalid([{ pointer: `/${missing}`, code: 'required', message }])
}
