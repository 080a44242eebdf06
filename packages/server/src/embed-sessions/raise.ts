import {
  type EmbedRaise,
  type EmbedRaiseCreate,
  type EmbedSessionState,
  type Id,
  ROLE_SCOPES,
  type Scope,
} from '@fistworks/contract'
import { accessStore, embedSessionOfAnybody } from '../access/access-store.ts'
import { addEmbedRaise, embedRaiseStore } from '../access/embed-raise-store.ts'
import type { EmbedSessionPrincipal, UserPrincipal } from '../access/principal.ts'
import { requireStepUp, steppedUpUntil } from '../access/step-up.ts'
import { appendControlAuditEvent } from '../audit/audit.ts'
import type { Moment, SignInDeps } from '../portal-sessions/service.ts'
import { notFound, ProblemError } from '../problem-error.ts'
import { onBehalfOf } from '../storage/on-behalf-of.ts'
import type { Tx } from '../storage/transaction.ts'

/** What our frame shows of the session it has. */
export async function describeEmbedSession(
  { control }: Pick<SignInDeps, 'control'>,
  session: EmbedSessionPrincipal,
): Promise<EmbedSessionState> {
  const organization = await accessStore(control.read).organization(session.organizationId)
  const platform =
    session.platformId === null ? undefined : await embedRaiseStore(control.read).platform(session.platformId)
  const { raised } = session
  return {
    type: 'embedSession',
    id: session.id,
    expiresAt: session.expiresAt,
    organization: { id: session.organizationId, name: organization?.name ?? '' },
    platform:
      platform === undefined
        ? null
        : { name: platform.displayName ?? platform.name, accentColor: platform.accentColor },
    endUser: { name: session.endUser.name },
    scopes: session.scopes,
    risable: session.risable,
    raised: raised === null ? null : { by: raised.name, until: raised.until },
  }
}

/**
 * Adds to a session, for the one frame that holds the secret, what its platform allows to be added and the person's role
 * has, for as long as their proof is fresh. A session of an organization that is not theirs is as unknown as one that
 * never was.
 * @throws ProblemError `step-up-required`, `not-found`, `session-expired`, `state-conflict`, `forbidden`
 */
export async function raiseEmbedSession(
  deps: SignInDeps,
  user: UserPrincipal,
  { embedSessionId, secretHash }: EmbedRaiseCreate,
  moment: Moment,
): Promise<EmbedRaise> {
  requireStepUp(user, moment.now)
  const proofEndsAt = steppedUpUntil(user, moment.now) ?? moment.now.toISOString()
  return deps.control.write(async (tx) => {
    const session = await embedSessionOfAnybody(tx, embedSessionId)
    if (session === undefined) throw notFound('embed session')
    const organizationId = session.organizationId as Id<'org'>
    return onBehalfOf(organizationId, async () => {
      const membership = await accessStore(tx).membership(organizationId, user.userId)
      if (membership === undefined) throw notFound('embed session')
      const at = moment.now.toISOString()
      if (session.revokedAt !== null || session.expiresAt <= at) {
        throw new ProblemError('session-expired', 'The page you came from has to begin again: its session has ended.')
      }
      if (session.risable.length === 0) {
        throw new ProblemError('state-conflict', 'The page you came from asks for nothing that could be added to it.')
      }
      const ofRole: readonly Scope[] = ROLE_SCOPES[membership.role]
      const scopes = (session.risable as Scope[]).filter((scope) => ofRole.includes(scope))
      if (scopes.length === 0) throw new ProblemError('forbidden', 'Your role here can add nothing to that page.')
      const expiresAt = proofEndsAt < session.expiresAt ? proofEndsAt : session.expiresAt
      const isAdded = await addEmbedRaise(tx, {
        organizationId,
        embedSessionId,
        secretHash: Buffer.from(secretHash, 'hex'),
        userId: user.userId,
        portalSessionId: user.sessionId,
        scopes,
        createdAt: at,
        expiresAt,
      })
      if (!isAdded) {
        throw new ProblemError('state-conflict', 'That was confirmed before. Begin again on the page you came from.')
      }
      await appendRaised(tx, organizationId, user, { embedSessionId, scopes, expiresAt }, moment)
      return { type: 'embedRaise' as const, scopes, expiresAt }
    })
  })
}

function appendRaised(
  tx: Tx,
  organizationId: Id<'org'>,
  user: UserPrincipal,
  { embedSessionId, scopes, expiresAt }: { embedSessionId: string; scopes: Scope[]; expiresAt: string },
  moment: Moment,
): Promise<void> {
  return appendControlAuditEvent(tx, organizationId, moment.now, {
    action: 'embedSession.raised',
    actor: { type: 'user', id: user.userId, name: user.name },
    via: { type: 'portalSession', id: user.sessionId },
    targetType: 'embedSession',
    targetId: embedSessionId,
    outcome: 'succeeded',
    requestId: moment.requestId,
    ip: moment.address,
    userAgent: moment.userAgent,
    data: { scopes, expiresAt },
  })
}
