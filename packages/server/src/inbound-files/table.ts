import type { Id, InboundFileKind, InboundFileState } from '@fistworks/contract'
import { blob, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

export const inboundFiles = sqliteTable(
  'inbound_files',
  {
    organizationId: text('organization_id').notNull(),
    id: text('id').$type<Id<'inb'>>().notNull(),
    bankConnectionId: text('bank_connection_id').$type<Id<'bcn'>>().notNull(),
    name: text('name').notNull(),
    sizeBytes: integer('size_bytes').notNull(),
    sha256: text('sha256').notNull(),
    /** Of the server that it was fetched from, as the connection led there then. */
    destinationHash: text('destination_hash'),
    server: text('server'),
    state: text('state').$type<InboundFileState>().notNull(),
    kind: text('kind').$type<InboundFileKind>(),
    problem: text('problem'),
    round: integer('round').notNull(),
    doneEntries: integer('done_entries').notNull(),
    entryCount: integer('entry_count').notNull(),
    otherCount: integer('other_count').notNull(),
    repeatedCount: integer('repeated_count').notNull(),
    receivedAt: text('received_at').notNull(),
    processedAt: text('processed_at'),
  },
  (table) => [primaryKey({ columns: [table.organizationId, table.id] })],
)

export const inboundFileParts = sqliteTable(
  'inbound_file_parts',
  {
    organizationId: text('organization_id').notNull(),
    id: text('id').notNull(),
    inboundFileId: text('inbound_file_id').$type<Id<'inb'>>().notNull(),
    position: integer('position').notNull(),
    /** Sealed. */
    bytes: blob('bytes', { mode: 'buffer' }).$type<Uint8Array>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.organizationId, table.id] })],
)

export const inboundNames = sqliteTable(
  'inbound_names',
  {
    organizationId: text('organization_id').notNull(),
    bankConnectionId: text('bank_connection_id').$type<Id<'bcn'>>().notNull(),
    name: text('name').notNull(),
    sizeBytes: integer('size_bytes').notNull(),
    /** Seconds since 1970, as the bank's server says it. */
    modifiedAt: integer('modified_at'),
    unchangedSince: text('unchanged_since').notNull(),
    lookedAt: text('looked_at').notNull(),
    inboundFileId: text('inbound_file_id').$type<Id<'inb'>>(),
    readings: integer('readings').notNull(),
  },
  (table) => [primaryKey({ columns: [table.organizationId, table.bankConnectionId, table.name] })],
)

export const inboundFileNames = sqliteTable(
  'inbound_file_names',
  {
    organizationId: text('organization_id').notNull(),
    inboundFileId: text('inbound_file_id').$type<Id<'inb'>>().notNull(),
    name: text('name').notNull(),
    seenAt: text('seen_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.organizationId, table.inboundFileId, table.name] })],
)

export const inboundPolls = sqliteTable(
  'inbound_polls',
  {
    organizationId: text('organization_id').notNull(),
    bankConnectionId: text('bank_connection_id').$type<Id<'bcn'>>().notNull(),
    lastAt: text('last_at'),
    nextAt: text('next_at'),
    problem: text('problem'),
  },
  (table) => [primaryKey({ columns: [table.organizationId, table.bankConnectionId] })],
)

export type InboundFileRow = typeof inboundFiles.$inferSelect
export type InboundNameRow = typeof inboundNames.$inferSelect
export type InboundPollRow = typeof inboundPolls.$inferSelect
