import * as z from 'zod/mini'
import { EVENT_TYPES, EventType } from './event.ts'
import { idOf } from './id.ts'
import { pageOf } from './page.ts'
import { Instant, Label } from './text.ts'

export const WEBHOOK_OVERLAP_HOURS_MAX = 168

/** Where events are sent to (Standard Webhooks 1.0), as it can be looked at later: without its secret. */
export const WebhookEndpoint = z.object({
  type: z.literal('webhookEndpoint'),
  id: idOf('whe'),
  url: z.string(),
  description: z.nullable(z.string()),
  /** Which events it is told of; `null` for all of them, those of later versions included. */
  eventTypes: z.nullable(z.array(EventType)),
  state: z.enum(['enabled', 'disabled']),
  /** Why nothing is sent to it, in words; `null` while it is enabled. */
  disabledBecause: z.nullable(z.string()),
  /** Since when no try has succeeded; `null` while all is well. */
  failingSince: z.nullable(Instant),
  /** Until when events are signed with the secret before as well. */
  previousSecretEndsAt: z.nullable(Instant),
  createdAt: Instant,
  archivedAt: z.nullable(Instant),
})
export type WebhookEndpoint = z.infer<typeof WebhookEndpoint>
export const WebhookEndpointPage = pageOf(WebhookEndpoint)

/** The same with `secret` (`whsec_…`), which signs what is sent: shown this once and never again. */
export const NewWebhookEndpoint = z.extend(WebhookEndpoint, { secret: z.string() })
export type NewWebhookEndpoint = z.infer<typeof NewWebhookEndpoint>

/** The server says more about a wrong one. */
const WebhookUrl = z.string().check(
  z.maxLength(1000, { error: 'must have at most 1,000 characters' }),
  z.regex(/^https?:\/\/[^\s/?#@\\]+(\/[^\s#\\]*|\?[^\s#\\]*)?$/, {
    error: 'must be an address like https://books.example.com/webhooks',
  }),
)
const EventTypes = z.array(EventType).check(
  z.minLength(1, { error: 'name at least one type, or null for all' }),
  z.maxLength(EVENT_TYPES.length),
  z.refine((types) => new Set(types).size === types.length, { error: 'must name each type once' }),
)

export const WebhookEndpointCreate = z.strictObject({
  url: WebhookUrl,
  description: z.optional(z.nullable(Label)),
  /** All events when left out or `null`. */
  eventTypes: z.optional(z.nullable(EventTypes)),
})
export type WebhookEndpointCreate = z.infer<typeof WebhookEndpointCreate>

/** What is not named stays as it is. */
export const WebhookEndpointUpdate = z.strictObject({
  url: z.optional(WebhookUrl),
  description: z.optional(z.nullable(Label)),
  eventTypes: z.optional(z.nullable(EventTypes)),
})
export type WebhookEndpointUpdate = z.infer<typeof WebhookEndpointUpdate>

/** A new secret. Events are signed with both for so long; 0 ends the old one at once. */
export const WebhookSecretRotate = z.strictObject({
  overlapHours: z._default(
    z
      .int()
      .check(
        z.minimum(0, { error: 'must be from 0 to 168 hours' }),
        z.maximum(WEBHOOK_OVERLAP_HOURS_MAX, { error: 'must be from 0 to 168 hours' }),
      ),
    24,
  ),
})
export type WebhookSecretRotate = z.input<typeof WebhookSecretRotate>

const SinceInstant = z.string().check(
  z.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?Z$/, {
    error: 'must be an instant in UTC like 2026-12-24T00:00:00Z',
  }),
  z.refine((text) => !Number.isNaN(Date.parse(text)), { error: 'is not a day and time there is' }),
)

/** Sends again what was made since then and failed for good. */
export const WebhookRedelivery = z.strictObject({ since: SinceInstant })
export type WebhookRedelivery = z.infer<typeof WebhookRedelivery>

/** How many deliveries begin anew; `hasMore` when there are more than one call takes. */
export const WebhookRedeliveryCount = z.object({
  type: z.literal('webhookRedelivery'),
  count: z.int(),
  hasMore: z.boolean(),
})
export type WebhookRedeliveryCount = z.infer<typeof WebhookRedeliveryCount>
