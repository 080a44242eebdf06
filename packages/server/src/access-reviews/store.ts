import { and, asc, eq, gt, isNull } from 'drizzle-orm'
import { apiKeys } from '../access/table.ts'
import { organizations } from '../storage/table.ts'
import type { Reader, Tx } from '../storage/transaction.ts'
import { type AccessReviewItemRow, accessReviewItems, accessReviews } from './table.ts'

/** The reviews of one organization. */
export function accessReviewStore(db: Reader, organizationId: string) {
  return {
    settings: async () =>
      (
        await db
          .select({
            days: organizations.reviewDays,
            reviewedAt: organizations.reviewedAt,
            createdAt: organizations.createdAt,
          })
          .from(organizations)
          .where(eq(organizations.id, organizationId))
      )[0],
    open: async () =>
      (
        await db
          .select()
          .from(accessReviews)
          .where(and(eq(accessReviews.organizationId, organizationId), isNull(accessReviews.completedAt)))
          .limit(1)
      )[0],
    items: (reviewId: string): Promise<AccessReviewItemRow[]> =>
      db
        .select()
        .from(accessReviewItems)
        .where(and(eq(accessReviewItems.organizationId, organizationId), eq(accessReviewItems.reviewId, reviewId)))
        .orderBy(asc(accessReviewItems.subjectType), asc(accessReviewItems.name), asc(accessReviewItems.subjectId)),
    /** Keys of the organization that work now. */
    keys: (now: string) =>
      db
        .select({
          id: apiKeys.id,
          name: apiKeys.name,
          scopes: apiKeys.scopes,
          createdAt: apiKeys.createdAt,
          lastUsedAt: apiKeys.lastUsedAt,
        })
        .from(apiKeys)
        .where(and(eq(apiKeys.ownerId, organizationId), isNull(apiKeys.revokedAt), gt(apiKeys.expiresAt, now))),
  }
}

/** Changes of the reviews of one organization, inside the unit of work they are handed. */
export function accessReviewWriter(tx: Tx, organizationId: string) {
  const of = (reviewId: string, subjectId: string) =>
    and(
      eq(accessReviewItems.organizationId, organizationId),
      eq(accessReviewItems.reviewId, reviewId),
      eq(accessReviewItems.subjectId, subjectId),
    )
  return {
    begin: (row: Omit<typeof accessReviews.$inferInsert, 'organizationId'>) =>
      tx.insert(accessReviews).values({ organizationId, ...row }),
    addItem: (row: Omit<typeof accessReviewItems.$inferInsert, 'organizationId'>) =>
      tx.insert(accessReviewItems).values({ organizationId, ...row }),
    decide: (
      reviewId: string,
      subjectId: string,
      decided: Required<Pick<typeof accessReviewItems.$inferInsert, 'decision' | 'decidedAt' | 'decidedBy'>>,
    ) => tx.update(accessReviewItems).set(decided).where(of(reviewId, subjectId)),
    complete: async (reviewId: string, at: string) => {
      const isIt = and(eq(accessReviews.organizationId, organizationId), eq(accessReviews.id, reviewId as 'rev_'))
      await tx.update(accessReviews).set({ completedAt: at }).where(isIt)
      const mine = eq(organizations.id, organizationId)
      await tx.update(organizations).set({ reviewedAt: at, reviewRemindedAt: null }).where(mine)
    },
    setDays: (days: number) =>
      tx.update(organizations).set({ reviewDays: days }).where(eq(organizations.id, organizationId)),
  }
}
