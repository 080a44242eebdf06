import {
  type EventType,
  MAIL_KIND_EVENTS,
  MAIL_KINDS,
  type MailChoice,
  type MailChoiceUpdate,
  type MailKind,
} from '@fistworks/contract'
import { eq, inArray } from 'drizzle-orm'
import { sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { UserPrincipal } from '../access/principal.ts'
import { appendControlAuditEvent } from '../audit/audit.ts'
import type { Moment, SignInDeps } from '../portal-sessions/service.ts'
import { onBehalfOf } from '../storage/on-behalf-of.ts'
import type { Reader } from '../storage/transaction.ts'

const mailChoices = sqliteTable('mail_choices', {
  userId: text('user_id').notNull().primaryKey(),
  off: text('off', { mode: 'json' }).$type<MailKind[]>().notNull(),
  updatedAt: text('updated_at').notNull(),
})

export async function retrieveMailChoice(db: Reader, userId: string): Promise<MailChoice> {
  const [row] = await db.select({ off: mailChoices.off }).from(mailChoices).where(eq(mailChoices.userId, userId))
  return { type: 'mailChoice', off: row?.off ?? [] }
}

/** A person says what they are not mailed, in whatever organization. */
export async function updateMailChoice(
  { control }: Pick<SignInDeps, 'control'>,
  user: UserPrincipal,
  input: MailChoiceUpdate,
  moment: Moment,
): Promise<MailChoice> {
  const off = MAIL_KINDS.filter((kind) => input.off.includes(kind))
  await control.write(async (tx) => {
    const before = await retrieveMailChoice(tx, user.userId)
    const values = { off, updatedAt: moment.now.toISOString() }
    await tx
      .insert(mailChoices)
      .values({ userId: user.userId, ...values })
      .onConflictDoUpdate({ target: mailChoices.userId, set: values })
    await onBehalfOf(user.userId, () =>
      appendControlAuditEvent(tx, user.userId, moment.now, {
        action: 'user.mailsChosen',
        targetType: 'user',
        targetId: user.userId,
        data: { before: { off: before.off }, after: { off } },
        actor: { type: 'user', id: user.userId, name: user.name },
        via: { type: 'portalSession', id: user.sessionId },
        outcome: 'succeeded',
        requestId: moment.requestId,
        ip: moment.address,
        userAgent: moment.userAgent,
      }),
    )
  })
  return { type: 'mailChoice', off }
}

/** Who of these does without mails about such events. */
export async function withoutMails(control: Reader, userIds: readonly string[], type: EventType): Promise<Set<string>> {
  const kind = MAIL_KINDS.find((one) => MAIL_KIND_EVENTS[one].includes(type))
  if (kind === undefined || userIds.length === 0) return new Set()
  const rows = await control
    .select({ userId: mailChoices.userId, off: mailChoices.off })
    .from(mailChoices)
    .where(inArray(mailChoices.userId, [...userIds]))
  return new Set(rows.filter(({ off }) => off.includes(kind)).map(({ userId }) => userId))
}
