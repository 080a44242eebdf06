import { and, eq, isNull, lte, or, sql } from 'drizzle-orm'
import { enqueueMailToAdministrators, oneLine, userMail } from '../mail/mail-job.ts'
import { onBehalfOf } from '../storage/on-behalf-of.ts'
import { organizations } from '../storage/table.ts'
import type { Storage } from '../storage/transaction.ts'

const DAY_MS = 86_400_000
/** How often administrators hear of a review that is overdue. */
const AGAIN_DAYS = 14
const INTERVAL_MS = 3_600_000
const AT_ONCE = 100

/** Tells owners and administrators that a review is due. */
export const REVIEW_DUE_MAIL = userMail<{ name: string }>('accessReviewDue', ({ name }, { publicOrigin }) => ({
  subject: oneLine(`Who has what in ${name} should be looked at`),
  text: `The access review of ${name} is due. Look at who belongs to the organization and which keys it has, and confirm or revoke each: ${publicOrigin}/organization`,
}))

/** Looks once an hour for organizations whose review is overdue. */
export function createReviewReminders(control: Storage) {
  let next = Number.NEGATIVE_INFINITY
  return {
    /** @returns how many organizations were reminded */
    async tick(now: Date): Promise<number> {
      if (now.getTime() < next) return 0
      next = now.getTime() + INTERVAL_MS
      const found = await overdue(control, now)
      for (const { id, name } of found) await remind(control, id, name, now)
      return found.length
    },
  }
}

const remind = (control: Storage, owner: string, name: string, now: Date) =>
  onBehalfOf(owner, () =>
    control.write(async (tx) => {
      const reviewRemindedAt = now.toISOString()
      await tx.update(organizations).set({ reviewRemindedAt }).where(eq(organizations.id, owner))
      await enqueueMailToAdministrators(tx, REVIEW_DUE_MAIL, {
        owner,
        data: { name },
        dedupeKey: reviewRemindedAt,
        now,
      })
    }),
  )

function overdue(control: Storage, now: Date) {
  const { reviewedAt, createdAt, reviewDays, reviewRemindedAt, closingAt } = organizations
  const due = sql<number>`julianday(coalesce(${reviewedAt}, ${createdAt})) + ${reviewDays}`
  const before = new Date(now.getTime() - AGAIN_DAYS * DAY_MS).toISOString()
  return control.read
    .select({ id: organizations.id, name: organizations.name })
    .from(organizations)
    .where(
      and(
        isNull(closingAt),
        lte(due, sql`julianday(${now.toISOString()})`),
        or(isNull(reviewRemindedAt), lte(reviewRemindedAt, before)),
      ),
    )
    .limit(AT_ONCE)
}
