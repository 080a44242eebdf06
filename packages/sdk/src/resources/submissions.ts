import type { Submission, SubmissionQuery, SubmissionResolution } from '@fistworks/contract'
import type { RequestOptions } from '../options.ts'
import type { PagePromise } from '../page.ts'
import { path } from '../path.ts'
import { Resource } from '../resource.ts'

/** Deliveries of one file’s bytes to one bank. */
export class Submissions extends Resource {
  /**
   * Deliveries, newest first.
   * @example
   * const stuck = await fist.submissions.list({ state: 'unknown' })
   */
  list(query?: SubmissionQuery, options?: RequestOptions): PagePromise<Submission> {
    return this.page('submissions.list', '/v1/submissions', query, options)
  }

  /**
   * One delivery with every step it took.
   * @example
   * const { state, steps } = await fist.submissions.retrieve('sub_…')
   */
  async retrieve(id: string, options?: RequestOptions): Promise<Submission> {
    return this.send({ operation: 'submissions.retrieve', method: 'GET', path: path`/v1/submissions/${id}`, options })
  }

  /**
   * Tries a failed delivery again. Only in state `failed`: nothing can have reached the bank.
   * @example
   * await fist.submissions.retry('sub_…')
   */
  async retry(id: string, options?: RequestOptions): Promise<Submission> {
    return this.send({
      operation: 'submissions.retry',
      method: 'POST',
      path: path`/v1/submissions/${id}/retry`,
      options,
    })
  }

  /**
   * Says what a person found out at the bank about a delivery that is `unknown`.
   * @example
   * await fist.submissions.resolve('sub_…', { outcome: 'delivered', reason: 'Confirmed by phone' })
   */
  async resolve(id: string, input: SubmissionResolution, options?: RequestOptions): Promise<Submission> {
    return this.send({
      operation: 'submissions.resolve',
      method: 'POST',
      path: path`/v1/submissions/${id}/resolve`,
      body: input,
      options,
    })
  }
}
