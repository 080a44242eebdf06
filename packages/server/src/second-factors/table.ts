import { blob, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

export const authenticatorApps = sqliteTable(
  'authenticator_apps',
  {
    ownerId: text('owner_id').notNull(),
    id: text('id').notNull(),
    state: text('state', { enum: ['offered', 'active'] }).notNull(),
    /** Sealed with a key of the person. */
    seed: blob('seed', { mode: 'buffer' }).notNull(),
    /** The newest time step whose code was taken. */
    lastStep: integer('last_step').notNull().default(0),
    createdAt: text('created_at').notNull(),
    lastUsedAt: text('last_used_at'),
  },
  (table) => [primaryKey({ columns: [table.ownerId, table.id] })],
)

export const recoveryCodes = sqliteTable(
  'recovery_codes',
  {
    ownerId: text('owner_id').notNull(),
    codeHash: blob('code_hash', { mode: 'buffer' }).notNull(),
    createdAt: text('created_at').notNull(),
    usedAt: text('used_at'),
  },
  (table) => [primaryKey({ columns: [table.ownerId, table.codeHash] })],
)

export const failedProofs = sqliteTable(
  'failed_proofs',
  {
    ownerId: text('owner_id').notNull(),
    id: text('id').notNull(),
    at: text('at').notNull(),
    hasLocked: integer('has_locked', { mode: 'boolean' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.ownerId, table.id] })],
)

export type AuthenticatorAppRow = typeof authenticatorApps.$inferSelect
