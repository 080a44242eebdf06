import type { AccountType, Id } from '@fistworks/contract'
import { blob, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

export const bankAccounts = sqliteTable(
  'bank_accounts',
  {
    organizationId: text('organization_id').notNull(),
    id: text('id').$type<Id<'bac'>>().notNull(),
    name: text('name').notNull(),
    bankConnectionId: text('bank_connection_id').$type<Id<'bcn'>>().notNull(),
    accountType: text('account_type').$type<AccountType>().notNull(),
    routingNumber: blob('routing_number', { mode: 'buffer' }).$type<Uint8Array>().notNull(),
    routingNumberLast4: text('routing_number_last4').notNull(),
    accountNumber: blob('account_number', { mode: 'buffer' }).$type<Uint8Array>().notNull(),
    accountNumberLast4: text('account_number_last4').notNull(),
    accountIndex: blob('account_index', { mode: 'buffer' }).$type<Uint8Array>().notNull(),
    companyName: text('company_name').notNull(),
    companyId: text('company_id').notNull(),
    createdAt: text('created_at').notNull(),
    archivedAt: text('archived_at'),
  },
  (table) => [primaryKey({ columns: [table.organizationId, table.id] })],
)

export type BankAccountRow = typeof bankAccounts.$inferSelect
