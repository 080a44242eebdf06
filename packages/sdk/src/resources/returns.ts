import type { AchFile, ReturnRates as Rates, Return, ReturnMatch, ReturnQuery, ReturnRetry } from '@fistworks/contract'
import type { RequestOptions } from '../options.ts'
import type { PagePromise } from '../page.ts'
import { path } from '../path.ts'
import { Resource } from '../resource.ts'

/** What banks said about payments: returns, dishonored and contested ones, acknowledgments. */
export class Returns extends Resource {
  /**
   * Returns, newest first.
   * @example
   * const open = await fist.returns.list({ unmatched: 'true' })
   */
  list(query?: ReturnQuery, options?: RequestOptions): PagePromise<Return> {
    return this.page('returns.list', '/v1/returns', query, options)
  }

  /**
   * One return: what its code means, whether the payment may be sent again, and what to do next.
   * @example
   * const { reason, sendAgain, nextSteps } = await fist.returns.retrieve('ret_…')
   */
  async retrieve(id: string, options?: RequestOptions): Promise<Return> {
    return this.send({ operation: 'returns.retrieve', method: 'GET', path: path`/v1/returns/${id}`, options })
  }

  /**
   * Says which payment a return is about that matched none by itself. Only a person can.
   * @example
   * await fist.returns.match('ret_…', { entryId: 'ent_…', reason: 'The bank confirmed it by phone' })
   */
  async match(id: string, input: ReturnMatch, options?: RequestOptions): Promise<Return> {
    return this.send({
      operation: 'returns.match',
      method: 'POST',
      path: path`/v1/returns/${id}/match`,
      body: input,
      options,
    })
  }

  /**
   * Drafts a file that sends the payment again, as the rules of the network allow it.
   * @example
   * const draft = await fist.returns.retry('ret_…', { effectiveDate: '2026-12-01' })
   */
  async retry(id: string, input: ReturnRetry = {}, options?: RequestOptions): Promise<AchFile> {
    return this.send({
      operation: 'returns.retry',
      method: 'POST',
      path: path`/v1/returns/${id}/retry`,
      body: input,
      options,
    })
  }
}

/** Returned debits among the debits originated. */
export class ReturnRates extends Resource {
  /**
   * The rates of the last 60 days, by bank account and SEC code.
   * @example
   * const { rates } = await fist.returnRates.retrieve()
   */
  async retrieve(options?: RequestOptions): Promise<Rates> {
    return this.send({ operation: 'returnRates.retrieve', method: 'GET', path: '/v1/return-rates', options })
  }
}
