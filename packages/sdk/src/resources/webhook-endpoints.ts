import type {
  NewWebhookEndpoint,
  PageQuery,
  WebhookDelivery,
  WebhookEndpoint,
  WebhookEndpointCreate,
  WebhookEndpointUpdate,
  WebhookRedelivery,
  WebhookRedeliveryCount,
  WebhookSecretRotate,
} from '@fistworks/contract'
import type { RequestOptions } from '../options.ts'
import type { PagePromise } from '../page.ts'
import { path } from '../path.ts'
import { Resource } from '../resource.ts'

/** Where events are sent to. `webhooks.unwrap` checks what arrives there. */
export class WebhookEndpoints extends Resource {
  /**
   * Has events sent to an address. `secret` is shown this once.
   * @example
   * const { secret } = await fist.webhookEndpoints.create({ url: 'https://books.example.com/webhooks' })
   */
  async create(input: WebhookEndpointCreate, options?: RequestOptions): Promise<NewWebhookEndpoint> {
    const operation = 'webhookEndpoints.create'
    return this.send({ operation, method: 'POST', path: '/v1/webhook-endpoints', body: input, options })
  }

  /**
   * All of them, newest first, archived ones too.
   * @example
   * for await (const endpoint of fist.webhookEndpoints.list()) console.log(endpoint.url, endpoint.state)
   */
  list(query?: PageQuery, options?: RequestOptions): PagePromise<WebhookEndpoint> {
    return this.page('webhookEndpoints.list', '/v1/webhook-endpoints', query, options)
  }

  /**
   * One of them, without its secret.
   * @example
   * const { failingSince } = await fist.webhookEndpoints.retrieve('whe_…')
   */
  async retrieve(id: string, options?: RequestOptions): Promise<WebhookEndpoint> {
    return this.send({
      operation: 'webhookEndpoints.retrieve',
      method: 'GET',
      path: path`/v1/webhook-endpoints/${id}`,
      options,
    })
  }

  /**
   * Changes what is named.
   * @example
   * await fist.webhookEndpoints.update('whe_…', { eventTypes: ['return.received'] })
   */
  async update(id: string, input: WebhookEndpointUpdate, options?: RequestOptions): Promise<WebhookEndpoint> {
    return this.send({
      operation: 'webhookEndpoints.update',
      method: 'PATCH',
      path: path`/v1/webhook-endpoints/${id}`,
      body: input,
      options,
    })
  }

  /**
   * Sends events to it again.
   * @example
   * await fist.webhookEndpoints.enable('whe_…')
   */
  async enable(id: string, options?: RequestOptions): Promise<WebhookEndpoint> {
    return this.#post(id, 'enable', undefined, options)
  }

  /**
   * Sends nothing to it until it is enabled.
   * @example
   * await fist.webhookEndpoints.disable('whe_…')
   */
  async disable(id: string, options?: RequestOptions): Promise<WebhookEndpoint> {
    return this.#post(id, 'disable', undefined, options)
  }

  /**
   * Sends nothing to it any more, for good.
   * @example
   * await fist.webhookEndpoints.archive('whe_…')
   */
  async archive(id: string, options?: RequestOptions): Promise<WebhookEndpoint> {
    return this.#post(id, 'archive', undefined, options)
  }

  /**
   * A new secret, shown this once. For `overlapHours` both sign.
   * @example
   * const { secret } = await fist.webhookEndpoints.rotateSecret('whe_…', { overlapHours: 48 })
   */
  async rotateSecret(
    id: string,
    input: WebhookSecretRotate = {},
    options?: RequestOptions,
  ): Promise<NewWebhookEndpoint> {
    return this.#post(id, 'rotateSecret', input, options)
  }

  /**
   * Sends it an event that means nothing, once. What came of it shows in the delivery a moment later.
   * @example
   * const { id } = await fist.webhookEndpoints.test('whe_…')
   * const { state, attempts } = await fist.webhookDeliveries.retrieve(id)
   */
  async test(id: string, options?: RequestOptions): Promise<WebhookDelivery> {
    return this.#post(id, 'test', undefined, options)
  }

  /**
   * Sends anew what it did not take since a time; call it again while `hasMore`.
   * @example
   * const { count } = await fist.webhookEndpoints.redeliverFailed('whe_…', { since: '2026-12-24T00:00:00Z' })
   */
  async redeliverFailed(
    id: string,
    input: WebhookRedelivery,
    options?: RequestOptions,
  ): Promise<WebhookRedeliveryCount> {
    return this.#post(id, 'redeliverFailed', input, options)
  }

  #post<T>(id: string, verb: string, body: object | undefined, options: RequestOptions | undefined): Promise<T> {
    const action = verb.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
    return this.send({
      operation: `webhookEndpoints.${verb}`,
      method: 'POST',
      path: path`/v1/webhook-endpoints/${id}/${action}`,
      ...(body === undefined ? {} : { body }),
      options,
    })
  }
}
