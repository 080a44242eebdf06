import type { WebhookDelivery, WebhookEndpoint } from '@fistworks/contract'
import type { DisabledBecause, WebhookAttemptRow, WebhookDeliveryRow, WebhookEndpointRow } from './table.ts'
import { WEBHOOK_FAULTS } from './webhook-fault.ts'

export const DISABLED_WORDS: Readonly<Record<DisabledBecause, string>> = {
  person: 'Somebody turned it off.',
  gone: 'The endpoint answered 410: it takes no events any more.',
  failing: 'It took no event for five days.',
}

export function presentEndpoint(row: WebhookEndpointRow, now: Date): WebhookEndpoint {
  const { previousSecretEndsAt } = row
  const isOverlapping = previousSecretEndsAt !== null && previousSecretEndsAt > now.toISOString()
  return {
    type: 'webhookEndpoint',
    id: row.id,
    url: row.url,
    description: row.description,
    eventTypes: row.eventTypes,
    state: row.state,
    disabledBecause: row.disabledBecause === null ? null : DISABLED_WORDS[row.disabledBecause],
    failingSince: row.failingSince,
    previousSecretEndsAt: isOverlapping ? previousSecretEndsAt : null,
    createdAt: row.createdAt,
    archivedAt: row.archivedAt,
  }
}

/** What the audit log keeps of an endpoint: of its address not the query, which may be a password of sorts. */
export function auditEndpoint({ url, description, eventTypes, state }: WebhookEndpointRow) {
  const { origin, pathname } = new URL(url)
  return { url: `${origin}${pathname}`, description, eventTypes, state }
}

export function presentDelivery(row: WebhookDeliveryRow, attempts: readonly WebhookAttemptRow[]): WebhookDelivery {
  return {
    type: 'webhookDelivery',
    id: row.id,
    webhookEndpointId: row.endpointId,
    eventId: row.eventId,
    eventType: row.eventType,
    state: row.state,
    attempts: attempts.map(({ at, durationMs, status, fault }) => ({
      at,
      durationMs,
      status,
      problem: fault === null ? null : WEBHOOK_FAULTS[fault],
    })),
    nextAttemptAt: row.nextAttemptAt,
    createdAt: row.createdAt,
  }
}
