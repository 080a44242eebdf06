import type { InvitationAccept, InvitationOffer, PortalSession } from '@fistworks/contract'
import { eq } from 'drizzle-orm'
import { accessWriter } from '../access/access-store.ts'
import { antiForgeryTokenOf } from '../access/authenticate.ts'
import type { UserPrincipal } from '../access/principal.ts'
import { users } from '../access/table.ts'
import { makeToken, parseToken, secretMatches, TOKEN_PREFIXES } from '../access/token.ts'
import { appendControlAuditEvent } from '../audit/audit.ts'
import { LIMITS } from '../limits.ts'
import { memberStore, memberWriter } from '../members/store.ts'
import { describeSession, type Moment, type SignInDeps } from '../portal-sessions/service.ts'
import { ProblemError } from '../problem-error.ts'
import { onBehalfOf } from '../storage/on-behalf-of.ts'
import type { Reader } from '../storage/transaction.ts'
import { invitationWriter, openInvitations } from './store.ts'

const NOT_VALID =
  'This invitation is not valid any more, or it is for another address. Ask for a new one, and sign in with the address it was sent to.'

/** What the holder of a link is asked, when it is for them. */
export async function offerOf(
  deps: SignInDeps,
  user: UserPrincipal,
  secret: string,
  now: Date,
): Promise<InvitationOffer> {
  const { invitation, organizationName } = await invitationFor(deps.control.read, user, secret, now)
  const { role, invitedByName, expiresAt } = invitation
  return { type: 'invitationOffer', organizationName, role, invitedBy: invitedByName, expiresAt }
}

/**
 * Makes the person a member. The session goes on under a new cookie, as after every rise of what it may do; a proof of the
 * person from before stays.
 */
export async function acceptInvitation(
  deps: SignInDeps,
  user: UserPrincipal,
  { secret, name = user.name }: InvitationAccept,
  moment: Moment,
): Promise<{ session: PortalSession; cookie: string }> {
  const at = moment.now.toISOString()
  const { token, secretHash } = makeToken(TOKEN_PREFIXES.portal, user.sessionId.slice('ses_'.length))
  const antiForgeryToken = antiForgeryTokenOf(parseToken(TOKEN_PREFIXES.portal, token)?.secret ?? '')
  const session = await deps.control.write(async (tx) => {
    const { invitation } = await invitationFor(tx, user, secret, moment.now)
    const { organizationId, id, role } = invitation
    await onBehalfOf(organizationId, async () => {
      const members = memberStore(tx, organizationId)
      // A platform begins an organization; who owns it from then on is the owner's to say.
      if (isOfPlatform(invitation) && (await members.count('owner')) > 0) throw new ProblemError('not-found', NOT_VALID)
      if ((await members.find(user.userId)) !== undefined) {
        throw new ProblemError('state-conflict', 'You are a member of this organization already.')
      }
      if ((await members.count()) >= LIMITS.membersPerOrganization) {
        throw new ProblemError(
          'limit-exceeded',
          `An organization has at most ${LIMITS.membersPerOrganization} members.`,
        )
      }
      const isTaken = await invitationWriter(tx, organizationId).change(id, {
        acceptedAt: at,
        acceptedBy: user.userId,
        secretHash: null,
      })
      if (!isTaken) throw new ProblemError('not-found', NOT_VALID)
      await memberWriter(tx, organizationId).add({ userId: user.userId, role, createdAt: at })
      await appendControlAuditEvent(tx, organizationId, moment.now, {
        action: 'invitation.accepted',
        actor: { type: 'user', id: user.userId, name },
        via: { type: 'portalSession', id: user.sessionId },
        targetType: 'invitation',
        targetId: id,
        outcome: 'succeeded',
        requestId: moment.requestId,
        ip: moment.address,
        userAgent: moment.userAgent,
        data: { email: invitation.email, signedInAs: user.email, role },
      })
    })
    await tx.update(users).set({ name }).where(eq(users.id, user.userId))
    const renewed = await accessWriter(tx).renewPortalSession(user.sessionId, secretHash, at)
    if (renewed.length === 0) throw new ProblemError('session-expired', 'You have been signed out meanwhile.')
    return describeSession({ read: tx }, { ...user, name, antiForgeryToken }, moment.now)
  })
  return { session, cookie: token }
}

/** A wrong secret, one that was used, and one for somebody else get the same answer. */
async function invitationFor(db: Reader, user: UserPrincipal, secret: string, now: Date) {
  const parsed = parseToken(TOKEN_PREFIXES.invitation, secret)
  const found = parsed === null ? undefined : await openInvitations(db).find(`inv_${parsed.idSuffix}`, now)
  const isRight = secretMatches(parsed?.secret ?? '', found?.invitation.secretHash ?? undefined)
  if (!isRight || found === undefined || !isFor(found.invitation.email, user)) {
    throw new ProblemError('not-found', NOT_VALID)
  }
  return found
}

/** People invite in their own name; of keys only a platform's does. */
const isOfPlatform = ({ invitedBy }: { invitedBy: string }) => invitedBy.startsWith('key_')

/** The mailbox was proven by the code of the sign-in, so the link alone, passed on, opens nothing to another person. */
function isFor(email: string, user: UserPrincipal): boolean {
  return email.toLowerCase() === user.email.toLowerCase()
}
