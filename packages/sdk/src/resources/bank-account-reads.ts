import type { BankAccount, PageQuery } from '@fistworks/contract'
import type { RequestOptions } from '../options.ts'
import type { PagePromise } from '../page.ts'
import { path } from '../path.ts'
import { Resource } from '../resource.ts'

/** The accounts payments are originated from, to choose one. */
export class BankAccountReads extends Resource {
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
}
