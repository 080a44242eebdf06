import * as z from 'zod/mini'
import { idOf } from './id.ts'
import { Instant } from './text.ts'

/** Days between two reviews: the fewest, the most, and unless told. */
export const REVIEW_DAYS = { min: 30, max: 365, default: 90 } as const

/** One access, as it was when the review began, and what was decided about it. */
export const AccessReviewItem = z.object({
  subjectType: z.enum(['member', 'apiKey']),
  subjectId: z.string(),
  name: z.string(),
  /** The role of a member, the permissions of a key. */
  access: z.string(),
  since: Instant,
  /** `null` for never, or not known. */
  lastUsedAt: z.nullable(Instant),
  decision: z.nullable(z.enum(['confirmed', 'revoked'])),
  decidedAt: z.nullable(Instant),
  decidedBy: z.nullable(z.string()),
})
export type AccessReviewItem = z.infer<typeof AccessReviewItem>

/** Who has what in an organization: when that was looked at last, when it is due, and the review under way. */
export const AccessReview = z.object({
  type: z.literal('accessReview'),
  everyDays: z.int(),
  lastCompletedAt: z.nullable(Instant),
  dueAt: Instant,
  isOverdue: z.boolean(),
  /** `null` while none is under way. */
  current: z.nullable(
    z.object({ id: idOf('rev'), begunAt: Instant, begunBy: z.string(), items: z.array(AccessReviewItem) }),
  ),
})
export type AccessReview = z.infer<typeof AccessReview>

export const AccessReviewDecision = z.strictObject({
  subjectId: z.string().check(z.maxLength(100)),
  decision: z.enum(['confirmed', 'revoked']),
})
export type AccessReviewDecision = z.infer<typeof AccessReviewDecision>

export const AccessReviewSettings = z.strictObject({
  everyDays: z
    .int()
    .check(z.refine((n) => n >= REVIEW_DAYS.min && n <= REVIEW_DAYS.max, { error: 'must be a number from 30 to 365' })),
})
export type AccessReviewSettings = z.infer<typeof AccessReviewSettings>
