import { timingSafeEqual } from 'node:crypto'
import { errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose'
import { LIMITS } from '../limits.ts'
import type { EntraSettings } from './settings.ts'
import { KeysUnavailable } from './signing-keys.ts'
import { parseStrictJson } from './strict-json.ts'

/** Who somebody is at the identity provider. */
export interface Identity {
  tenantId: string
  objectId: string
  /** What the provider calls the account; it proves nothing. */
  label: string
}

export type TokenFault = 'token-form' | 'token-key' | 'token-signature' | 'token-claims' | 'token-time' | 'token-nonce'

/** A token that is not to be believed. Why is for the audit log, not for who sent it. */
export class BrokenToken extends Error {
  readonly fault: TokenFault

  constructor(fault: TokenFault, cause?: unknown) {
    super(fault, { cause })
    this.name = 'BrokenToken'
    this.fault = fault
  }
}

/** Checks an ID token against our registration. @throws BrokenToken, KeysUnavailable */
export type VerifyToken = (token: string, isOwnNonce: (nonce: string) => boolean, now: Date) => Promise<Identity>

const HEADER_NAMES: ReadonlySet<string> = new Set(['alg', 'kid', 'typ', 'x5t'])
const TOLERANCE_SECONDS = 60
const MAX_AGE_SECONDS = 3600
const OBJECT_ID = /^[\x21-\x7e]{1,255}$/

export function createTokenVerifier(settings: EntraSettings, keys: JWTVerifyGetKey): VerifyToken {
  return async (token, isOwnNonce, now) => {
    refuseOddForm(token)
    const claims = await signedClaims(settings, keys, token, now)
    const { tid, oid, ver, azp, aud, nonce, exp, iat, nbf } = claims
    // JSON can say 1e999, which is no time and yet later than any.
    if (![exp, iat, nbf ?? 0].every(Number.isSafeInteger)) throw new BrokenToken('token-time')
    const isOurs =
      aud === settings.clientId &&
      ver === '2.0' &&
      (azp === undefined || azp === settings.clientId) &&
      typeof tid === 'string' &&
      isSame(tid, settings.tenantId) &&
      // An access token, whoever it is for, says nothing about a sign-in here.
      claims['scp'] === undefined
    if (!isOurs || typeof oid !== 'string' || !OBJECT_ID.test(oid)) throw new BrokenToken('token-claims')
    if (typeof nonce !== 'string' || !isOwnNonce(nonce)) throw new BrokenToken('token-nonce')
    return { tenantId: settings.tenantId, objectId: oid, label: labelOf(claims) }
  }
}

/** Only the form Entra sends is read at all: no key or address in the header, nothing critical, no name twice. */
function refuseOddForm(token: string): void {
  if (token.length > LIMITS.signInTokenCharacters) throw new BrokenToken('token-form')
  const parts = token.split('.')
  if (parts.length !== 3 || !parts.every(isBase64Url)) throw new BrokenToken('token-form')
  const [head = '', body = ''] = parts
  try {
    const header = parseStrictJson(Buffer.from(head, 'base64url'))
    parseStrictJson(Buffer.from(body, 'base64url'))
    if (!isPlainHeader(header)) throw new BrokenToken('token-form')
  } catch (cause) {
    throw new BrokenToken('token-form', cause)
  }
}

/** Not empty, and the one way to write its bytes. */
function isBase64Url(part: string): boolean {
  return part !== '' && Buffer.from(part, 'base64url').toString('base64url') === part
}

function isPlainHeader(header: unknown): boolean {
  if (typeof header !== 'object' || header === null || Array.isArray(header)) return false
  const { alg, kid, typ } = header as Record<string, unknown>
  return (
    Object.keys(header).every((name) => HEADER_NAMES.has(name)) &&
    alg === 'RS256' &&
    typeof kid === 'string' &&
    /^[\w-]{1,128}$/.test(kid) &&
    (typ === undefined || typ === 'JWT')
  )
}

async function signedClaims(
  { issuer, clientId }: EntraSettings,
  keys: JWTVerifyGetKey,
  token: string,
  now: Date,
): Promise<JWTPayload> {
  try {
    const { payload } = await jwtVerify(token, keys, {
      algorithms: ['RS256'],
      issuer,
      audience: clientId,
      clockTolerance: TOLERANCE_SECONDS,
      maxTokenAge: MAX_AGE_SECONDS,
      requiredClaims: ['oid', 'tid', 'ver', 'nonce', 'exp', 'iat'],
      currentDate: now,
    })
    return payload
  } catch (cause) {
    if (cause instanceof KeysUnavailable) throw cause
    throw new BrokenToken(faultOf(cause), cause)
  }
}

function faultOf(error: unknown): TokenFault {
  if (error instanceof errors.JWTExpired) return 'token-time'
  if (error instanceof errors.JWTClaimValidationFailed) {
    return ['exp', 'nbf', 'iat'].includes(error.claim) ? 'token-time' : 'token-claims'
  }
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'token-signature'
  if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys) return 'token-key'
  return 'token-form'
}

function isSame(given: string, wanted: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(wanted)]
  return one.length === other.length && timingSafeEqual(one, other)
}

function labelOf(claims: JWTPayload): string {
  const named = [claims['preferred_username'], claims['email'], claims['name']]
  const label = named.find((each): each is string => typeof each === 'string' && each.trim() !== '') ?? 'no name'
  return label.replaceAll(/\p{C}/gu, '').slice(0, 200)
}
