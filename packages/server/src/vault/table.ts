import { blob, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** Control plane: the wrapped keys of each organization. The keys themselves exist in memory only. */
export const tenantKeys = sqliteTable(
  'tenant_keys',
  {
    organizationId: text('organization_id').notNull(),
    kind: text('kind', { enum: ['data', 'blind'] }).notNull(),
    version: integer('version').notNull(),
    wrappedKey: blob('wrapped_key', { mode: 'buffer' }).notNull(),
    kekId: text('kek_id').notNull(),
    commitment: blob('commitment', { mode: 'buffer' }).notNull(),
    state: text('state', { enum: ['active', 'decrypt_only', 'destroyed'] }).notNull(),
    createdAt: text('created_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.organizationId, table.kind, table.version] })],
)
