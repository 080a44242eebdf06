import type { EventType, Id } from '@fistworks/contract'
import { and, desc, eq, isNull, lt } from 'drizzle-orm'
import type { Reader, Tx } from '../storage/transaction.ts'
import { type WebhookEndpointRow, webhookEndpoints } from './table.ts'

/** The one door to a tenant's webhook endpoints. */
export function webhookEndpointStore(db: Reader, organizationId: string) {
  const mine = eq(webhookEndpoints.organizationId, organizationId)
  return {
    async find(id: string): Promise<WebhookEndpointRow | undefined> {
      const [row] = await db
        .select()
        .from(webhookEndpoints)
        .where(and(mine, eq(webhookEndpoints.id, id as Id<'whe'>)))
        .limit(1)
      return row
    },

    count: (): Promise<number> => db.$count(webhookEndpoints, and(mine, isNull(webhookEndpoints.archivedAt))),

    list: (before: string | null, limit: number): Promise<WebhookEndpointRow[]> =>
      db
        .select()
        .from(webhookEndpoints)
        .where(and(mine, before === null ? undefined : lt(webhookEndpoints.id, before as Id<'whe'>)))
        .orderBy(desc(webhookEndpoints.id))
        .limit(limit),

    /** Those that want to be told of events of this type. */
    async wanting(type: EventType): Promise<{ id: Id<'whe'> }[]> {
      const rows = await db
        .select({ id: webhookEndpoints.id, eventTypes: webhookEndpoints.eventTypes })
        .from(webhookEndpoints)
        .where(and(mine, eq(webhookEndpoints.state, 'enabled'), isNull(webhookEndpoints.archivedAt)))
      return rows.filter(({ eventTypes }) => eventTypes === null || eventTypes.includes(type))
    },
  }
}

/** Changes of a tenant's webhook endpoints, inside the unit of work it is handed. */
export function webhookEndpointWriter(tx: Tx, organizationId: string) {
  return {
    async add(row: WebhookEndpointRow): Promise<void> {
      await tx.insert(webhookEndpoints).values({ ...row, organizationId })
    },
    async change(id: string, values: Partial<Omit<WebhookEndpointRow, 'organizationId' | 'id'>>): Promise<void> {
      await tx
        .update(webhookEndpoints)
        .set(values)
        .where(and(eq(webhookEndpoints.organizationId, organizationId), eq(webhookEndpoints.id, id as Id<'whe'>)))
    },
  }
}
