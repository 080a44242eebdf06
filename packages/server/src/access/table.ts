import type { Role } from '@fistworks/contract'
import { blob, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

export const apiKeys = sqliteTable('api_keys', {
  id: text('id').primaryKey(),
  platformId: text('platform_id'),
  organizationId: text('organization_id'),
  /** The one of the two that is set. */
  ownerId: text('owner_id').notNull(),
  name: text('name').notNull(),
  scopes: text('scopes', { mode: 'json' }).$type<string[]>().notNull(),
  secretHash: blob('secret_hash', { mode: 'buffer' }).notNull(),
  createdAt: text('created_at').notNull(),
  expiresAt: text('expires_at').notNull(),
  revokedAt: text('revoked_at'),
  lastFour: text('last_four'),
  allowedNetworks: text('allowed_networks', { mode: 'json' }).$type<string[]>().notNull().default([]),
  onlyOrganizations: text('only_organizations', { mode: 'json' }).$type<string[]>(),
  lastUsedAt: text('last_used_at'),
  replacedBy: text('replaced_by'),
  expiryWarnedAt: text('expiry_warned_at'),
})

/** OAuth 2 access tokens of API keys. */
export const accessTokens = sqliteTable('access_tokens', {
  id: text('id').primaryKey(),
  ownerId: text('owner_id').notNull(),
  apiKeyId: text('api_key_id').notNull(),
  scopes: text('scopes', { mode: 'json' }).$type<string[]>().notNull(),
  boundTo: text('bound_to'),
  secretHash: blob('secret_hash', { mode: 'buffer' }).notNull(),
  createdAt: text('created_at').notNull(),
  expiresAt: text('expires_at').notNull(),
})

export const embedSessions = sqliteTable('embed_sessions', {
  id: text('id').primaryKey(),
  platformId: text('platform_id'),
  organizationId: text('organization_id').notNull(),
  apiKeyId: text('api_key_id').notNull(),
  endUserId: text('end_user_id').notNull(),
  endUserName: text('end_user_name').notNull(),
  scopes: text('scopes', { mode: 'json' }).$type<string[]>().notNull(),
  risable: text('risable', { mode: 'json' }).$type<string[]>().notNull(),
  isolation: text('isolation').notNull(),
  allowedOrigins: text('allowed_origins', { mode: 'json' }).$type<string[]>().notNull(),
  secretHash: blob('secret_hash', { mode: 'buffer' }).notNull(),
  createdAt: text('created_at').notNull(),
  expiresAt: text('expires_at').notNull(),
  revokedAt: text('revoked_at'),
})

export const embedRaises = sqliteTable(
  'embed_raises',
  {
    organizationId: text('organization_id').notNull(),
    embedSessionId: text('embed_session_id').notNull(),
    secretHash: blob('secret_hash', { mode: 'buffer' }).notNull(),
    userId: text('user_id').notNull(),
    portalSessionId: text('portal_session_id').notNull(),
    scopes: text('scopes', { mode: 'json' }).$type<string[]>().notNull(),
    createdAt: text('created_at').notNull(),
    expiresAt: text('expires_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.organizationId, table.embedSessionId, table.secretHash] })],
)

export const users = sqliteTable('users', {
  id: text('id').primaryKey(),
  email: text('email').notNull(),
  name: text('name').notNull(),
  createdAt: text('created_at').notNull(),
  closedAt: text('closed_at'),
})

export const members = sqliteTable(
  'members',
  {
    organizationId: text('organization_id').notNull(),
    userId: text('user_id').notNull(),
    role: text('role').$type<Role>().notNull(),
    createdAt: text('created_at').notNull(),
    roleSince: text('role_since'),
    lastUsedAt: text('last_used_at'),
  },
  (table) => [primaryKey({ columns: [table.organizationId, table.userId] })],
)

export const platformMembers = sqliteTable(
  'platform_members',
  {
    platformId: text('platform_id').notNull(),
    userId: text('user_id').notNull(),
    role: text('role').notNull(),
    createdAt: text('created_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.platformId, table.userId] })],
)

export const platformInvitations = sqliteTable(
  'platform_invitations',
  {
    platformId: text('platform_id').notNull(),
    email: text('email').notNull(),
    invitedBy: text('invited_by').notNull(),
    createdAt: text('created_at').notNull(),
    expiresAt: text('expires_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.platformId, table.email] })],
)

export const signInCodes = sqliteTable('sign_in_codes', {
  id: text('id').primaryKey(),
  email: text('email').notNull(),
  codeHash: blob('code_hash', { mode: 'buffer' }).notNull(),
  tries: integer('tries').notNull().default(0),
  createdAt: text('created_at').notNull(),
  expiresAt: text('expires_at').notNull(),
  usedAt: text('used_at'),
})

export const portalSessions = sqliteTable('portal_sessions', {
  id: text('id').primaryKey(),
  userId: text('user_id').notNull(),
  secretHash: blob('secret_hash', { mode: 'buffer' }).notNull(),
  createdAt: text('created_at').notNull(),
  seenAt: text('seen_at').notNull(),
  expiresAt: text('expires_at').notNull(),
  endedAt: text('ended_at'),
  steppedUpAt: text('stepped_up_at'),
  /** Where it was last seen. */
  address: text('address'),
  /** What the program that signed in said it is. */
  program: text('program'),
})
