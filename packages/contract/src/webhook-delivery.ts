import * as z from 'zod/mini'
import { EventType } from './event.ts'
import { idOf } from './id.ts'
import { PageQuery, pageOf } from './page.ts'
import { Instant } from './text.ts'

export const WEBHOOK_DELIVERY_STATES = ['waiting', 'delivered', 'failed'] as const
export const WebhookDeliveryState = z.enum(WEBHOOK_DELIVERY_STATES)
export type WebhookDeliveryState = z.infer<typeof WebhookDeliveryState>

/** One try to tell an endpoint of an event. What the endpoint answers is not kept, its status alone. */
export const WebhookAttempt = z.object({
  at: Instant,
  durationMs: z.int(),
  /** The HTTP status; `null` when there was no answer. */
  status: z.nullable(z.int()),
  /** What went wrong, in words; `null` for a try that succeeded. */
  problem: z.nullable(z.string()),
})
export type WebhookAttempt = z.infer<typeof WebhookAttempt>

/** One event on its way to one endpoint. */
export const WebhookDelivery = z.object({
  type: z.literal('webhookDelivery'),
  id: idOf('whd'),
  webhookEndpointId: idOf('whe'),
  /** Also the `webhook-id` of every try. */
  eventId: idOf('evt'),
  eventType: EventType,
  state: WebhookDeliveryState,
  attempts: z.array(WebhookAttempt),
  /** When the next try is due; `null` when there is none. */
  nextAttemptAt: z.nullable(Instant),
  createdAt: Instant,
})
export type WebhookDelivery = z.infer<typeof WebhookDelivery>
export const WebhookDeliveryPage = pageOf(WebhookDelivery)

export const WebhookDeliveryQuery = z.extend(PageQuery, {
  webhookEndpointId: z.optional(idOf('whe')),
  eventId: z.optional(idOf('evt')),
  state: z.optional(WebhookDeliveryState),
})
export type WebhookDeliveryQuery = z.infer<typeof WebhookDeliveryQuery>
