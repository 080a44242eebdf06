import { EVENT_MAIL } from './events/event-mail.ts'
import { CONNECTED_MAIL } from './entra/connected-mail.ts'
import type { MailTemplate } from './mail/mail-job.ts'
import { KEY_ENDS_MAIL } from './api-keys/expiry-warning.ts'
import { REVIEW_DUE_MAIL } from './access-reviews/reminders.ts'
import { INVITATION_MAIL } from './invitations/mail.ts'
import { CLOSED_MAIL } from './organizations/closing.ts'
import { CLOSING_HELD_MAIL } from './organizations/held-closing.ts'
import { PLATFORM_INVITATION_MAIL } from './platforms/invitation-mail.ts'
import { MANY_REVEALED_MAIL } from './recipients/reveal-alert.ts'
import { FACTOR_MAILS } from './second-factors/factor-mail.ts'

/** Every mail that a job can send. */
export const MAIL_TEMPLATES: readonly MailTemplate[] = [
  CLOSED_MAIL,
  CLOSING_HELD_MAIL,
  CONNECTED_MAIL,
  EVENT_MAIL,
  INVITATION_MAIL,
  REVIEW_DUE_MAIL,
  MANY_REVEALED_MAIL,
  ...FACTOR_MAILS,
  KEY_ENDS_MAIL,
  PLATFORM_INVITATION_MAIL,
]
