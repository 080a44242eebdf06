import * as z from 'zod/mini'
import type { EventType } from './event.ts'

/**
 * Mails that a person may do without. What is about money that may not arrive, about a bank that is not what it was, or
 * about power over payments is mailed always.
 */
export const MAIL_KINDS = ['approvals', 'schedules', 'deliveries', 'returns', 'corrections', 'banks'] as const
export const MailKind = z.enum(MAIL_KINDS)
export type MailKind = z.infer<typeof MailKind>

/** Which events the mails of a kind tell of. */
export const MAIL_KIND_EVENTS: Readonly<Record<MailKind, readonly EventType[]>> = {
  approvals: ['achFile.approvalRequested', 'achFile.approved', 'achFile.rejected', 'achFile.approvalExpired'],
  schedules: ['schedule.fileCreated', 'schedule.ended'],
  deliveries: ['submission.canceled', 'submission.resolved', 'achFile.reversed'],
  returns: ['return.received'],
  corrections: ['correction.received', 'correction.dueSoon'],
  banks: ['bankConnection.unreachable', 'bankConnection.reachable'],
}

/** What a person is not mailed, in all their organizations. */
export const MailChoice = z.object({ type: z.literal('mailChoice'), off: z.array(MailKind) })
export type MailChoice = z.infer<typeof MailChoice>

export const MailChoiceUpdate = z.strictObject({ off: z.array(MailKind).check(z.maxLength(MAIL_KINDS.length)) })
export type MailChoiceUpdate = z.infer<typeof MailChoiceUpdate>
