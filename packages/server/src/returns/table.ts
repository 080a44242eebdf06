import type { Difference, Direction, Id, MatchCandidate, ReturnKind, UnmatchedReason } from '@fistworks/contract'
import { blob, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

export const returns = sqliteTable(
  'returns',
  {
    organizationId: text('organization_id').notNull(),
    id: text('id').$type<Id<'ret'>>().notNull(),
    inboundFileId: text('inbound_file_id').$type<Id<'inb'>>().notNull(),
    bankConnectionId: text('bank_connection_id').$type<Id<'bcn'>>().notNull(),
    position: integer('position').notNull(),
    fingerprint: blob('fingerprint', { mode: 'buffer' }).$type<Uint8Array>().notNull(),
    kind: text('kind').$type<ReturnKind>().notNull(),
    code: text('code').notNull(),
    achFileId: text('ach_file_id').$type<Id<'ach'>>(),
    entryId: text('entry_id').$type<Id<'ent'>>(),
    recipientId: text('recipient_id').$type<Id<'rcp'>>(),
    matchedBy: text('matched_by').$type<'details' | 'person'>(),
    unmatchedReason: text('unmatched_reason').$type<UnmatchedReason>(),
    candidates: text('candidates', { mode: 'json' }).$type<MatchCandidate[]>().notNull(),
    differences: text('differences', { mode: 'json' }).$type<Difference[]>().notNull(),
    repeats: text('repeats').$type<Id<'ret'>>(),
    answers: text('answers').$type<Id<'ret'>>(),
    traceIndex: blob('trace_index', { mode: 'buffer' }).$type<Uint8Array>().notNull(),
    originalTraceNumber: text('original_trace_number').notNull(),
    individualName: text('individual_name').notNull(),
    accountNumberLast4: text('account_number_last4').notNull(),
    amountCents: integer('amount_cents').notNull(),
    direction: text('direction').$type<Direction>().notNull(),
    secCode: text('sec_code').notNull(),
    information: text('information'),
    dateOfDeath: text('date_of_death'),
    returnedOn: text('returned_on').notNull(),
    receivedAt: text('received_at').notNull(),
    receivedOn: text('received_on').notNull(),
  },
  (table) => [primaryKey({ columns: [table.organizationId, table.id] })],
)

export const returnRetries = sqliteTable(
  'return_retries',
  {
    organizationId: text('organization_id').notNull(),
    returnId: text('return_id').$type<Id<'ret'>>().notNull(),
    achFileId: text('ach_file_id').$type<Id<'ach'>>().notNull(),
    createdAt: text('created_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.organizationId, table.returnId] })],
)

export const returnRateWarnings = sqliteTable(
  'return_rate_warnings',
  {
    organizationId: text('organization_id').notNull(),
    bankAccountId: text('bank_account_id').$type<Id<'bac'>>().notNull(),
    secCode: text('sec_code').notNull(),
    level: text('level').$type<'unauthorized' | 'administrative' | 'overall'>().notNull(),
    since: text('since').notNull(),
  },
  (table) => [primaryKey({ columns: [table.organizationId, table.bankAccountId, table.secCode, table.level] })],
)

export type ReturnRow = typeof returns.$inferSelect
