import type { AccountClosing } from '@fistworks/contract'
import type { RequestOptions } from '../options.ts'
import { Resource } from '../resource.ts'

/** The account of whoever is signed in to the portal. */
export class Accounts extends Resource {
  /**
   * Closes it for good and signs out. Refused to the only owner of an organization.
   * @example
   * await fist.account.close({ confirm: 'CLOSE' })
   */
  async close(input: AccountClosing, options?: RequestOptions): Promise<void> {
    return this.send({
      operation: 'account.close',
      method: 'POST',
      path: '/v1/session/close-account',
      body: input,
      isSilent: true,
      options,
    })
  }
}
