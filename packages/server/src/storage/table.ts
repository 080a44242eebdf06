import { foreignKey, index, integer, primaryKey, sqliteTable, text, unique } from 'drizzle-orm/sqlite-core'

/** Control plane: an accounting product. */
export const platforms = sqliteTable('platforms', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  createdAt: text('created_at').notNull(),
  allowedOrigins: text('allowed_origins', { mode: 'json' }).$type<string[]>().notNull().default([]),
  displayName: text('display_name'),
  accentColor: text('accent_color'),
})

/** Control plane: the directory of tenants. `database` names the tenant database the organization lives in. */
export const organizations = sqliteTable(
  'organizations',
  {
    id: text('id').primaryKey(),
    platformId: text('platform_id'),
    externalId: text('external_id'),
    name: text('name').notNull(),
    database: text('database').notNull().default('main'),
    createdAt: text('created_at').notNull(),
    createdBy: text('created_by'),
    closingAt: text('closing_at'),
    closingHeldAt: text('closing_held_at'),
    closedAt: text('closed_at'),
    reviewDays: integer('review_days').notNull().default(90),
    reviewedAt: text('reviewed_at'),
    reviewRemindedAt: text('review_reminded_at'),
  },
  (table) => [
    unique().on(table.platformId, table.externalId),
    index('organizations_by_platform').on(table.platformId, table.id),
    foreignKey({ columns: [table.platformId], foreignColumns: [platforms.id] }),
  ],
)

/**
 * Answers already given; the same table in both kinds of database. The owner is the organization, in the control
 * plane also a platform or a user.
 */
export const idempotencyKeys = sqliteTable(
  'idempotency_keys',
  {
    ownerId: text('owner_id').notNull(),
    principal: text('principal').notNull(),
    operation: text('operation').notNull(),
    key: text('key').notNull(),
    bodyHash: text('body_hash').notNull(),
    status: integer('status').notNull(),
    responseBody: text('response_body').notNull(),
    createdAt: text('created_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.ownerId, table.principal, table.operation, table.key] })],
)
