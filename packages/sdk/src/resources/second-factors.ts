import type { SecondFactors } from '@fistworks/contract'
import type { RequestOptions } from '../options.ts'
import { Resource } from '../resource.ts'

/** What the person who is signed in can confirm with. */
export class SecondFactorLists extends Resource {
  /**
   * The authenticator app and the recovery codes, without anything secret; passkeys have a list of their own.
   * @example
   * const { authenticatorApp, recoveryCodes } = await fist.secondFactors.retrieve()
   */
  async retrieve(options?: RequestOptions): Promise<SecondFactors> {
    return this.send({
      operation: 'secondFactors.retrieve',
      method: 'GET',
      path: '/v1/session/second-factors',
      options,
    })
  }
}
