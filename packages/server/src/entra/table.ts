import type { Id } from '@fistworks/contract'
import { blob, sqliteTable, text } from 'drizzle-orm/sqlite-core'

export const userIdentities = sqliteTable('user_identities', {
  id: text('id').$type<Id<'idn'>>().primaryKey(),
  userId: text('user_id').notNull(),
  tenantId: text('tenant_id').notNull(),
  objectId: text('object_id').notNull(),
  label: text('label').notNull(),
  createdAt: text('created_at').notNull(),
  lastUsedAt: text('last_used_at'),
})

export const usedSignInNonces = sqliteTable('used_sign_in_nonces', {
  nonceHash: blob('nonce_hash', { mode: 'buffer' }).primaryKey(),
  usedAt: text('used_at').notNull(),
})

export type IdentityRow = typeof userIdentities.$inferSelect
