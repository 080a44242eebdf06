import type { Id, SubmissionState } from '@fistworks/contract'
import type { Resolution } from './resolution.ts'
import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** What proves that the bank has the file. */
export interface Evidence {
  how: 'read' | 'size' | 'swept' | 'acknowledgement' | 'person'
  at: string
  hostKeyFingerprint: string | null
}

export const submissions = sqliteTable(
  'submissions',
  {
    organizationId: text('organization_id').notNull(),
    id: text('id').$type<Id<'sub'>>().notNull(),
    achFileId: text('ach_file_id').$type<Id<'ach'>>().notNull(),
    bankConnectionId: text('bank_connection_id').$type<Id<'bcn'>>().notNull(),
    fileName: text('file_name').notNull(),
    sizeBytes: integer('size_bytes').notNull(),
    sha256: text('sha256').notNull(),
    /** Of the file as it was generated, before it was encrypted for its way. */
    contentSha256: text('content_sha256').notNull(),
    /** Where people agreed that it goes; `null` for what was submitted before this was kept. */
    destinationHash: text('destination_hash'),
    /** The server behind it, and the bank and company that the bytes name: who may answer about what they pay. */
    server: text('server'),
    immediateDestination: text('immediate_destination'),
    immediateOrigin: text('immediate_origin'),
    notBefore: text('not_before'),
    deliverBy: text('deliver_by'),
    state: text('state').$type<SubmissionState>().notNull(),
    attempt: integer('attempt').notNull(),
    tries: integer('tries').notNull(),
    jobId: text('job_id').notNull(),
    jobAttempt: integer('job_attempt').notNull(),
    renameAttempt: integer('rename_attempt'),
    renameAcknowledgedAt: text('rename_acknowledged_at'),
    retryAt: text('retry_at'),
    problem: text('problem'),
    evidence: text('evidence', { mode: 'json' }).$type<Evidence>(),
    cutoffMissedAt: text('cutoff_missed_at'),
    isLate: integer('is_late', { mode: 'boolean' }).notNull(),
    /** What a waiting one waits for, when that is not its own next try: deliveries resumed, or its bank reached. */
    waitsFor: text('waits_for').$type<'resume' | 'bank'>(),
    looks: integer('looks').notNull(),
    resolution: text('resolution', { mode: 'json' }).$type<Resolution>(),
    createdAt: text('created_at').notNull(),
    deliveredAt: text('delivered_at'),
    acknowledgedAt: text('acknowledged_at'),
  },
  (table) => [primaryKey({ columns: [table.organizationId, table.id] })],
)

export const submissionSteps = sqliteTable(
  'submission_steps',
  {
    organizationId: text('organization_id').notNull(),
    submissionId: text('submission_id').$type<Id<'sub'>>().notNull(),
    position: integer('position').notNull(),
    state: text('state').$type<SubmissionState>().notNull(),
    attempt: integer('attempt').notNull(),
    at: text('at').notNull(),
    detail: text('detail').notNull(),
  },
  (table) => [primaryKey({ columns: [table.organizationId, table.submissionId, table.position] })],
)

export type SubmissionRow = typeof submissions.$inferSelect
export type StepRow = typeof submissionSteps.$inferSelect
