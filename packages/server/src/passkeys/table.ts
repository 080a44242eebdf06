import type { Id } from '@fistworks/contract'
import { blob, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

export const passkeys = sqliteTable('passkeys', {
  id: text('id').$type<Id<'pky'>>().primaryKey(),
  userId: text('user_id').notNull(),
  /** Base64url, as the authenticator names the key. */
  credentialId: text('credential_id').notNull(),
  name: text('name').notNull(),
  /** COSE form. */
  publicKey: blob('public_key', { mode: 'buffer' }).notNull(),
  counter: integer('counter').notNull(),
  transports: text('transports', { mode: 'json' }).$type<string[]>().notNull(),
  createdAt: text('created_at').notNull(),
  lastUsedAt: text('last_used_at'),
})

export const passkeyChallenges = sqliteTable(
  'passkey_challenges',
  {
    sessionId: text('session_id').notNull(),
    purpose: text('purpose', { enum: ['register', 'stepUp'] }).notNull(),
    challenge: text('challenge').notNull(),
    expiresAt: text('expires_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.sessionId, table.purpose] })],
)

export type PasskeyRow = typeof passkeys.$inferSelect
export type ChallengePurpose = (typeof passkeyChallenges.$inferSelect)['purpose']
