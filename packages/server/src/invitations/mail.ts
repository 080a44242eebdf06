import { makeToken, TOKEN_PREFIXES } from '../access/token.ts'
import { accessStore } from '../access/access-store.ts'
import { type MailDesk, type MailTemplate, oneLine } from '../mail/mail-job.ts'
import { invitationStore, invitationWriter } from './store.ts'
import type { InvitationRow } from './table.ts'

/** Which mailing of which invitation it is: one that a later mailing overtook is not sent. */
type InvitationMailing = { invitationId: string; mailing: number }

/**
 * The mail with the link. Its secret is made when the mail is written and its hash stored before the mail leaves: one that
 * is written twice, after a crash, holds another link each time, and the newest works.
 */
export const INVITATION_MAIL: MailTemplate<InvitationMailing> = {
  name: 'invitation',
  async write({ invitationId, mailing }, desk) {
    const { token, secretHash } = makeToken(TOKEN_PREFIXES.invitation, invitationId.slice('inv_'.length))
    const row = await newLink(desk, { invitationId, mailing }, secretHash)
    if (row === null) return null
    const name = (await accessStore(desk.control.read).organization(desk.owner))?.name ?? 'an organization'
    return {
      to: row.email,
      subject: oneLine(`${row.invitedByName} invites you to ${name}`),
      text: `${row.invitedByName} invites you to work in ${name} as ${row.role}. To accept, open this link before ${row.expiresAt.slice(0, 10)} and sign in with this address:\n\n${desk.publicOrigin}/invitation#${token}\n\nIt works once. If you did not expect this, you need not do anything.`,
    }
  },
}

function newLink(
  { owner, control, now }: MailDesk,
  { invitationId, mailing }: InvitationMailing,
  secretHash: Buffer,
): Promise<InvitationRow | null> {
  const sentAt = now.toISOString()
  return control.write(async (tx) => {
    const found = await invitationStore(tx, owner).find(invitationId)
    if (found === undefined || found.mailings !== mailing || found.expiresAt <= sentAt) return null
    const isOpen = await invitationWriter(tx, owner).change(invitationId, { secretHash, sentAt })
    return isOpen ? found : null
  })
}
