import { blob, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

const instant = (name: string) => integer(name, { mode: 'timestamp_ms' })

export const apiKeys = sqliteTable('api_keys', {
  id: text('id').primaryKey(),
  platformId: text('platform_id'),
  organizationId: text('organization_id'),
  name: text('name').notNull(),
  scopes: text('scopes', { mode: 'json' }).$type<string[]>().notNull(),
  secretHash: blob('secret_hash', { mode: 'buffer' }).notNull(),
  createdAt: instant('created_at').notNull(),
  expiresAt: instant('expires_at').notNull(),
  revokedAt: instant('revoked_at'),
})

export const embedSessions = sqliteTable('embed_sessions', {
  id: text('id').primaryKey(),
  platformId: text('platform_id'),
  organizationId: text('organization_id').notNull(),
  apiKeyId: text('api_key_id').notNull(),
  endUserId: text('end_user_id').notNull(),
  endUserName: text('end_user_name').notNull(),
  scopes: text('scopes', { mode: 'json' }).$type<string[]>().notNull(),
  allowedOrigins: text('allowed_origins', { mode: 'json' }).$type<string[]>().notNull(),
  secretHash: blob('secret_hash', { mode: 'buffer' }).notNull(),
  createdAt: instant('created_at').notNull(),
  expiresAt: instant('expires_at').notNull(),
  revokedAt: instant('revoked_at'),
})

export const users = sqliteTable('users', {
  id: text('id').primaryKey(),
  email: text('email').notNull(),
  name: text('name').notNull(),
  createdAt: instant('created_at').notNull(),
})

export const members = sqliteTable(
  'members',
  {
    organizationId: text('organization_id').notNull(),
    userId: text('user_id').notNull(),
    role: text('role').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.organizationId, table.userId] })],
)

export const signInCodes = sqliteTable('sign_in_codes', {
  id: text('id').primaryKey(),
  email: text('email').notNull(),
  codeHash: blob('code_hash', { mode: 'buffer' }).notNull(),
  tries: integer('tries').notNull().default(0),
  createdAt: instant('created_at').notNull(),
  expiresAt: instant('expires_at').notNull(),
  usedAt: instant('used_at'),
})

export const portalSessions = sqliteTable('portal_sessions', {
  id: text('id').primaryKey(),
  userId: text('user_id').notNull(),
  secretHash: blob('secret_hash', { mode: 'buffer' }).notNull(),
  createdAt: instant('created_at').notNull(),
  seenAt: instant('seen_at').notNull(),
  expiresAt: instant('expires_at').notNull(),
  endedAt: instant('ended_at'),
})
