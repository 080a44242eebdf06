import type { MailTemplate } from '../mail/mail-job.ts'
import { oneLine } from '../mail/mail-job.ts'
import { platformStore } from './store.ts'

/** Asks an address to look after a platform. It holds no secret: who accepts must be signed in with the address. */
export const PLATFORM_INVITATION_MAIL: MailTemplate<{ email: string; days: number }> = {
  name: 'platformInvitation',
  async write({ email, days }, { owner, control, publicOrigin }) {
    const platform = await platformStore(control.read).find({ platformId: owner }, owner)
    if (platform === undefined) return null
    return {
      to: email,
      subject: `You are asked to look after ${oneLine(platform.name)} at FISTWorks`,
      text: `Somebody who looks after the platform “${platform.name}” asks you to do so too: its API keys, its pages and the companies it adds. Sign in at ${publicOrigin} with this address and accept. The invitation is open for ${days} days. If you do not know what this is about, do nothing.`,
    }
  },
}
