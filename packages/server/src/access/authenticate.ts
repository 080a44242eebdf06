import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Id, Scope } from '@fistworks/contract'
import { LIMITS } from '../limits.ts'
import { ProblemError } from '../problem-error.ts'
import type { Storage } from '../storage/transaction.ts'
import { accessWriter, type CallerRows, callerRows } from './access-store.ts'
import type { ApiKeyPrincipal, EmbedSessionPrincipal, Principal, UserPrincipal } from './principal.ts'
import { parseToken, secretMatches, TOKEN_PREFIXES } from './token.ts'

/** What a request says of itself, before anything of it is believed. */
export interface Credentials {
  authorization: string | undefined
  sessionCookie: string | undefined
  origin: string | undefined
  fetchSite: string | undefined
  antiForgery: string | undefined
  isUnsafe: boolean
}

export interface Access {
  control: Storage
  rows: CallerRows
  /** `test` or `live`: keys of the other mode are refused. */
  keyMode: 'test' | 'live'
  publicOrigin: string
}

export function createAccess(options: Omit<Access, 'rows'>): Access {
  return { ...options, rows: callerRows(options.control) }
}

const WRONG_KEY = 'The key or session is not valid. Check that it is complete and has not been revoked.'
const SEEN_INTERVAL_MS = 60_000

/** Finds out who is calling. Throws `unauthenticated`, `session-expired`, `origin-not-allowed` or `forged-request`. */
export async function authenticate(access: Access, given: Credentials, now: Date): Promise<Principal> {
  if (given.authorization !== undefined) {
    const match = /^Bearer ([\x21-\x7e]{1,200})$/.exec(given.authorization)
    const token = match?.[1] ?? ''
    if (token.startsWith(TOKEN_PREFIXES.embed)) return embedSession(access, token, given.origin, now)
    return apiKey(access, token, now)
  }
  if (given.sessionCookie !== undefined) return portalSession(access, given, given.sessionCookie, now)
  throw new ProblemError('unauthenticated', 'Send an API key or a session token, or sign in.')
}

async function apiKey(access: Access, token: string, now: Date): Promise<ApiKeyPrincipal> {
  const prefix = access.keyMode === 'live' ? TOKEN_PREFIXES.liveKey : TOKEN_PREFIXES.testKey
  const parsed = parseToken(prefix, token)
  const row = parsed === null ? undefined : await access.rows.apiKey(`key_${parsed.idSuffix}`)
  if (!secretMatches(parsed?.secret ?? '', row?.secretHash) || row === undefined || row.revokedAt !== null) {
    throw new ProblemError('unauthenticated', WRONG_KEY)
  }
  if (row.expiresAt <= now.toISOString()) throw new ProblemError('unauthenticated', 'This API key has expired.')
  return {
    type: 'apiKey',
    id: row.id as Id<'key'>,
    name: row.name,
    platformId: row.platformId as Id<'plt'> | null,
    organizationId: row.organizationId as Id<'org'> | null,
    scopes: row.scopes as Scope[],
  }
}

async function embedSession(
  access: Access,
  token: string,
  origin: string | undefined,
  now: Date,
): Promise<EmbedSessionPrincipal> {
  const parsed = parseToken(TOKEN_PREFIXES.embed, token)
  const row = parsed === null ? undefined : await access.rows.embedSession(`ems_${parsed.idSuffix}`)
  if (!secretMatches(parsed?.secret ?? '', row?.secretHash) || row === undefined) {
    throw new ProblemError('unauthenticated', WRONG_KEY)
  }
  if (row.revokedAt !== null || row.expiresAt <= now.toISOString()) {
    throw new ProblemError('session-expired', 'The embed session has ended. Ask your back end for a new one.')
  }
  if (origin === undefined || !row.allowedOrigins.includes(origin)) {
    throw new ProblemError('origin-not-allowed', 'This embed session was made for another page.')
  }
  return {
    type: 'embedSession',
    id: row.id as Id<'ems'>,
    platformId: row.platformId as Id<'plt'> | null,
    organizationId: row.organizationId as Id<'org'>,
    endUser: { externalId: row.endUserId, name: row.endUserName },
    scopes: row.scopes as Scope[],
  }
}

async function portalSession(access: Access, given: Credentials, cookie: string, now: Date): Promise<UserPrincipal> {
  const parsed = parseToken(TOKEN_PREFIXES.portal, cookie)
  const found = parsed === null ? undefined : await access.rows.portalSession(`ses_${parsed.idSuffix}`)
  const row = found?.portal_sessions
  if (parsed === null || !secretMatches(parsed.secret, row?.secretHash) || !row || !found) {
    throw new ProblemError('unauthenticated', 'Sign in first.')
  }
  const idleUntil = Date.parse(row.seenAt) + LIMITS.portalIdleMinutes * 60_000
  if (row.endedAt !== null || row.expiresAt <= now.toISOString() || idleUntil <= now.getTime()) {
    throw new ProblemError('session-expired', 'You have been signed out. Sign in again to go on.')
  }
  const antiForgeryToken = antiForgeryTokenOf(parsed.secret)
  if (given.isUnsafe) refuseForgery(access.publicOrigin, given, antiForgeryToken)
  if (now.getTime() - Date.parse(row.seenAt) > SEEN_INTERVAL_MS) {
    await access.control.write((tx) => accessWriter(tx).seePortalSession(row.id, now.toISOString()))
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

/** The token a page of ours must send with each change; derived from the cookie's secret, so nothing is stored. */
export function antiForgeryTokenOf(secret: string): string {
  return createHmac('sha256', secret).update('anti-forgery|v1').digest('base64url')
}

function refuseForgery(publicOrigin: string, given: Credentials, expected: string): void {
  refuseOtherSites(publicOrigin, given)
  const sent = Buffer.from(given.antiForgery ?? '')
  const wanted = Buffer.from(expected)
  if (sent.length !== wanted.length || !timingSafeEqual(sent, wanted)) {
    throw new ProblemError('forged-request', 'The anti-forgery token is missing or wrong. Reload the page.')
  }
}

/** A request of a browser that did not come from a page of ours is refused. */
export function refuseOtherSites(publicOrigin: string, given: Pick<Credentials, 'origin' | 'fetchSite'>): void {
  const isOurs = given.fetchSite === undefined ? given.origin === publicOrigin : given.fetchSite === 'same-origin'
  if (!isOurs) throw new ProblemError('forged-request', 'This must be sent from a page of the portal itself.')
}
