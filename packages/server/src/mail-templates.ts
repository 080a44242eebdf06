import type { MailTemplate } from './mail/mail-job.ts'
import { MANY_REVEALED_MAIL } from './recipients/reveal-alert.ts'

/** Every mail that a job can send. */
export const MAIL_TEMPLATES: readonly MailTemplate[] = [MANY_REVEALED_MAIL]
