import type { BankAccount } from '@fistworks/contract'
import { nextBankingDay } from '@fistworks/nacha'
import { today } from '../../internal/dates.ts'
import type { BatchDefaults } from './draft.ts'

/** From the account that is wanted, or else the only one there is; on the next banking day from now. */
export function batchDefaults(wanted: string, accounts: readonly BankAccount[]): BatchDefaults {
  const only = accounts.length === 1 ? accounts[0]?.id : undefined
  return { bankAccountId: wanted || (only ?? ''), effectiveDate: nextBankingDay(today()) }
}
