import type { EffectiveDates, EffectiveDatesQuery } from '@fistworks/contract'
import type { RequestOptions } from '../options.ts'
import { path } from '../path.ts'
import { Resource } from '../resource.ts'

/** The dates that files can still have. */
export class EffectiveDateLists extends Resource {
  /**
   * The next dates that a file of this bank account can have: when it would leave, and whether it settles the same day.
   * @example
   * const { dates } = await fist.effectiveDates.retrieve('bac_…', { direction: 'debit' })
   */
  async retrieve(
    bankAccountId: string,
    query?: EffectiveDatesQuery,
    options?: RequestOptions,
  ): Promise<EffectiveDates> {
    return this.send({
      operation: 'effectiveDates.retrieve',
      method: 'GET',
      path: path`/v1/bank-accounts/${bankAccountId}/effective-dates`,
      query,
      options,
    })
  }
}
