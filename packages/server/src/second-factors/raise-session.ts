import type { PortalSession } from '@fistworks/contract'
import { accessWriter } from '../access/access-store.ts'
import { antiForgeryTokenOf } from '../access/authenticate.ts'
import type { UserPrincipal } from '../access/principal.ts'
import { makeToken, parseToken, TOKEN_PREFIXES } from '../access/token.ts'
import { describeSession, type Moment } from '../portal-sessions/service.ts'
import { ProblemError } from '../problem-error.ts'
import type { Tx } from '../storage/transaction.ts'

export interface RaisedSession {
  session: PortalSession
  cookie: string
}

interface FreshToken {
  token: string
  secretHash: Buffer
}

export function freshToken(user: UserPrincipal): FreshToken {
  return makeToken(TOKEN_PREFIXES.portal, user.sessionId.slice('ses_'.length))
}

/** The session goes on under this token; the one before works no more. What it is then is told in the same transaction. */
export async function raise(
  tx: Tx,
  user: UserPrincipal,
  { token, secretHash }: FreshToken,
  { now }: Moment,
): Promise<RaisedSession> {
  const raised = await accessWriter(tx).raisePortalSession(user.sessionId, secretHash, now.toISOString())
  if (raised.length === 0) throw new ProblemError('session-expired', 'You have been signed out meanwhile.')
  const antiForgeryToken = antiForgeryTokenOf(parseToken(TOKEN_PREFIXES.portal, token)?.secret ?? '')
  const proven = { ...user, antiForgeryToken, steppedUpAt: now.toISOString() }
  return { session: await describeSession({ read: tx }, proven, now), cookie: token }
}
