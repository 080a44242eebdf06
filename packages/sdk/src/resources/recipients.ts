import type {
  Recipient,
  RecipientCreate,
  RecipientQuery,
  RecipientReveal,
  RecipientUpdate,
  RevealedRecipient,
} from '@fistworks/contract'
import type { RequestOptions } from '../options.ts'
import type { PagePromise } from '../page.ts'
import { path } from '../path.ts'
import { Resource } from '../resource.ts'

/** `search` looks in names and in the last four of the account. */
export type RecipientListQuery = Omit<RecipientQuery, 'archived'> & { archived?: boolean | undefined }

/** The parties paid or collected from. */
export class Recipients extends Resource {
  /**
   * Adds a recipient. Throws `ConflictError` (`duplicate`) when another one has the same account, unless `allowDuplicate`.
   * @example
   * const recipient = await fist.recipients.create({
   *   name: 'Jane Roe',
   *   holderType: 'individual',
   *   routingNumber,
   *   accountNumber,
   *   accountType: 'checking',
   * })
   */
  async create(input: RecipientCreate, options?: RequestOptions): Promise<Recipient> {
    return this.send({ operation: 'recipients.create', method: 'POST', path: '/v1/recipients', body: input, options })
  }

  /**
   * Recipients, newest first; archived ones only when asked for.
   * @example
   * for await (const recipient of fist.recipients.list({ search: 'roe' })) console.log(recipient.name)
   */
  list(query?: RecipientListQuery, options?: RequestOptions): PagePromise<Recipient> {
    return this.page('recipients.list', '/v1/recipients', query, options)
  }

  /**
   * One recipient.
   * @example
   * const recipient = await fist.recipients.retrieve('rcp_…')
   */
  async retrieve(id: string, options?: RequestOptions): Promise<Recipient> {
    return this.send({ operation: 'recipients.retrieve', method: 'GET', path: path`/v1/recipients/${id}`, options })
  }

  /**
   * Changes what is named. Routing and account number change together or not at all.
   * @example
   * await fist.recipients.update('rcp_…', { name: 'Jane Doe' })
   */
  async update(id: string, input: RecipientUpdate, options?: RequestOptions): Promise<Recipient> {
    return this.send({
      operation: 'recipients.update',
      method: 'PATCH',
      path: path`/v1/recipients/${id}`,
      body: input,
      options,
    })
  }

  /**
   * The full numbers, for a person of the portal who has just confirmed with a passkey. Throws `PermissionError`
   * (`step-up-required`) otherwise. The purpose is kept in the audit log; never keep the answer.
   * @example
   * const { accountNumber } = await fist.recipients.reveal('rcp_…', { purpose: 'The bank asks about entry 7' })
   */
  async reveal(id: string, input: RecipientReveal, options?: RequestOptions): Promise<RevealedRecipient> {
    return this.send({
      operation: 'recipients.reveal',
      method: 'POST',
      path: path`/v1/recipients/${id}/reveal`,
      body: input,
      options,
    })
  }

  /**
   * Takes it out of use; what was paid stays readable.
   * @example
   * await fist.recipients.archive('rcp_…')
   */
  async archive(id: string, options?: RequestOptions): Promise<Recipient> {
    return this.send({
      operation: 'recipients.archive',
      method: 'POST',
      path: path`/v1/recipients/${id}/archive`,
      options,
    })
  }
}
