import type {
  Submission,
  SubmissionConfirmation,
  SubmissionQuery,
  SubmissionRejection,
  SubmissionResolution,
  SubmissionRetry,
} from '@fistworks/contract'
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
   * Tries a failed delivery again. Only in state `failed`: nothing can have reached the bank. After the bank’s cutoff
   * a person says `late`. Throws `ConflictError` (`possible-duplicate`) when another file makes some of the same payments
   * by now: `errors` names it, and `acknowledgedDuplicates` says that it is meant. So does `confirmResolution`.
   * @example
   * await fist.submissions.retry('sub_…', { late: true })
   */
  retry(id: string, input: SubmissionRetry = {}, options?: RequestOptions): Promise<Submission> {
    return this.#change('retry', id, 'retry', input, options)
  }

  /**
   * Says what a person found out at the bank about a delivery that is `unknown`. Another person confirms it within a day.
   * @example
   * await fist.submissions.resolve('sub_…', { outcome: 'delivered', reason: 'Confirmed by phone' })
   */
  resolve(id: string, input: SubmissionResolution, options?: RequestOptions): Promise<Submission> {
    return this.#change('resolve', id, 'resolve', input, options)
  }

  /**
   * Confirms what another person was told by the bank, as somebody who did not write the file.
   * @example
   * await fist.submissions.confirmResolution('sub_…', { outcome: 'delivered' })
   */
  confirmResolution(id: string, input: SubmissionConfirmation, options?: RequestOptions): Promise<Submission> {
    return this.#change('confirmResolution', id, 'confirm-resolution', input, options)
  }

  /**
   * Takes away what was said about a delivery; it stays `unknown`.
   * @example
   * await fist.submissions.rejectResolution('sub_…', { reason: 'It was another file' })
   */
  rejectResolution(id: string, input: SubmissionRejection, options?: RequestOptions): Promise<Submission> {
    return this.#change('rejectResolution', id, 'reject-resolution', input, options)
  }

  async #change(
    verb: string,
    id: string,
    last: string,
    body: object,
    options: RequestOptions | undefined,
  ): Promise<Submission> {
    return this.send({
      operation: `submissions.${verb}`,
      method: 'POST',
      path: `${path`/v1/submissions/${id}`}/${last}`,
      body,
      options,
    })
  }
}
