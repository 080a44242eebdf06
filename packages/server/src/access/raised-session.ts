import { createHash } from 'node:crypto'
import { type Id, ROLE_SCOPES, type Scope } from '@fistworks/contract'
import type { Access, Credentials } from './authenticate.ts'
import type { EmbedSessionPrincipal } from './principal.ts'

/** A request of a page of ours that says in which other page it stands. A browser lets no other page say that. */
export function isOurFrame({ publicOrigin }: Pick<Access, 'publicOrigin'>, given: Credentials): boolean {
  if (given.parentOrigin === undefined) return false
  if (given.fetchSite !== undefined && given.fetchSite !== 'same-origin') return false
  // A browser sends no Origin with a GET to the page's own server, but then it says that the two are one.
  return given.origin === undefined ? given.fetchSite === 'same-origin' : given.origin === publicOrigin
}

/**
 * The session with what a person has added for the frame that holds this secret, as far as the raise, the portal session
 * and the role of that person hold now.
 */
export async function raisedFor(
  { rows }: Pick<Access, 'rows'>,
  session: EmbedSessionPrincipal,
  secret: string | undefined,
  now: Date,
): Promise<EmbedSessionPrincipal> {
  if (secret === undefined || session.risable.length === 0) return session
  const raise = await rows.embedRaise(session.organizationId, session.id, frameSecretHash(secret))
  const at = now.toISOString()
  if (raise === undefined || raise.expiresAt <= at) return session
  const found = await rows.portalSession(raise.portalSessionId)
  if (found === undefined || found.portal_sessions.endedAt !== null || found.portal_sessions.expiresAt <= at) {
    return session
  }
  const membership = await rows.membership(session.organizationId, raise.userId)
  if (membership === undefined) return session
  const ofRole: readonly Scope[] = ROLE_SCOPES[membership.role]
  const added = session.risable.filter((scope) => raise.scopes.includes(scope) && ofRole.includes(scope))
  if (added.length === 0) return session
  const raised = { userId: raise.userId as Id<'usr'>, name: found.users.name, until: raise.expiresAt }
  return { ...session, scopes: [...new Set([...session.scopes, ...added])], raised }
}

/** In hex. The secret has 256 bits, so a plain hash tells nothing of it. */
export function frameSecretHash(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}
