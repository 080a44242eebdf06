import type { Actor } from '@fistworks/contract'
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** A row while an organization's deliveries are stopped. */
export const deliveryStops = sqliteTable('delivery_stops', {
  organizationId: text('organization_id').primaryKey(),
  stoppedAt: text('stopped_at').notNull(),
  stoppedBy: text('stopped_by', { mode: 'json' }).$type<Actor>().notNull(),
  reason: text('reason').notNull(),
})

/** Control plane: a row while the operator has stopped the deliveries of the whole server. */
export const serverDeliveryStop = sqliteTable('server_delivery_stop', {
  id: integer('id').primaryKey(),
  stoppedAt: text('stopped_at').notNull(),
  reason: text('reason').notNull(),
})

export type DeliveryStopRow = typeof deliveryStops.$inferSelect
export type ServerStopRow = typeof serverDeliveryStop.$inferSelect
