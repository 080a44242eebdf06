import type { AccountClosing, MailChoice, MailChoiceUpdate } from '@fistworks/contract'
import type { RequestOptions } from '../options.ts'
import { Resource } from '../resource.ts'

/** The account of whoever is signed in to the portal. */
export class Accounts extends Resource {
  /**
   * Which mails whoever is signed in does without.
   * @example
   * const { off } = await fist.account.mails()
   */
  async mails(options?: RequestOptions): Promise<MailChoice> {
    return this.send({ operation: 'account.mails', method: 'GET', path: '/v1/session/mails', options })
  }

  /**
   * Says which mails one does without, in all organizations. What is about security is mailed always.
   * @example
   * await fist.account.chooseMails({ off: ['schedules'] })
   */
  async chooseMails(input: MailChoiceUpdate, options?: RequestOptions): Promise<MailChoice> {
    return this.send({
      operation: 'account.chooseMails',
      method: 'POST',
      path: '/v1/session/mails',
      body: input,
      options,
    })
  }

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
