import { accessStore } from '../access/access-store.ts'
import { oneLine, userMail } from '../mail/mail-job.ts'

/** Tells administrators that one person has looked at many full numbers. */
export const MANY_REVEALED_MAIL = userMail<{ name: string; count: number }>(
  'manyRevealed',
  async ({ name, count }, { owner, control }) => {
    const organization = await accessStore(control.read).organization(owner)
    return {
      subject: `Many full account numbers of ${oneLine(organization?.name ?? 'your organization')} were looked at`,
      text: `${name} has looked at ${count} full account numbers of ${organization?.name ?? 'your organization'} within 24 hours. The audit log names each, and what it was for. If that is not what you expect, remove the person and call your bank.`,
    }
  },
)
