import type { AccountClosing } from '@fistworks/contract'
import { and, eq, inArray, isNull, ne } from 'drizzle-orm'
import type { UserPrincipal } from '../access/principal.ts'
import { requireStepUp } from '../access/step-up.ts'
import { members, portalSessions, signInCodes, users } from '../access/table.ts'
import { appendControlAuditEvent } from '../audit/audit.ts'
import { userIdentities } from '../entra/table.ts'
import { invitations } from '../invitations/table.ts'
import { cancelInvitationsBy } from '../invitations/store.ts'
import { endSessionsOf, memberWriter } from '../members/store.ts'
import { passkeyChallenges } from '../passkeys/table.ts'
import { platformStore, platformWriter } from '../platforms/store.ts'
import type { Moment, SignInDeps } from '../portal-sessions/service.ts'
import { ProblemError } from '../problem-error.ts'
import { forgetFactorsOf } from '../second-factors/member-factors.ts'
import { acrossTenants, onBehalfOf } from '../storage/on-behalf-of.ts'
import { organizations } from '../storage/table.ts'
import type { Tx } from '../storage/transaction.ts'

/**
 * Ends a person's account in one transaction: memberships, sessions, everything they confirm with, connected accounts, what they invited to and
 * were invited to, platforms they look after. What they did stays in the audit logs. The address is free again, and whoever comes with it is new.
 */
export async function closeAccount(
  deps: SignInDeps,
  user: UserPrincipal,
  { reason }: AccountClosing,
  moment: Moment,
): Promise<void> {
  requireStepUp(user, moment.now)
  await deps.control.write(async (tx) => {
    const memberships = await membershipsOf(tx, user.userId)
    await refuseSoleOwner(tx, user.userId, memberships)
    await leavePlatforms(tx, user, moment)
    for (const { organizationId, role } of memberships) {
      await onBehalfOf(organizationId, async () => {
        await memberWriter(tx, organizationId).remove(user.userId)
        await cancelInvitationsBy(tx, organizationId, user.userId, moment.now)
        const event = {
          ...eventOf(user, moment),
          action: 'member.left',
          data: { name: user.name, role, why: 'account closed' },
        }
        await appendControlAuditEvent(tx, organizationId, moment.now, event)
      })
    }
    await forget(tx, user, moment.now.toISOString())
    await onBehalfOf(user.userId, () =>
      appendControlAuditEvent(tx, user.userId, moment.now, {
        ...eventOf(user, moment),
        action: 'user.accountClosed',
        data: reason === undefined ? {} : { reason },
      }),
    )
  })
}

type Membership = Awaited<ReturnType<typeof membershipsOf>>[number]

const membershipsOf = (tx: Tx, userId: string) =>
  acrossTenants('close-account', () =>
    tx
      .select({
        organizationId: organizations.id,
        name: organizations.name,
        closingAt: organizations.closingAt,
        role: members.role,
      })
      .from(members)
      .innerJoin(organizations, eq(organizations.id, members.organizationId))
      .where(eq(members.userId, userId)),
  )

async function refuseSoleOwner(tx: Tx, userId: string, memberships: readonly Membership[]): Promise<void> {
  const owned = memberships.filter(({ role, closingAt }) => role === 'owner' && closingAt === null)
  if (owned.length === 0) return
  const ids = owned.map(({ organizationId }) => organizationId)
  const others = await acrossTenants('close-account', () =>
    tx
      .select({ organizationId: members.organizationId })
      .from(members)
      .where(and(inArray(members.organizationId, ids), eq(members.role, 'owner'), ne(members.userId, userId))),
  )
  const shared = new Set(others.map(({ organizationId }) => organizationId))
  const sole = owned.filter(({ organizationId }) => !shared.has(organizationId))
  if (sole.length === 0) return
  const names = sole.map(({ name }) => name).join(', ')
  const detail = `You are the only owner of ${names}. Make somebody else an owner there, or close it first.`
  throw new ProblemError('state-conflict', detail)
}

/** A platform keeps somebody who looks after it; what the person offered there ends. */
async function leavePlatforms(tx: Tx, user: UserPrincipal, moment: Moment): Promise<void> {
  const { userId, name } = user
  const [store, writer] = [platformStore(tx), platformWriter(tx)]
  const platforms = await store.of(userId)
  const sole: string[] = []
  for (const platform of platforms) {
    if ((await store.administrators(platform.id)).length === 1) sole.push(platform.name)
  }
  if (sole.length > 0) {
    const detail = `You are the only administrator of the platform ${sole.join(', ')}. Let another person accept first.`
    throw new ProblemError('state-conflict', detail)
  }
  for (const { id } of platforms) {
    await writer.removeAdministrator(id, userId)
    await writer.takeInvitationsBy(id, userId)
    const data = { userId, name, why: 'account closed' }
    const event = { ...eventOf(user, moment), action: 'platform.administratorRemoved', data }
    await onBehalfOf(id, () => appendControlAuditEvent(tx, id, moment.now, event))
  }
}

/** Nothing that could sign this person in is left. The row stays, because the audit log names it. */
async function forget(tx: Tx, { userId, email }: UserPrincipal, at: string): Promise<void> {
  await endSessionsOf(tx, userId, at)
  const sessions = tx.select({ id: portalSessions.id }).from(portalSessions).where(eq(portalSessions.userId, userId))
  await tx.delete(passkeyChallenges).where(inArray(passkeyChallenges.sessionId, sessions))
  await forgetFactorsOf(tx, userId)
  await tx.delete(userIdentities).where(eq(userIdentities.userId, userId))
  await tx
    .update(signInCodes)
    .set({ usedAt: at })
    .where(and(eq(signInCodes.email, email), isNull(signInCodes.usedAt)))
  await platformWriter(tx).takeInvitationsOf(email)
  await acrossTenants('close-account', () =>
    tx
      .update(invitations)
      .set({ revokedAt: at, secretHash: null })
      .where(and(eq(invitations.email, email), isNull(invitations.acceptedAt), isNull(invitations.revokedAt))),
  )
  await tx
    .update(users)
    .set({ email: `closed:${userId}`, name: 'Closed account', closedAt: at })
    .where(eq(users.id, userId))
}

function eventOf(user: UserPrincipal, moment: Moment) {
  return {
    actor: { type: 'user', id: user.userId, name: user.name },
    via: { type: 'portalSession', id: user.sessionId },
    targetType: 'user',
    targetId: user.userId,
    outcome: 'succeeded',
    requestId: moment.requestId,
    ip: moment.address,
    userAgent: moment.userAgent,
  } as const
}
