import type { Actor, CorrectionChange, CorrectionState, Id, MatchCandidate, UnmatchedReason } from '@fistworks/contract'
import { blob, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

export const corrections = sqliteTable(
  'corrections',
  {
    organizationId: text('organization_id').notNull(),
    id: text('id').$type<Id<'cor'>>().notNull(),
    inboundFileId: text('inbound_file_id').$type<Id<'inb'>>().notNull(),
    bankConnectionId: text('bank_connection_id').$type<Id<'bcn'>>().notNull(),
    position: integer('position').notNull(),
    fingerprint: blob('fingerprint', { mode: 'buffer' }).$type<Uint8Array>().notNull(),
    code: text('code').notNull(),
    state: text('state').$type<CorrectionState>().notNull(),
    problem: text('problem'),
    achFileId: text('ach_file_id').$type<Id<'ach'>>(),
    entryId: text('entry_id').$type<Id<'ent'>>(),
    recipientId: text('recipient_id').$type<Id<'rcp'>>(),
    matchedBy: text('matched_by').$type<'details' | 'person'>(),
    unmatchedReason: text('unmatched_reason').$type<UnmatchedReason>(),
    candidates: text('candidates', { mode: 'json' }).$type<MatchCandidate[]>().notNull(),
    individualName: text('individual_name').notNull(),
    originalTraceNumber: text('original_trace_number').notNull(),
    changes: text('changes', { mode: 'json' }).$type<CorrectionChange[]>().notNull(),
    /** Sealed. */
    corrected: blob('corrected', { mode: 'buffer' }).$type<Uint8Array>(),
    paidAccountIndex: blob('paid_account_index', { mode: 'buffer' }).$type<Uint8Array>(),
    /** Keyed hash of the account that the bank names. */
    accountIndex: blob('account_index', { mode: 'buffer' }).$type<Uint8Array>(),
    receivedAt: text('received_at').notNull(),
    dueOn: text('due_on').notNull(),
    decidedBy: text('decided_by', { mode: 'json' }).$type<Actor>(),
    decidedAt: text('decided_at'),
    decisionReason: text('decision_reason'),
  },
  (table) => [primaryKey({ columns: [table.organizationId, table.id] })],
)

/** What one person asks for until another agrees. */
export interface PolicyProposal {
  by: Actor
  /** Every name of that person, each `${actor.type}:${actor.id}`. */
  people: string[]
  at: string
}

export const correctionPolicies = sqliteTable('correction_policies', {
  organizationId: text('organization_id').notNull().primaryKey(),
  apply: text('apply').$type<'byPerson' | 'byRule'>().notNull(),
  updatedAt: text('updated_at').notNull(),
  proposal: text('proposal', { mode: 'json' }).$type<PolicyProposal>(),
})

export type CorrectionPolicyRow = Pick<typeof correctionPolicies.$inferSelect, 'apply' | 'proposal'>
export type CorrectionRow = typeof corrections.$inferSelect
