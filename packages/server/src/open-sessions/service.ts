import type { EndedSessions, Id, OpenSessionList } from '@fistworks/contract'
import type { UserPrincipal } from '../access/principal.ts'
import { appendControlAuditEvent } from '../audit/audit.ts'
import { LIMITS } from '../limits.ts'
import type { Moment, SignInDeps } from '../portal-sessions/service.ts'
import { ProblemError } from '../problem-error.ts'
import { onBehalfOf } from '../storage/on-behalf-of.ts'
import type { Tx } from '../storage/transaction.ts'
import { openSessionStore, openSessionWriter } from './store.ts'

/** Where a person is signed in. */
export async function listOpenSessions(deps: SignInDeps, user: UserPrincipal, now: Date): Promise<OpenSessionList> {
  const seenSince = new Date(now.getTime() - LIMITS.portalIdleMinutes * 60_000).toISOString()
  const rows = await openSessionStore(deps.control.read, user.userId).list({ now: now.toISOString(), seenSince })
  const data = rows.map((row) => ({
    type: 'openSession' as const,
    id: row.id as Id<'ses'>,
    signedInAt: row.createdAt,
    seenAt: row.seenAt,
    program: row.program,
    address: row.address,
    isCurrent: row.id === user.sessionId,
  }))
  return { data }
}

/** Signs the person out in one other place; its cookie is worthless from here on. */
export async function endOpenSession(deps: SignInDeps, user: UserPrincipal, id: string, moment: Moment): Promise<void> {
  if (id === user.sessionId) throw new ProblemError('state-conflict', 'This is where you are. Sign out instead.')
  await deps.control.write(async (tx) => {
    const ended = await openSessionWriter(tx, user.userId).end(id, moment.now.toISOString())
    if (ended.length === 0) throw new ProblemError('not-found', 'You have no open session with this id.')
    await append(tx, user, moment, { action: 'user.sessionEnded', targetType: 'portalSession', targetId: id })
  })
}

/** Signs the person out everywhere else. */
export async function endOtherSessions(deps: SignInDeps, user: UserPrincipal, moment: Moment): Promise<EndedSessions> {
  const count = await deps.control.write(async (tx) => {
    const ended = await openSessionWriter(tx, user.userId).endAllBut(user.sessionId, moment.now.toISOString())
    const data = { count: ended.length }
    await append(tx, user, moment, {
      action: 'user.otherSessionsEnded',
      targetType: 'user',
      targetId: user.userId,
      data,
    })
    return ended.length
  })
  return { type: 'endedSessions', count }
}

function append(
  tx: Tx,
  user: UserPrincipal,
  moment: Moment,
  entry: { action: string; targetType: string; targetId: string; data?: Record<string, unknown> },
): Promise<void> {
  return onBehalfOf(user.userId, () =>
    appendControlAuditEvent(tx, user.userId, moment.now, {
      ...entry,
      actor: { type: 'user', id: user.userId, name: user.name },
      via: { type: 'portalSession', id: user.sessionId },
      outcome: 'succeeded',
      requestId: moment.requestId,
      ip: moment.address,
      userAgent: moment.userAgent,
    }),
  )
}
