import type { Id, Scope } from '@fistworks/contract'
import { ProblemError } from '../problem-error.ts'
import type { Access, Credentials } from './authenticate.ts'
import type { CallerRows } from './access-store.ts'
import { isWithin } from './networks.ts'
import type { ApiKeyPrincipal } from './principal.ts'
import { homeOf, RefusedCaller, type RefusedWho } from './refused-caller.ts'
import { parseToken, secretMatches, TOKEN_PREFIXES } from './token.ts'

export type ApiKeyRow = NonNullable<Awaited<ReturnType<CallerRows['apiKey']>>>
type From = Pick<Credentials, 'address'>

export const WRONG_CREDENTIAL =
  'The key, token or session is not valid. Check that it is complete, has not expired and has not been revoked.'

/** An API key. A wrong, expired or revoked one and one that never was give the same answer after the same work. */
export async function keyCaller(access: Access, token: string, from: From, now: Date): Promise<ApiKeyPrincipal> {
  return principalOf(await provenKey(access, token, from, now))
}

/** The row of a key that is right, goes on, and is used from where it may be; its use is noted. */
export async function provenKey(access: Access, token: string, from: From, now: Date): Promise<ApiKeyRow> {
  const prefix = access.keyMode === 'live' ? TOKEN_PREFIXES.liveKey : TOKEN_PREFIXES.testKey
  const parsed = parseToken(prefix, token)
  const id = `key_${parsed?.idSuffix ?? ''}`
  const row = parsed === null ? undefined : await access.rows.apiKey(id)
  const isRight = secretMatches(parsed?.secret ?? '', row?.secretHash)
  if (row === undefined) throw new ProblemError('unauthenticated', WRONG_CREDENTIAL)
  const reason = isRight ? endOf(row, now) : 'wrong-secret'
  if (reason !== null) {
    await access.rows.apiKeyAnew(id)
    throw refusal(row, reason)
  }
  return usedFrom(access, row, from, now)
}

/** An access token: as much as its key, or less. */
export async function tokenCaller(access: Access, token: string, from: From, now: Date): Promise<ApiKeyPrincipal> {
  const prefix = access.keyMode === 'live' ? TOKEN_PREFIXES.liveAccess : TOKEN_PREFIXES.testAccess
  const parsed = parseToken(prefix, token)
  const id = `tok_${parsed?.idSuffix ?? ''}`
  const row = parsed === null ? undefined : await access.rows.accessToken(id)
  const isRight = secretMatches(parsed?.secret ?? '', row?.secretHash)
  // A token that never was asks for a key too, so that it takes as long.
  const key = await access.rows.apiKey(row?.apiKeyId ?? '')
  if (row === undefined || key === undefined) throw new ProblemError('unauthenticated', WRONG_CREDENTIAL)
  const hasEnded = row.expiresAt <= now.toISOString() ? 'expired' : endOf(key, now)
  const reason = isRight ? hasEnded : 'wrong-secret'
  if (reason !== null) {
    await access.rows.accessTokenAnew(id)
    await access.rows.apiKeyAnew(key.id)
    throw refusal(key, reason)
  }
  const principal = principalOf(usedFrom(access, key, from, now))
  const organizationId = (row.boundTo as Id<'org'> | null) ?? principal.organizationId
  return { ...principal, organizationId, scopes: row.scopes as Scope[] }
}

function principalOf(row: ApiKeyRow): ApiKeyPrincipal {
  return {
    type: 'apiKey',
    id: row.id as Id<'key'>,
    name: row.name,
    platformId: row.platformId as Id<'plt'> | null,
    organizationId: row.organizationId as Id<'org'> | null,
    onlyOrganizations: row.onlyOrganizations,
    scopes: row.scopes as Scope[],
  }
}

function endOf(row: ApiKeyRow, now: Date): 'revoked' | 'expired' | null {
  if (row.revokedAt !== null) return 'revoked'
  return row.expiresAt <= now.toISOString() ? 'expired' : null
}

function usedFrom(access: Access, row: ApiKeyRow, { address }: From, now: Date): ApiKeyRow {
  if (!isWithin(address, row.allowedNetworks)) throw refusal(row, 'other-network')
  access.keyUses.note(row, now)
  return row
}

function refusal(row: ApiKeyRow, reason: RefusedWho['reason']): ProblemError {
  const actor = { type: 'apiKey', id: row.id, name: row.name } as const
  const via = { type: 'apiKey', id: row.id } as const
  const cause = new RefusedCaller({ action: 'access.denied', reason, home: homeOf(row), actor, via })
  if (reason !== 'other-network') return new ProblemError('unauthenticated', WRONG_CREDENTIAL, { cause })
  const detail = 'This key may be used from the networks it names only, and this request came from another one.'
  return new ProblemError('network-not-allowed', detail, { cause })
}
