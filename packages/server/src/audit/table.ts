import { blob, integer, sqliteTable, text, unique } from 'drizzle-orm/sqlite-core'

/** The doors to this server. */
export const VIA_TYPES = ['apiKey', 'embedSession', 'portalSession', 'commandLine', 'worker'] as const

const event = () => ({
  seq: integer('seq').primaryKey(),
  ownerSeq: integer('org_seq').notNull(),
  id: text('id').notNull().unique(),
  at: text('at').notNull(),
  actorType: text('actor_type', { enum: ['apiKey', 'endUser', 'user', 'system', 'anonymous'] }).notNull(),
  actorId: text('actor_id').notNull(),
  actorName: text('actor_name'),
  action: text('action').notNull(),
  targetType: text('target_type').notNull(),
  targetId: text('target_id').notNull(),
  outcome: text('outcome', { enum: ['succeeded', 'failed', 'denied'] }).notNull(),
  requestId: text('request_id'),
  ip: text('ip'),
  dataJson: text('data_json').notNull(),
  previousHash: blob('prev_hash', { mode: 'buffer' }).notNull(),
  hash: blob('hash', { mode: 'buffer' }).notNull(),
  /** 1: hashed without `via` and `userAgent`, as all events were before there were such. */
  format: integer('format').notNull(),
  viaType: text('via_type', { enum: VIA_TYPES }),
  viaId: text('via_id'),
  userAgent: text('user_agent'),
})

/** What happened in an organization. Only grows. */
export const auditEvents = sqliteTable(
  'audit_events',
  { ownerId: text('organization_id').notNull(), ...event() },
  (table) => [unique().on(table.ownerId, table.ownerSeq)],
)

/** What happened in the control plane, per platform, organization or user. Only grows. */
export const controlAuditEvents = sqliteTable(
  'control_audit_events',
  { ownerId: text('owner_id').notNull(), ...event() },
  (table) => [unique().on(table.ownerId, table.ownerSeq)],
)

export type AuditTable = typeof auditEvents | typeof controlAuditEvents
export type AuditEventRow = typeof auditEvents.$inferSelect
