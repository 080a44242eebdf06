import type { EventType, Id, WebhookDeliveryState } from '@fistworks/contract'
import { blob, integer, primaryKey, sqliteTable, text, unique } from 'drizzle-orm/sqlite-core'
import type { WebhookFault } from './webhook-fault.ts'

export const webhookEndpoints = sqliteTable(
  'webhook_endpoints',
  {
    organizationId: text('organization_id').notNull(),
    id: text('id').$type<Id<'whe'>>().notNull(),
    url: text('url').notNull(),
    description: text('description'),
    eventTypes: text('event_types', { mode: 'json' }).$type<EventType[]>(),
    secret: blob('secret', { mode: 'buffer' }).$type<Uint8Array>().notNull(),
    previousSecret: blob('previous_secret', { mode: 'buffer' }).$type<Uint8Array>(),
    previousSecretEndsAt: text('previous_secret_ends_at'),
    state: text('state').$type<'enabled' | 'disabled'>().notNull(),
    disabledBecause: text('disabled_because').$type<DisabledBecause>(),
    failures: integer('failures').notNull(),
    failingSince: text('failing_since'),
    lastFailedAt: text('last_failed_at'),
    pausedUntil: text('paused_until'),
    createdAt: text('created_at').notNull(),
    archivedAt: text('archived_at'),
  },
  (table) => [primaryKey({ columns: [table.organizationId, table.id] })],
)
/** A person did it, the endpoint said it is gone (410), or it failed for days. */
export type DisabledBecause = 'person' | 'gone' | 'failing'
export type WebhookEndpointRow = typeof webhookEndpoints.$inferSelect

export const webhookDeliveries = sqliteTable(
  'webhook_deliveries',
  {
    organizationId: text('organization_id').notNull(),
    id: text('id').$type<Id<'whd'>>().notNull(),
    endpointId: text('endpoint_id').$type<Id<'whe'>>().notNull(),
    eventId: text('event_id').$type<Id<'evt'>>().notNull(),
    eventType: text('event_type').$type<EventType>().notNull(),
    state: text('state').$type<WebhookDeliveryState>().notNull(),
    round: integer('round').notNull(),
    tries: integer('tries').notNull(),
    nextAttemptAt: text('next_attempt_at'),
    createdAt: text('created_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.id] }),
    unique().on(table.organizationId, table.endpointId, table.eventId),
  ],
)
export type WebhookDeliveryRow = typeof webhookDeliveries.$inferSelect

export const webhookAttempts = sqliteTable(
  'webhook_attempts',
  {
    organizationId: text('organization_id').notNull(),
    deliveryId: text('delivery_id').$type<Id<'whd'>>().notNull(),
    position: integer('position').notNull(),
    at: text('at').notNull(),
    durationMs: integer('duration_ms').notNull(),
    status: integer('status'),
    fault: text('fault').$type<WebhookFault>(),
  },
  (table) => [primaryKey({ columns: [table.organizationId, table.deliveryId, table.position] })],
)
export type WebhookAttemptRow = typeof webhookAttempts.$inferSelect
