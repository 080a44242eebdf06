import type { BankAccount, BankAccountCreate, BankAccountUpdate, PageQuery } from '@fistworks/contract'
import type { RequestOptions } from '../options.ts'
import type { PagePromise } from '../page.ts'
import { path } from '../path.ts'
import { Resource } from '../resource.ts'

/** The accounts payments are originated from. */
export class BankAccounts extends Resource {
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
   * All accounts, newest first.
   * @example
   * const { data } = await fist.bankAccounts.list()
   */
  list(query?: PageQuery, options?: RequestOptions): PagePromise<BankAccount> {
    return this.page('bankAccounts.list', '/v1/bank-accounts', query, options)
  }

  /**
   * One account.
   * @example
   * const account = await fist.bankAccounts.retrieve('bac_…')
   */
  async retrieve(id: string, options?: RequestOptions): Promise<BankAccount> {
    return this.send({
      operation: 'bankAccounts.retrieve',
      method: 'GET',
      path: path`/v1/bank-accounts/${id}`,
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
