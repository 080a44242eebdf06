import type { AccessReviewItem, Id } from '@fistworks/contract'
import { primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

export const accessReviews = sqliteTable(
  'access_reviews',
  {
    organizationId: text('organization_id').notNull(),
    id: text('id').$type<Id<'rev'>>().notNull(),
    begunAt: text('begun_at').notNull(),
    begunBy: text('begun_by').notNull(),
    completedAt: text('completed_at'),
  },
  (table) => [primaryKey({ columns: [table.organizationId, table.id] })],
)

/** Each access as it was when the review began. */
export const accessReviewItems = sqliteTable(
  'access_review_items',
  {
    organizationId: text('organization_id').notNull(),
    reviewId: text('review_id').notNull(),
    subjectId: text('subject_id').notNull(),
    subjectType: text('subject_type').$type<AccessReviewItem['subjectType']>().notNull(),
    name: text('name').notNull(),
    access: text('access').notNull(),
    since: text('since').notNull(),
    lastUsedAt: text('last_used_at'),
    decision: text('decision').$type<NonNullable<AccessReviewItem['decision']>>(),
    decidedAt: text('decided_at'),
    decidedBy: text('decided_by'),
  },
  (table) => [primaryKey({ columns: [table.organizationId, table.reviewId, table.subjectId] })],
)

export type AccessReviewItemRow = typeof accessReviewItems.$inferSelect
