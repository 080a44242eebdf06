import type { ApiKeyRow } from '../access/machine.ts'
import { makeToken, TOKEN_PREFIXES } from '../access/token.ts'
import { appendControlAuditEvent } from '../audit/audit.ts'
import { LIMITS } from '../limits.ts'
import { newId } from '../new-id.ts'
import { onBehalfOf } from '../storage/on-behalf-of.ts'
import type { Storage, Tx } from '../storage/transaction.ts'
import { accessTokenWriter, platformOf } from './store.ts'
import { OAuthError, type TokenRequest } from './token-request.ts'

/** The answer of RFC 6749, section 5.1. */
export interface IssuedToken {
  access_token: string
  token_type: 'Bearer'
  expires_in: number
  scope: string
}

export interface IssueMoment {
  now: Date
  requestId: string
  address: string | undefined
  userAgent: string | undefined
}

/** A token with the permissions of its key or fewer, for an hour at most; it ends when the key does. */
export function issueToken(
  { control, keyMode }: { control: Storage; keyMode: 'test' | 'live' },
  key: ApiKeyRow,
  asked: TokenRequest,
  moment: IssueMoment,
): Promise<IssuedToken> {
  const scopes = asked.scopes ?? key.scopes
  if (scopes.length === 0 || scopes.some((scope) => !key.scopes.includes(scope))) {
    throw new OAuthError('invalid_scope', 'The client does not have all of these permissions.')
  }
  const { now } = moment
  const lastsUntil = new Date(now.getTime() + LIMITS.accessTokenMinutes * 60_000).toISOString()
  const expiresAt = key.expiresAt < lastsUntil ? key.expiresAt : lastsUntil
  const id = newId('tok', now)
  const prefix = keyMode === 'live' ? TOKEN_PREFIXES.liveAccess : TOKEN_PREFIXES.testAccess
  const { token, secretHash } = makeToken(prefix, id.slice('tok_'.length))
  const unique = [...new Set(scopes)]
  return onBehalfOf(key.ownerId, () =>
    control.write(async (tx) => {
      const boundTo = await boundToOf(tx, key, asked.organization)
      const writer = accessTokenWriter(tx, key.ownerId)
      await writer.forget(now.toISOString())
      const createdAt = now.toISOString()
      await writer.add({ id, apiKeyId: key.id, scopes: unique, boundTo, secretHash, createdAt, expiresAt })
      const data = { token: id, scopes: unique, organization: boundTo, expiresAt }
      await tell(tx, key, data, moment)
      const seconds = Math.floor((Date.parse(expiresAt) - now.getTime()) / 1000)
      return { access_token: token, token_type: 'Bearer' as const, expires_in: seconds, scope: unique.join(' ') }
    }),
  )
}

/** A foreign organization and one that never was are told of in the same words. */
async function boundToOf(tx: Tx, key: ApiKeyRow, organization: string | null): Promise<string | null> {
  if (organization === null) return null
  const isOpen = key.onlyOrganizations?.includes(organization) ?? true
  const isTheirs =
    key.platformId === null
      ? organization === key.organizationId
      : isOpen && (await platformOf(tx, organization)) === key.platformId
  if (!isTheirs) throw new OAuthError('invalid_request', 'There is no such organization that the client can work in.')
  return organization
}

function tell(tx: Tx, key: ApiKeyRow, data: Record<string, unknown>, moment: IssueMoment): Promise<void> {
  return appendControlAuditEvent(tx, key.ownerId, moment.now, {
    action: 'apiKey.tokenIssued',
    actor: { type: 'apiKey', id: key.id, name: key.name },
    via: { type: 'apiKey', id: key.id },
    targetType: 'apiKey',
    targetId: key.id,
    outcome: 'succeeded',
    requestId: moment.requestId,
    ip: moment.address,
    userAgent: moment.userAgent,
    data,
  })
}
