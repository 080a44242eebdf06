import {
  type NewWebhookEndpoint,
  type WebhookDelivery,
  WebhookDeliveryPage,
  WebhookEndpointCreate,
  WebhookEndpointPage,
} from '@fistworks/contract'
import { newId } from './new-id.ts'

const AT = '2026-11-20T10:00:00Z'
const json = (value: unknown, status = 200) =>
  new Response(JSON.stringify(value), { status, headers: { 'Content-Type': 'application/json' } })

/** What the fake API knows of webhooks. Deliveries arrive when they are looked at. */
export class FakeWebhooks {
  readonly endpoints: NewWebhookEndpoint[] = []
  readonly deliveries: WebhookDelivery[] = []

  /** `null` for what is not about them. */
  answer(method: string, path: string, body: unknown): Response | null {
    const [, , kind, id, verb] = path.split('/')
    if (kind === 'webhook-deliveries') return this.#ofDeliveries(method, id)
    if (kind !== 'webhook-endpoints') return null
    if (method === 'GET')
      return json(WebhookEndpointPage.parse({ data: this.endpoints, hasMore: false, nextCursor: null }))
    if (id === undefined) return json(this.add(WebhookEndpointCreate.parse(body)), 201)
    const endpoint = this.endpoints.find((one) => one.id === id)
    if (endpoint === undefined) return json({}, 404)
    if (verb === 'test') return json(this.deliver(endpoint.id), 202)
    if (verb === 'redeliver-failed') return json({ type: 'webhookRedelivery', count: 1, hasMore: false }, 202)
    if (verb === 'disable') Object.assign(endpoint, { state: 'disabled', disabledBecause: 'Somebody turned it off.' })
    if (verb === 'enable') Object.assign(endpoint, { state: 'enabled', disabledBecause: null })
    if (verb === 'archive') endpoint.archivedAt = AT
    if (verb === 'rotate-secret') endpoint.previousSecretEndsAt = '2099-11-20T10:00:00Z'
    return json(endpoint)
  }

  add({ url, description = null, eventTypes = null }: ReturnType<typeof WebhookEndpointCreate.parse>) {
    const made: NewWebhookEndpoint = {
      type: 'webhookEndpoint',
      id: newId('whe'),
      url,
      description,
      eventTypes,
      state: 'enabled',
      disabledBecause: null,
      failingSince: null,
      previousSecretEndsAt: null,
      createdAt: AT,
      archivedAt: null,
      secret: 'whsec_c2hvd24gdGhpcyBvbmNlIGFuZCBuZXZlciBhZ2Fpbg==',
    }
    this.endpoints.unshift(made)
    return made
  }

  deliver(webhookEndpointId: WebhookDelivery['webhookEndpointId']): WebhookDelivery {
    const made: WebhookDelivery = {
      type: 'webhookDelivery',
      id: newId('whd'),
      webhookEndpointId,
      eventId: newId('evt'),
      eventType: 'webhookEndpoint.tested',
      state: 'waiting',
      attempts: [],
      nextAttemptAt: AT,
      createdAt: AT,
    }
    this.deliveries.unshift(made)
    return made
  }

  #ofDeliveries(method: string, id: string | undefined): Response {
    const one = this.deliveries.find((delivery) => delivery.id === id)
    if (method === 'POST' && one !== undefined) {
      Object.assign(one, { state: 'waiting', nextAttemptAt: AT })
      return json(one, 202)
    }
    const answer = json(WebhookDeliveryPage.parse({ data: this.deliveries, hasMore: false, nextCursor: null }))
    const problem = 'Nothing answers at this address.'
    for (const each of this.deliveries.filter(({ state }) => state === 'waiting')) {
      Object.assign(each, { state: 'failed', nextAttemptAt: null })
      each.attempts.push({ at: AT, durationMs: 12, status: null, problem })
    }
    return answer
  }
}
