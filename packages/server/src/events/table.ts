import type { EventObject, EventType, Id } from '@fistworks/contract'
import { integer, primaryKey, sqliteTable, text, unique } from 'drizzle-orm/sqlite-core'

/** A few words and figures about what happened. */
export type EventAbout = Readonly<Record<string, string | number | null>>

export const events = sqliteTable(
  'events',
  {
    organizationId: text('organization_id').$type<Id<'org'>>().notNull(),
    sequence: integer('sequence').notNull(),
    id: text('id').$type<Id<'evt'>>().notNull(),
    type: text('type').$type<EventType>().notNull(),
    objectType: text('object_type').$type<EventObject>().notNull(),
    objectId: text('object_id').notNull(),
    status: text('status'),
    about: text('about', { mode: 'json' }).$type<EventAbout>().notNull(),
    at: text('at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.sequence] }),
    unique().on(table.organizationId, table.id),
  ],
)

export type EventRow = typeof events.$inferSelect

/** Up to which event of each type people were told by mail. */
export const eventNotices = sqliteTable(
  'event_notices',
  {
    organizationId: text('organization_id').notNull(),
    type: text('type').$type<EventType>().notNull(),
    sequence: integer('sequence').notNull(),
  },
  (table) => [primaryKey({ columns: [table.organizationId, table.type] })],
)
