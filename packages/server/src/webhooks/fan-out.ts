import { createHash } from 'node:crypto'
import { type Id, type IdPrefix, makeId } from '@fistworks/contract'
import type { EventRow } from '../events/table.ts'
import { enqueueJob } from '../jobs/job.ts'
import type { Tx } from '../storage/transaction.ts'
import { webhookDeliveryWriter } from './delivery-store.ts'
import { webhookEndpointStore } from './store.ts'
import type { WebhookDeliveryRow } from './table.ts'

export const WEBHOOK_JOB = 'webhook.deliver'
/** Deliveries end by their own rules and never because a worker died too often. */
const JOB_ATTEMPTS_MAX = 1_000_000

/** What a job of this kind carries. */
export interface WebhookPayload {
  deliveryId: Id<'whd'>
}

/** A delivery for each endpoint that wants the event, in the transaction of the event. */
export async function enqueueDeliveries(tx: Tx, event: EventRow): Promise<void> {
  const { organizationId } = event
  // A try of one endpoint is nothing that others are told of.
  const isTest = event.type === 'webhookEndpoint.tested'
  const endpoints = isTest
    ? [{ id: event.objectId as Id<'whe'> }]
    : await webhookEndpointStore(tx, organizationId).wanting(event.type)
  for (const endpoint of endpoints) {
    const row: WebhookDeliveryRow = {
      organizationId,
      id: deliveryIdOf(event, endpoint.id),
      endpointId: endpoint.id,
      eventId: event.id,
      eventType: event.type,
      state: 'waiting',
      round: 1,
      tries: 0,
      nextAttemptAt: event.at,
      createdAt: event.at,
    }
    await webhookDeliveryWriter(tx, organizationId).add(row)
    await enqueueDelivery(tx, row, new Date(event.at))
  }
}

/** The job of one round of one delivery. Each endpoint has a queue of its own, so that none waits for another. */
export async function enqueueDelivery(tx: Tx, row: WebhookDeliveryRow, at: Date): Promise<void> {
  const { organizationId, id, round } = row
  await enqueueJob(tx, {
    id: madeFrom('job', at, [id, round]),
    organizationId,
    kind: WEBHOOK_JOB,
    queue: row.endpointId,
    payload: { deliveryId: id } satisfies WebhookPayload,
    dedupeKey: `${WEBHOOK_JOB}:${id}:${round}`,
    runAt: at,
    maxAttempts: JOB_ATTEMPTS_MAX,
  })
}

export const deliveryIdOf = (event: Pick<EventRow, 'id' | 'at'>, endpointId: string): Id<'whd'> =>
  madeFrom('whd', new Date(event.at), [event.id, endpointId])

/** There is one delivery of an event to an endpoint, so its id is made from both and nothing random has to be handed in. */
function madeFrom<P extends IdPrefix>(prefix: P, at: Date, parts: readonly (string | number)[]): Id<P> {
  const place = createHash('sha256')
    .update(JSON.stringify([prefix, ...parts]))
    .digest()
  return makeId(prefix, at.getTime(), place)
}
