import type { AccessReview, AccessReviewDecision, AccessReviewSettings } from '@fistworks/contract'
import type { RequestOptions } from '../options.ts'
import { path } from '../path.ts'
import { Resource } from '../resource.ts'

/** Looking at who has what in the organization, every so many days. */
export class AccessReviews extends Resource {
  /**
   * When the next is due, and the one under way.
   * @example
   * const { dueAt, isOverdue, current } = await fist.accessReviews.retrieve()
   */
  async retrieve(options?: RequestOptions): Promise<AccessReview> {
    return this.send({ operation: 'accessReviews.retrieve', method: 'GET', path: '/v1/access-reviews', options })
  }

  /**
   * Writes down who has what now.
   * @example
   * const { current } = await fist.accessReviews.begin()
   */
  async begin(options?: RequestOptions): Promise<AccessReview> {
    return this.send({ operation: 'accessReviews.begin', method: 'POST', path: '/v1/access-reviews', options })
  }

  /**
   * Confirms one access or takes it away. The last decision completes the review.
   * @example
   * await fist.accessReviews.decide('rev_…', { subjectId: 'usr_…', decision: 'confirmed' })
   */
  async decide(id: string, input: AccessReviewDecision, options?: RequestOptions): Promise<AccessReview> {
    return this.send({
      operation: 'accessReviews.decide',
      method: 'POST',
      path: path`/v1/access-reviews/${id}/decide`,
      body: input,
      options,
    })
  }

  /**
   * How many days lie between two reviews, 30 to 365.
   * @example
   * await fist.accessReviews.configure({ everyDays: 180 })
   */
  async configure(input: AccessReviewSettings, options?: RequestOptions): Promise<AccessReview> {
    return this.send({
      operation: 'accessReviews.configure',
      method: 'POST',
      path: '/v1/access-reviews/configure',
      body: input,
      options,
    })
  }
}
