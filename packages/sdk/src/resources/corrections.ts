import type {
  Correction,
  CorrectionDismissal,
  CorrectionMatch,
  CorrectionPolicy,
  CorrectionPolicyUpdate,
  CorrectionQuery,
} from '@fistworks/contract'
import type { RequestOptions } from '../options.ts'
import type { PagePromise } from '../page.ts'
import { path } from '../path.ts'
import { Resource } from '../resource.ts'

/** Notifications of change: a payment was posted, but something in it is wrong. */
export class Corrections extends Resource {
  /**
   * Corrections, newest first.
   * @example
   * const open = await fist.corrections.list({ state: 'open' })
   */
  list(query?: CorrectionQuery, options?: RequestOptions): PagePromise<Correction> {
    return this.page('corrections.list', '/v1/corrections', query, options)
  }

  /**
   * One correction: what was paid beside what is right, masked.
   * @example
   * const { changes, dueOn } = await fist.corrections.retrieve('cor_…')
   */
  async retrieve(id: string, options?: RequestOptions): Promise<Correction> {
    return this.send({ operation: 'corrections.retrieve', method: 'GET', path: path`/v1/corrections/${id}`, options })
  }

  /**
   * Whether corrections are applied by rule or by a person.
   * @example
   * const { apply } = await fist.corrections.policy()
   */
  async policy(options?: RequestOptions): Promise<CorrectionPolicy> {
    return this.send({ operation: 'corrections.policy', method: 'GET', path: '/v1/correction-policy', options })
  }

  /**
   * Makes the recipient what the bank says. Files that wait for approval or are approved and pay it become drafts again.
   * @example
   * await fist.corrections.apply('cor_…')
   */
  async apply(id: string, options?: RequestOptions): Promise<Correction> {
    return this.send({
      operation: 'corrections.apply',
      method: 'POST',
      path: path`/v1/corrections/${id}/apply`,
      options,
    })
  }

  /**
   * Says which payment a correction is about that matched none by itself. Only a person can.
   * @example
   * await fist.corrections.match('cor_…', { entryId: 'ent_…', reason: 'The bank confirmed it by phone' })
   */
  async match(id: string, input: CorrectionMatch, options?: RequestOptions): Promise<Correction> {
    return this.send({
      operation: 'corrections.match',
      method: 'POST',
      path: path`/v1/corrections/${id}/match`,
      body: input,
      options,
    })
  }

  /**
   * Says that nothing is to be changed, and why.
   * @example
   * await fist.corrections.dismiss('cor_…', { reason: 'The recipient says that it is right as it was' })
   */
  async dismiss(id: string, input: CorrectionDismissal, options?: RequestOptions): Promise<Correction> {
    return this.send({
      operation: 'corrections.dismiss',
      method: 'POST',
      path: path`/v1/corrections/${id}/dismiss`,
      body: input,
      options,
    })
  }

  /**
   * Chooses whether corrections are applied by rule or by a person. Only a person can; by rule holds once a second
   * owner or administrator chooses it too.
   * @example
   * await fist.corrections.updatePolicy({ apply: 'byRule' })
   */
  async updatePolicy(input: CorrectionPolicyUpdate, options?: RequestOptions): Promise<CorrectionPolicy> {
    return this.send({
      operation: 'corrections.updatePolicy',
      method: 'PATCH',
      path: '/v1/correction-policy',
      body: input,
      options,
    })
  }
}
