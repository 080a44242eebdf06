import type { ApiKey, ApiKeyCreate, ApiKeyRotate, NewApiKey, PageQuery } from '@fistworks/contract'
import type { RequestOptions } from '../options.ts'
import type { PagePromise } from '../page.ts'
import { path } from '../path.ts'
import { Resource } from '../resource.ts'

/** Keys of back ends, of the organization or the platform that is named. People make them, in the portal. */
export class ApiKeys extends Resource {
  /**
   * Makes a key. `secret` is shown this once.
   * @example
   * const { secret } = await fist.apiKeys.create(
   *   { name: 'Back end', scopes: ['organizations:write', 'recipients:read'], allowedNetworks: ['203.0.113.0/24'] },
   *   { platform: 'plt_…' },
   * )
   */
  async create(input: ApiKeyCreate, options?: RequestOptions): Promise<NewApiKey> {
    return this.send({ operation: 'apiKeys.create', method: 'POST', path: '/v1/api-keys', body: input, options })
  }

  /**
   * All keys, newest first, without the keys themselves.
   * @example
   * for await (const key of fist.apiKeys.list()) console.log(key.name, key.lastUsedAt)
   */
  list(query?: PageQuery, options?: RequestOptions): PagePromise<ApiKey> {
    return this.page('apiKeys.list', '/v1/api-keys', query, options)
  }

  /**
   * One key, without the key itself.
   * @example
   * const { expiresAt } = await fist.apiKeys.retrieve('key_…')
   */
  async retrieve(id: string, options?: RequestOptions): Promise<ApiKey> {
    return this.send({ operation: 'apiKeys.retrieve', method: 'GET', path: path`/v1/api-keys/${id}`, options })
  }

  /**
   * A new key in place of this one, which works on for `overlapDays`. `secret` is shown this once.
   * @example
   * const { secret } = await fist.apiKeys.rotate('key_…', { overlapDays: 2 })
   */
  async rotate(id: string, input: ApiKeyRotate = {}, options?: RequestOptions): Promise<NewApiKey> {
    return this.send({
      operation: 'apiKeys.rotate',
      method: 'POST',
      path: path`/v1/api-keys/${id}/rotate`,
      body: input,
      options,
    })
  }

  /**
   * Ends a key at once, with its access tokens and embed sessions.
   * @example
   * await fist.apiKeys.revoke('key_…')
   */
  async revoke(id: string, options?: RequestOptions): Promise<ApiKey> {
    return this.send({
      operation: 'apiKeys.revoke',
      method: 'POST',
      path: path`/v1/api-keys/${id}/revoke`,
      options,
    })
  }
}
