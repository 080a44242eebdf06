import type { Page, WebhookDelivery, WebhookDeliveryQuery, WebhookRedeliveryCount } from '@fistworks/contract'
import type { ReadContext, WriteContext } from '../context.ts'
import { LIMITS } from '../limits.ts'
import { listPage } from '../list-page.ts'
import { notFound, ProblemError } from '../problem-error.ts'
import { webhookDeliveryStore, webhookDeliveryWriter } from './delivery-store.ts'
import { enqueueDelivery } from './fan-out.ts'
import { presentDelivery } from './present.ts'
import { webhookEndpointStore } from './store.ts'
import type { WebhookDeliveryRow } from './table.ts'

export async function listDeliveries(ctx: ReadContext, query: WebhookDeliveryQuery): Promise<Page<WebhookDelivery>> {
  const { webhookEndpointId, eventId, state, ...page } = query
  const store = webhookDeliveryStore(ctx.db, ctx.organizationId)
  return listPage(ctx, {
    name: 'webhookDeliveries',
    filter: { webhookEndpointId, eventId, state },
    query: page,
    async read(before, limit) {
      const rows = await store.list({ endpointId: webhookEndpointId, eventId, state }, before, limit)
      const attempts = await store.attempts(rows.map(({ id }) => id))
      return rows.map((row) => ({
        id: row.id,
        row,
        attempts: attempts.filter(({ deliveryId }) => deliveryId === row.id),
      }))
    },
    present: ({ row, attempts }) => presentDelivery(row, attempts),
  })
}

export async function retrieveDelivery(ctx: ReadContext, id: string): Promise<WebhookDelivery> {
  const store = webhookDeliveryStore(ctx.db, ctx.organizationId)
  const row = await store.find(id)
  if (row === undefined) throw notFound('webhook delivery')
  return presentDelivery(row, await store.attempts([row.id]))
}

/** Sends an event anew, delivered or not, under the id it had. */
export async function redeliver(ctx: WriteContext, id: string): Promise<WebhookDelivery> {
  const row = await webhookDeliveryStore(ctx.db, ctx.organizationId).find(id)
  if (row === undefined) throw notFound('webhook delivery')
  if (row.state === 'waiting') throw new ProblemError('state-conflict', 'This event is on its way already.')
  await requireEnabled(ctx, row.endpointId)
  await beginAnew(ctx, row)
  const data = { eventId: row.eventId, webhookEndpointId: row.endpointId }
  await ctx.audit({ action: 'webhookDelivery.redelivered', targetType: 'webhookDelivery', targetId: id, data })
  return retrieveDelivery(ctx, id)
}

/** Sends anew what failed for good since then, the oldest first and at most so many at once. */
export async function redeliverFailed(ctx: WriteContext, id: string, since: string): Promise<WebhookRedeliveryCount> {
  await requireEnabled(ctx, id)
  const most = LIMITS.webhookRedeliveriesAtOnce
  const from = new Date(since).toISOString()
  const rows = await webhookDeliveryStore(ctx.db, ctx.organizationId).failedSince(id, from, most + 1)
  const begun = rows.slice(0, most)
  for (const row of begun) await beginAnew(ctx, row)
  const data = { since: from, count: begun.length }
  await ctx.audit({ action: 'webhookEndpoint.redelivered', targetType: 'webhookEndpoint', targetId: id, data })
  return { type: 'webhookRedelivery', count: begun.length, hasMore: rows.length > most }
}

async function beginAnew(ctx: WriteContext, row: WebhookDeliveryRow): Promise<void> {
  const again: WebhookDeliveryRow = {
    ...row,
    state: 'waiting',
    round: row.round + 1,
    tries: 0,
    nextAttemptAt: ctx.now.toISOString(),
  }
  const { state, round, tries, nextAttemptAt } = again
  const writer = webhookDeliveryWriter(ctx.db, ctx.organizationId)
  await writer.change(row.id, { state, round, tries, nextAttemptAt })
  await enqueueDelivery(ctx.db, again, ctx.now)
}

async function requireEnabled(ctx: WriteContext, endpointId: string): Promise<void> {
  const endpoint = await webhookEndpointStore(ctx.db, ctx.organizationId).find(endpointId)
  if (endpoint === undefined) throw notFound('webhook endpoint')
  if (endpoint.archivedAt !== null || endpoint.state === 'disabled') {
    throw new ProblemError('state-conflict', 'The endpoint is disabled or archived: nothing is sent to it.')
  }
}
