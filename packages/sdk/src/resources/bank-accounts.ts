import type { BankAccount, BankAccountCreate, BankAccountUpdate } from '@fistworks/contract'
import type { RequestOptions } from '../options.ts'
import { path } from '../path.ts'
import { BankAccountReads } from './bank-account-reads.ts'

/** The accounts payments are originated from. */
export class BankAccounts extends BankAccountReads {
  /**
   * Adds an account. Its numbers are only ever sent, never given back.
   * @example
   * const account = await fist.bankAccounts.create({
   *   name: 'Operating',
   *   bankConnectionId: 'bcn_…',
   *   routingNumber,
   *   accountNumber,
   *   accountType: 'checking',
   *   companyName: 'ACME CORP',
   *   companyId: '1123456789',
   * })
   */
  async create(input: BankAccountCreate, options?: RequestOptions): Promise<BankAccount> {
    return this.send({
      operation: 'bankAccounts.create',
      method: 'POST',
      path: '/v1/bank-accounts',
      body: input,
      options,
    })
  }

  /**
   * Changes what is named.
   * @example
   * await fist.bankAccounts.update('bac_…', { name: 'Payroll' })
   */
  async update(id: string, input: BankAccountUpdate, options?: RequestOptions): Promise<BankAccount> {
    return this.send({
      operation: 'bankAccounts.update',
      method: 'PATCH',
      path: path`/v1/bank-accounts/${id}`,
      body: input,
      options,
    })
  }

  /**
   * Takes it out of use.
   * @example
   * await fist.bankAccounts.archive('bac_…')
   */
  async archive(id: string, options?: RequestOptions): Promise<BankAccount> {
    return this.send({
      operation: 'bankAccounts.archive',
      method: 'POST',
      path: path`/v1/bank-accounts/${id}/archive`,
      options,
    })
  }
}
