import type { Actor, Id, Scope } from '@fistworks/contract'

/**
 * A platform's or an organization's back end, by its key or by an access token of that key. One of the two ids is set,
 * both only for a platform's token that is bound to one organization.
 */
export interface ApiKeyPrincipal {
  type: 'apiKey'
  id: Id<'key'>
  name: string
  platformId: Id<'plt'> | null
  organizationId: Id<'org'> | null
  /** The only organizations of the platform that it may work in; `null` for all of them. */
  onlyOrganizations: readonly string[] | null
  scopes: Scope[]
}

/** An embedded component in a browser, for one end user of one organization. */
export interface EmbedSessionPrincipal {
  type: 'embedSession'
  id: Id<'ems'>
  platformId: Id<'plt'> | null
  organizationId: Id<'org'>
  endUser: { externalId: string; name: string }
  /** What it may do now, with what a person has added for the frame that asks. */
  scopes: Scope[]
  risable: Scope[]
  expiresAt: string
  raised: RaisedBy | null
}

/** The person of the portal who has raised a session for one frame, with a fresh proof, and until when that counts. */
export interface RaisedBy {
  userId: Id<'usr'>
  name: string
  until: string
}

/** A person in the portal. What they may do depends on the organization. */
export interface UserPrincipal {
  type: 'user'
  sessionId: Id<'ses'>
  userId: Id<'usr'>
  name: string
  email: string
  antiForgeryToken: string
  expiresAt: string
  /** When this session began. */
  signedInAt: string
  /** When the person last proved with a passkey that it is they. */
  steppedUpAt: string | null
}

export type Principal = ApiKeyPrincipal | EmbedSessionPrincipal | UserPrincipal

/** Who stands in the audit log, and is compared when another person is needed. */
export function actorOf(principal: Principal): Actor {
  if (principal.type === 'apiKey') return { type: 'apiKey', id: principal.id, name: principal.name }
  if (principal.type === 'user') return { type: 'user', id: principal.userId, name: principal.name }
  if (principal.raised) return { type: 'user', id: principal.raised.userId, name: principal.raised.name }
  return endUserOf(principal)
}

/** The end user of the platform whom a person of the portal speaks through. */
export function aliasOf(principal: Principal): Actor | null {
  return principal.type === 'embedSession' && principal.raised ? endUserOf(principal) : null
}

function endUserOf(principal: EmbedSessionPrincipal): Actor {
  const issuer = principal.platformId ?? principal.organizationId
  return { type: 'endUser', id: `${issuer}/${principal.endUser.externalId}`, name: principal.endUser.name }
}

/** Names the caller in idempotency rows and rate limits: the same before and after a session is raised. */
export function principalKey(principal: Principal): string {
  if (principal.type === 'user') return `user:${principal.userId}`
  if (principal.type === 'apiKey') return `apiKey:${principal.id}`
  return `endUser:${endUserOf(principal).id}`
}

/** The door it came through, as the audit log names it. */
export function viaOf(principal: Principal): { type: 'apiKey' | 'embedSession' | 'portalSession'; id: string } {
  if (principal.type === 'user') return { type: 'portalSession', id: principal.sessionId }
  return { type: principal.type, id: principal.id }
}
