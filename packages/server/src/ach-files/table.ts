import type {
  AchFileStatus,
  Actor,
  Direction,
  DraftSecCode,
  Id,
  Transmit,
  PossibleDuplicate,
  ReversalReason,
} from '@fistworks/contract'
import { blob, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

export const achFiles = sqliteTable(
  'ach_files',
  {
    organizationId: text('organization_id').notNull(),
    id: text('id').$type<Id<'ach'>>().notNull(),
    name: text('name').notNull(),
    status: text('status').$type<AchFileStatus>().notNull(),
    version: integer('version').notNull(),
    batchCount: integer('batch_count').notNull(),
    entryCount: integer('entry_count').notNull(),
    creditCents: integer('credit_cents').notNull(),
    debitCents: integer('debit_cents').notNull(),
    /** `${actor.type}:${actor.id}` of everyone who had a hand in what is paid, or in where it goes. */
    authors: text('authors', { mode: 'json' }).$type<string[]>().notNull(),
    /** Why a file that was sent for approval is a draft again. */
    reopenedBecause: text('reopened_because'),
    /** The decision that stands now. */
    approvalId: text('approval_id').$type<Id<'apv'>>(),
    /** Of what was submitted; `null` before. */
    contentHash: text('content_hash'),
    /** When it leaves for the bank once it is submitted. */
    transmit: text('transmit', { mode: 'json' }).$type<Transmit>().notNull(),
    submitOnApproval: integer('submit_on_approval', { mode: 'boolean' }).notNull(),
    submissionId: text('submission_id').$type<Id<'sub'>>(),
    createdBy: text('created_by', { mode: 'json' }).$type<Actor>().notNull(),
    createdAt: text('created_at').notNull(),
    updatedAt: text('updated_at').notNull(),
    submittedAt: text('submitted_at'),
    acknowledgedAt: text('acknowledged_at'),
    /** Counts the requests for approval; a decision holds for the one it was made in. */
    approvalRound: integer('approval_round').notNull(),
    /** The policy that held when approval was asked for; once submitted, the one that held then. */
    policyVersion: integer('policy_version').notNull(),
    approvalRequestedAt: text('approval_requested_at'),
    possibleDuplicates: text('possible_duplicates', { mode: 'json' }).$type<PossibleDuplicate[]>().notNull(),
    kind: text('kind').$type<'payments' | 'reversal'>().notNull(),
    reverses: text('reverses').$type<Id<'ach'>>(),
    reversalReason: text('reversal_reason').$type<ReversalReason>(),
    reversalDiscoveredAt: text('reversal_discovered_at'),
  },
  (table) => [primaryKey({ columns: [table.organizationId, table.id] })],
)

export const achBatches = sqliteTable(
  'ach_batches',
  {
    organizationId: text('organization_id').notNull(),
    achFileId: text('ach_file_id').$type<Id<'ach'>>().notNull(),
    id: text('id').$type<Id<'bat'>>().notNull(),
    position: integer('position').notNull(),
    bankAccountId: text('bank_account_id').$type<Id<'bac'>>().notNull(),
    secCode: text('sec_code').$type<DraftSecCode>().notNull(),
    companyEntryDescription: text('company_entry_description').notNull(),
    companyDiscretionaryData: text('company_discretionary_data').notNull(),
    effectiveDate: text('effective_date').notNull(),
  },
  (table) => [primaryKey({ columns: [table.organizationId, table.achFileId, table.position] })],
)

export const achEntries = sqliteTable(
  'ach_entries',
  {
    organizationId: text('organization_id').notNull(),
    achFileId: text('ach_file_id').$type<Id<'ach'>>().notNull(),
    id: text('id').$type<Id<'ent'>>().notNull(),
    batchPosition: integer('batch_position').notNull(),
    position: integer('position').notNull(),
    recipientId: text('recipient_id').$type<Id<'rcp'>>().notNull(),
    amountCents: integer('amount_cents').notNull(),
    direction: text('direction').$type<Direction>().notNull(),
    addenda: text('addenda', { mode: 'json' }).$type<string[]>().notNull(),
    externalId: text('external_id'),
    /** These five are known once generated, and kept as they were then. */
    traceNumber: text('trace_number'),
    paidName: text('paid_name'),
    paidRoutingNumberLast4: text('paid_routing_number_last4'),
    paidAccountNumberLast4: text('paid_account_number_last4'),
    /** The entry of another file that this one takes back. */
    reversesEntry: text('reverses_entry').$type<Id<'ent'>>(),
    /** Keyed hash that is equal for equal accounts. */
    paidAccountIndex: blob('paid_account_index', { mode: 'buffer' }).$type<Uint8Array>(),
    /** Zeros, as many as what is not known yet will take: null once it is. */
    room: blob('room', { mode: 'buffer' }).$type<Uint8Array>(),
  },
  (table) => [primaryKey({ columns: [table.organizationId, table.achFileId, table.batchPosition, table.position] })],
)

export const achApprovals = sqliteTable(
  'ach_approvals',
  {
    organizationId: text('organization_id').notNull(),
    id: text('id').$type<Id<'apv'>>().notNull(),
    achFileId: text('ach_file_id').$type<Id<'ach'>>().notNull(),
    round: integer('round').notNull(),
    decision: text('decision').$type<'approved' | 'rejected' | 'withdrawn'>().notNull(),
    decidedBy: text('decided_by', { mode: 'json' }).$type<Actor>().notNull(),
    /** Every name of this person, each `${actor.type}:${actor.id}`. */
    people: text('people', { mode: 'json' }).$type<string[]>().notNull(),
    decidedAt: text('decided_at').notNull(),
    reason: text('reason'),
    /** Of what the person decided about. */
    contentHash: text('content_hash').notNull(),
    /** The approval that this one takes back. */
    withdraws: text('withdraws').$type<Id<'apv'>>(),
  },
  (table) => [primaryKey({ columns: [table.organizationId, table.id] })],
)

export const generatedFiles = sqliteTable(
  'generated_files',
  {
    organizationId: text('organization_id').notNull(),
    achFileId: text('ach_file_id').$type<Id<'ach'>>().notNull(),
    fileName: text('file_name').notNull(),
    fileIdModifier: text('file_id_modifier').notNull(),
    sizeBytes: integer('size_bytes').notNull(),
    sha256: text('sha256').notNull(),
    /** Sealed. */
    bytes: blob('bytes', { mode: 'buffer' }).$type<Uint8Array>().notNull(),
    generatedAt: text('generated_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.organizationId, table.achFileId] })],
)

export type AchFileRow = typeof achFiles.$inferSelect
export type AchBatchRow = typeof achBatches.$inferSelect
/** Without what only the matching of returns asks for, and the room. */
export type AchEntryRow = Omit<typeof achEntries.$inferSelect, 'paidAccountIndex' | 'room'>
export type AchApprovalRow = typeof achApprovals.$inferSelect
export type GeneratedFileRow = typeof generatedFiles.$inferSelect
