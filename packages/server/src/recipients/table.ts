import type { AccountType, HolderType, Id } from '@fistworks/contract'
import { blob, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

export const recipients = sqliteTable(
  'recipients',
  {
    organizationId: text('organization_id').notNull(),
    id: text('id').$type<Id<'rcp'>>().notNull(),
    name: text('name').notNull(),
    holderType: text('holder_type').$type<HolderType>().notNull(),
    accountType: text('account_type').$type<AccountType>().notNull(),
    routingNumber: blob('routing_number', { mode: 'buffer' }).$type<Uint8Array>().notNull(),
    routingNumberLast4: text('routing_number_last4').notNull(),
    accountNumber: blob('account_number', { mode: 'buffer' }).$type<Uint8Array>().notNull(),
    accountNumberLast4: text('account_number_last4').notNull(),
    accountIndex: blob('account_index', { mode: 'buffer' }).$type<Uint8Array>().notNull(),
    identification: blob('identification', { mode: 'buffer' }).$type<Uint8Array>(),
    externalId: text('external_id'),
    version: integer('version').notNull(),
    createdAt: text('created_at').notNull(),
    updatedAt: text('updated_at').notNull(),
    archivedAt: text('archived_at'),
  },
  (table) => [primaryKey({ columns: [table.organizationId, table.id] })],
)

export type RecipientRow = typeof recipients.$inferSelect
