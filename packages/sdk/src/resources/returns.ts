import type { Return, ReturnQuery } from '@fistworks/contract'
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
}
