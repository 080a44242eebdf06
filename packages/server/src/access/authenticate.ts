import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Id, Scope } from '@fistworks/contract'
import { LIMITS } from '../limits.ts'
import { ProblemError } from '../problem-error.ts'
import type { Storage } from '../storage/transaction.ts'
import { accessWriter, type CallerRows, callerRows } from './access-store.ts'
import { createKeyUses, type KeyUses } from '../api-keys/key-uses.ts'
import { keyCaller, tokenCaller, WRONG_CREDENTIAL } from './machine.ts'
import { actorOf, type EmbedSessionPrincipal, type Principal, type UserPrincipal } from './principal.ts'
import { isOurFrame, raisedFor } from './raised-session.ts'
import { homeOf, RefusedCaller } from './refused-caller.ts'
import { parseToken, secretMatches, TOKEN_PREFIXES } from './token.ts'

/** What a request says of itself, before anything of it is believed. */
export interface Credentials {
  authorization: string | undefined
  sessionCookie: string | undefined
  origin: string | undefined
  fetchSite: string | undefined
  antiForgery: string | undefined
  /** Our own frame tells in which page it stands, and the secret that a raise of its session belongs to. */
  parentOrigin: string | undefined
  frameSecret: string | undefined
  isUnsafe: boolean
  /** Where the request came from. */
  address: string | undefined
}

export interface Access {
  control: Storage
  rows: CallerRows
  /** `test` or `live`: keys of the other mode are refused. */
  keyMode: 'test' | 'live'
  publicOrigin: string
  /** When each session was last seen, in milliseconds since 1970: the database learns of it once a minute at most. */
  lastSeen: Map<string, number>
  keyUses: KeyUses
}

export function createAccess(options: Omit<Access, 'rows' | 'lastSeen' | 'keyUses'>): Access {
  return { ...options, lastSeen: new Map(), keyUses: createKeyUses(), rows: callerRows(options.control) }
}

const SEEN_INTERVAL_MS = 60_000
const REMEMBERED_SESSIONS = 10_000

/**
 * Finds out who is calling. Throws `unauthenticated`, `session-expired`, `origin-not-allowed`,
 * `network-not-allowed` or `forged-request`.
 */
export async function authenticate(access: Access, given: Credentials, now: Date): Promise<Principal> {
  if (given.authorization !== undefined) {
    const match = /^Bearer ([\x21-\x7e]{1,200})$/.exec(given.authorization)
    const token = match?.[1] ?? ''
    if (token.startsWith(TOKEN_PREFIXES.embed)) return embedSession(access, token, given, now)
    const isAccessToken = token.startsWith(TOKEN_PREFIXES.testAccess) || token.startsWith(TOKEN_PREFIXES.liveAccess)
    return isAccessToken ? tokenCaller(access, token, given, now) : keyCaller(access, token, given, now)
  }
  if (given.sessionCookie !== undefined) return portalSession(access, given, now)
  throw new ProblemError('unauthenticated', 'Send an API key or a session token, or sign in.')
}

async function embedSession(
  access: Access,
  token: string,
  given: Credentials,
  now: Date,
): Promise<EmbedSessionPrincipal> {
  const parsed = parseToken(TOKEN_PREFIXES.embed, token)
  const row = parsed === null ? undefined : await access.rows.embedSession(`ems_${parsed.idSuffix}`)
  const isRight = secretMatches(parsed?.secret ?? '', row?.secretHash)
  if (row === undefined) throw new ProblemError('unauthenticated', WRONG_CREDENTIAL)
  const principal: EmbedSessionPrincipal = {
    type: 'embedSession',
    id: row.id as Id<'ems'>,
    platformId: row.platformId as Id<'plt'> | null,
    organizationId: row.organizationId as Id<'org'>,
    endUser: { externalId: row.endUserId, name: row.endUserName },
    scopes: row.scopes as Scope[],
    risable: row.risable as Scope[],
    expiresAt: row.expiresAt,
    raised: null,
  }
  const refused = (reason: 'wrong-secret' | 'revoked' | 'expired' | 'other-page') => {
    const via = { type: 'embedSession', id: row.id } as const
    return {
      cause: new RefusedCaller({ action: 'access.denied', reason, home: homeOf(row), actor: actorOf(principal), via }),
    }
  }
  if (!isRight) throw new ProblemError('unauthenticated', WRONG_CREDENTIAL, refused('wrong-secret'))
  // Who revokes a key wants what it made to end as well.
  const isRevoked = row.revokedAt !== null || (await access.rows.apiKey(row.apiKeyId))?.revokedAt !== null
  if (isRevoked || row.expiresAt <= now.toISOString()) {
    const detail = 'The embed session has ended. Ask your back end for a new one.'
    throw new ProblemError('session-expired', detail, refused(isRevoked ? 'revoked' : 'expired'))
  }
  const isFrame = isOurFrame(access, given)
  const page = isFrame ? given.parentOrigin : given.origin
  if (page === undefined || !row.allowedOrigins.includes(page)) {
    throw new ProblemError('origin-not-allowed', 'This embed session was made for another page.', refused('other-page'))
  }
  if (isFrame) return raisedFor(access, principal, given.frameSecret, now)
  if (row.isolation === 'page' && given.parentOrigin === undefined) return principal
  const detail = 'This embed session works inside our own frame only: use <fist-frame>.'
  throw new ProblemError('origin-not-allowed', detail, refused('other-page'))
}

/** Whoever is signed in to the portal. Throws `unauthenticated`, `session-expired` or `forged-request`. */
export async function portalSession(access: Access, given: Credentials, now: Date): Promise<UserPrincipal> {
  const parsed = parseToken(TOKEN_PREFIXES.portal, given.sessionCookie ?? '')
  const found = parsed === null ? undefined : await access.rows.portalSession(`ses_${parsed.idSuffix}`)
  const secret = parsed?.secret ?? ''
  const isRight = secretMatches(secret, found?.portal_sessions.secretHash)
  if (!isRight || found === undefined) throw new ProblemError('unauthenticated', 'Sign in first.')
  const row = found.portal_sessions
  const seenAt = Math.max(Date.parse(row.seenAt), access.lastSeen.get(row.id) ?? Number.NEGATIVE_INFINITY)
  const idleUntil = seenAt + LIMITS.portalIdleMinutes * 60_000
  if (row.endedAt !== null || row.expiresAt <= now.toISOString() || idleUntil <= now.getTime()) {
    const cause = refusedUser(found, row.endedAt === null ? 'expired' : 'revoked')
    throw new ProblemError('session-expired', 'You have been signed out. Sign in again to go on.', { cause })
  }
  const antiForgeryToken = antiForgeryTokenOf(secret)
  if (given.isUnsafe) refuseForgery(access.publicOrigin, given, antiForgeryToken, refusedUser(found, 'forged'))
  if (access.lastSeen.size >= REMEMBERED_SESSIONS) access.lastSeen.clear()
  access.lastSeen.set(row.id, now.getTime())
  if (now.getTime() - Date.parse(row.seenAt) > SEEN_INTERVAL_MS) {
    await access.control.write((tx) => accessWriter(tx).seePortalSession(row.id, now.toISOString(), given.address))
  }
  return {
    type: 'user',
    sessionId: row.id as Id<'ses'>,
    userId: found.users.id as Id<'usr'>,
    name: found.users.name,
    email: found.users.email,
    antiForgeryToken,
    expiresAt: row.expiresAt,
    signedInAt: row.createdAt,
    steppedUpAt: row.steppedUpAt,
  }
}

type FoundSession = NonNullable<Awaited<ReturnType<CallerRows['portalSession']>>>

function refusedUser(
  { users, portal_sessions }: FoundSession,
  reason: 'expired' | 'revoked' | 'forged',
): RefusedCaller {
  const actor = { type: 'user', id: users.id, name: users.name } as const
  const via = { type: 'portalSession', id: portal_sessions.id } as const
  return new RefusedCaller({ action: 'access.denied', reason, home: { ownerId: users.id }, actor, via })
}

/** The token a page of ours must send with each change; derived from the cookie's secret, so nothing is stored. */
export function antiForgeryTokenOf(secret: string): string {
  return createHmac('sha256', secret).update('anti-forgery|v1').digest('base64url')
}

function refuseForgery(publicOrigin: string, given: Credentials, expected: string, cause: RefusedCaller): void {
  refuseOtherSites(publicOrigin, given, cause)
  const sent = Buffer.from(given.antiForgery ?? '')
  const wanted = Buffer.from(expected)
  if (sent.length !== wanted.length || !timingSafeEqual(sent, wanted)) {
    throw new ProblemError('forged-request', 'The anti-forgery token is missing or wrong. Reload the page.', { cause })
  }
}

/** A request of a browser that did not come from a page of ours is refused. */
export function refuseOtherSites(
  publicOrigin: string,
  given: Pick<Credentials, 'origin' | 'fetchSite'>,
  cause?: RefusedCaller,
): void {
  const isOurs = given.fetchSite === undefined ? given.origin === publicOrigin : given.fetchSite === 'same-origin'
  if (!isOurs)
    throw new ProblemError('forged-request', 'This must be sent from a page of the portal itself.', { cause })
}
