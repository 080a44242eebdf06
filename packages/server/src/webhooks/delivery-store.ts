import type { Id, WebhookDeliveryState } from '@fistworks/contract'
import { and, asc, desc, eq, gte, inArray, lt, max, sql } from 'drizzle-orm'
import type { Reader, Tx } from '../storage/transaction.ts'
import { type WebhookAttemptRow, type WebhookDeliveryRow, webhookAttempts, webhookDeliveries } from './table.ts'

export interface DeliveryFilter {
  endpointId?: string | undefined
  eventId?: string | undefined
  state?: WebhookDeliveryState | undefined
}

/** A tenant's deliveries to webhook endpoints. */
export function webhookDeliveryStore(db: Reader, organizationId: string) {
  const mine = eq(webhookDeliveries.organizationId, organizationId)
  const where = ({ endpointId, eventId, state }: DeliveryFilter) =>
    and(
      mine,
      endpointId === undefined ? undefined : eq(webhookDeliveries.endpointId, endpointId as Id<'whe'>),
      eventId === undefined ? undefined : eq(webhookDeliveries.eventId, eventId as Id<'evt'>),
      state === undefined ? undefined : eq(webhookDeliveries.state, state),
    )
  return {
    async find(id: string): Promise<WebhookDeliveryRow | undefined> {
      const [row] = await db
        .select()
        .from(webhookDeliveries)
        .where(and(mine, eq(webhookDeliveries.id, id as Id<'whd'>)))
        .limit(1)
      return row
    },

    /** Newest first: ids grow with time. */
    list: (filter: DeliveryFilter, before: string | null, limit: number): Promise<WebhookDeliveryRow[]> =>
      db
        .select()
        .from(webhookDeliveries)
        .where(and(where(filter), before === null ? undefined : lt(webhookDeliveries.id, before as Id<'whd'>)))
        .orderBy(desc(webhookDeliveries.id))
        .limit(limit),

    /** Those that failed for good and were made since then, oldest first. */
    failedSince: (endpointId: string, since: string, limit: number): Promise<WebhookDeliveryRow[]> =>
      db
        .select()
        .from(webhookDeliveries)
        .where(and(where({ endpointId, state: 'failed' }), gte(webhookDeliveries.createdAt, since)))
        .orderBy(asc(webhookDeliveries.id))
        .limit(limit),

    async attempts(ids: readonly string[]): Promise<WebhookAttemptRow[]> {
      if (ids.length === 0) return []
      return db
        .select()
        .from(webhookAttempts)
        .where(
          and(
            eq(webhookAttempts.organizationId, organizationId),
            inArray(webhookAttempts.deliveryId, [...ids] as Id<'whd'>[]),
          ),
        )
        .orderBy(asc(webhookAttempts.deliveryId), asc(webhookAttempts.position))
    },
  }
}

export type NewAttempt = Pick<WebhookAttemptRow, 'at' | 'durationMs' | 'status' | 'fault'>

/** Changes of a tenant's deliveries, inside the unit of work it is handed. */
export function webhookDeliveryWriter(tx: Tx, organizationId: string) {
  return {
    async add(row: WebhookDeliveryRow): Promise<void> {
      await tx.insert(webhookDeliveries).values({ ...row, organizationId })
    },

    async change(
      id: string,
      values: Pick<WebhookDeliveryRow, 'state' | 'nextAttemptAt'> & Partial<WebhookDeliveryRow>,
    ) {
      await tx
        .update(webhookDeliveries)
        .set(values)
        .where(and(eq(webhookDeliveries.organizationId, organizationId), eq(webhookDeliveries.id, id as Id<'whd'>)))
    },

    /** What still waits for an endpoint that takes nothing any more has failed; it can be sent anew later. */
    async giveUp(endpointId: string): Promise<void> {
      await tx
        .update(webhookDeliveries)
        .set({ state: 'failed', nextAttemptAt: null })
        .where(
          and(
            eq(webhookDeliveries.organizationId, organizationId),
            eq(webhookDeliveries.endpointId, endpointId as Id<'whe'>),
            eq(webhookDeliveries.state, 'waiting'),
          ),
        )
    },

    async addAttempt(deliveryId: Id<'whd'>, attempt: NewAttempt): Promise<void> {
      const { position } = webhookAttempts
      const [last] = await tx
        .select({ position: sql<number>`coalesce(${max(position)}, 0)` })
        .from(webhookAttempts)
        .where(and(eq(webhookAttempts.organizationId, organizationId), eq(webhookAttempts.deliveryId, deliveryId)))
      const next = (last?.position ?? 0) + 1
      await tx.insert(webhookAttempts).values({ organizationId, deliveryId, position: next, ...attempt })
    },
  }
}
