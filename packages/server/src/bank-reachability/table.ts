import type { Id } from '@fistworks/contract'
import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** A row while a bank cannot be reached. */
export const bankReachability = sqliteTable(
  'bank_reachability',
  {
    organizationId: text('organization_id').notNull(),
    bankConnectionId: text('bank_connection_id').$type<Id<'bcn'>>().notNull(),
    endpoint: text('endpoint').notNull(),
    failures: integer('failures').notNull(),
    unreachableSince: text('unreachable_since'),
    nextTryAt: text('next_try_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.organizationId, table.bankConnectionId] })],
)
