import type { WebhookDelivery, WebhookDeliveryQuery } from '@fistworks/contract'
import type { RequestOptions } from '../options.ts'
import type { PagePromise } from '../page.ts'
import { path } from '../path.ts'
import { Resource } from '../resource.ts'

/** What became of events at webhook endpoints. */
export class WebhookDeliveries extends Resource {
  /**
   * Newest first, with every try.
   * @example
   * for await (const delivery of fist.webhookDeliveries.list({ state: 'failed' })) console.log(delivery.eventId)
   */
  list(query?: WebhookDeliveryQuery, options?: RequestOptions): PagePromise<WebhookDelivery> {
    return this.page('webhookDeliveries.list', '/v1/webhook-deliveries', query, options)
  }

  /**
   * One event at one endpoint.
   * @example
   * const { state, attempts } = await fist.webhookDeliveries.retrieve('whd_…')
   */
  async retrieve(id: string, options?: RequestOptions): Promise<WebhookDelivery> {
    return this.send({
      operation: 'webhookDeliveries.retrieve',
      method: 'GET',
      path: path`/v1/webhook-deliveries/${id}`,
      options,
    })
  }

  /**
   * Sends the event anew, delivered or not, with the same `webhook-id`.
   * @example
   * await fist.webhookDeliveries.redeliver('whd_…')
   */
  async redeliver(id: string, options?: RequestOptions): Promise<WebhookDelivery> {
    return this.send({
      operation: 'webhookDeliveries.redeliver',
      method: 'POST',
      path: path`/v1/webhook-deliveries/${id}/redeliver`,
      options,
    })
  }
}
