import type { Id, Role } from '@fistworks/contract'
import { blob, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** Who was asked to become a member. `secretHash` is of the link in the newest mail; `null` until that is written. */
export const invitations = sqliteTable(
  'invitations',
  {
    organizationId: text('organization_id').$type<Id<'org'>>().notNull(),
    id: text('id').$type<Id<'inv'>>().notNull(),
    email: text('email').notNull(),
    role: text('role').$type<Role>().notNull(),
    secretHash: blob('secret_hash', { mode: 'buffer' }),
    invitedBy: text('invited_by').notNull(),
    invitedByName: text('invited_by_name').notNull(),
    createdAt: text('created_at').notNull(),
    expiresAt: text('expires_at').notNull(),
    mailings: integer('mailings').notNull().default(1),
    sentAt: text('sent_at'),
    acceptedAt: text('accepted_at'),
    acceptedBy: text('accepted_by'),
    revokedAt: text('revoked_at'),
  },
  (table) => [primaryKey({ columns: [table.organizationId, table.id] })],
)

export type InvitationRow = typeof invitations.$inferSelect
