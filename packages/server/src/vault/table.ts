import { blob, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** Control plane: the wrapped keys of each organization. The keys themselves exist in memory only. */
export const tenantKeys = sqliteTable(
  'tenant_keys',
  {
    organizationId: text('organization_id').notNull(),
    kind: text('kind', { enum: ['data', 'blind'] }).notNull(),
    version: integer('version').notNull(),
    /** Null when it was destroyed. */
    wrappedKey: blob('wrapped_key', { mode: 'buffer' }),
    kekId: text('kek_id').notNull(),
    commitment: blob('commitment', { mode: 'buffer' }).notNull(),
    state: text('state', { enum: ['active', 'decrypt_only', 'retired', 'destroyed'] }).notNull(),
    /** Values sealed with it, counted in blocks before they are: a crash counts too many, never too few. */
    sealCount: integer('enc_count').notNull().default(0),
    createdAt: text('created_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.organizationId, table.kind, table.version] })],
)
