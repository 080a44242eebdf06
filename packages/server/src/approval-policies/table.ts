import type { Actor, ApprovalRule } from '@fistworks/contract'
import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** What a version of the policy says. */
export interface ApprovalTerms {
  /** By amount, the first from zero: so every file needs an approval by somebody who did not write it. */
  rules: ApprovalRule[]
  /** So long a request waits for its decision. */
  expiresAfterDays: number
}

export const approvalPolicies = sqliteTable(
  'approval_policies',
  {
    organizationId: text('organization_id').notNull(),
    version: integer('version').notNull(),
    terms: text('terms', { mode: 'json' }).$type<ApprovalTerms>().notNull(),
    decidedBy: text('decided_by', { mode: 'json' }).$type<Actor>().notNull(),
    decidedAt: text('decided_at').notNull(),
    confirmedBy: text('confirmed_by', { mode: 'json' }).$type<Actor>(),
  },
  (table) => [primaryKey({ columns: [table.organizationId, table.version] })],
)

export const approvalPolicyProposals = sqliteTable(
  'approval_policy_proposals',
  {
    organizationId: text('organization_id').notNull(),
    number: integer('number').notNull(),
    fromVersion: integer('from_version').notNull(),
    terms: text('terms', { mode: 'json' }).$type<ApprovalTerms>().notNull(),
    proposedBy: text('proposed_by', { mode: 'json' }).$type<Actor>().notNull(),
    /** Every name of who proposed it, each `${actor.type}:${actor.id}`. */
    people: text('people', { mode: 'json' }).$type<string[]>().notNull(),
    proposedAt: text('proposed_at').notNull(),
    endedAt: text('ended_at'),
  },
  (table) => [primaryKey({ columns: [table.organizationId, table.number] })],
)

export type ApprovalProposalRow = typeof approvalPolicyProposals.$inferSelect
export type ApprovalPolicyRow = typeof approvalPolicies.$inferSelect
