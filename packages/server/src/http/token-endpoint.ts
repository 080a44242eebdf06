import { MACHINE_SCOPES } from '@fistworks/contract'
import type { Context, Hono } from 'hono'
import { provenKey } from '../access/machine.ts'
import { parseToken, TOKEN_PREFIXES } from '../access/token.ts'
import { issueToken } from '../oauth/issue-token.ts'
import { OAUTH_ERRORS, type OAuthError, oauthErrorOf, readTokenRequest } from '../oauth/token-request.ts'
import { ProblemError } from '../problem-error.ts'
import { denialOf } from './denial.ts'
import type { HttpEnv } from './env.ts'
import { type HttpDeps, requestOf } from './register.ts'
import { TOKEN_PATH } from './token-path.ts'

/**
 * OAuth 2 for back ends: client credentials for an access token (RFC 6749, section 4.4), and what a client library asks
 * first (RFC 8414). It stands beside the operations because its form, answers and errors are those of the RFC.
 */
export function mountTokenEndpoint(app: Hono<HttpEnv>, deps: HttpDeps): void {
  app.post(TOKEN_PATH, async (c) => {
    c.header('Pragma', 'no-cache')
    try {
      return c.json(await answer(c, deps))
    } catch (error) {
      const refusal = oauthErrorOf(error)
      if (refusal === null) throw error
      note(c, deps, refusal)
      return refuse(c, refusal)
    }
  })
  app.get('/.well-known/oauth-authorization-server', (c) => c.json(metadata(deps.access.publicOrigin)))
}

async function answer(c: Context<HttpEnv>, deps: HttpDeps) {
  const asked = readTokenRequest({
    contentType: c.req.header('content-type'),
    authorization: c.req.header('authorization'),
    body: await c.req.text(),
  })
  const { now, requestId, address, userAgent } = requestOf(c, deps)
  const key = await provenKey(deps.access, secretFor(asked.clientId, asked.clientSecret), { address }, now)
  c.get('isKnown')()
  deps.rateLimits.spend('token', key.id, (name, value) => c.header(name, value))
  return issueToken(deps.access, key, asked, { now, requestId, address, userAgent })
}

/** The secret names the key too; one that belongs to another client is no secret at all. */
function secretFor(clientId: string, secret: string): string {
  const prefix = secret.startsWith(TOKEN_PREFIXES.liveKey) ? TOKEN_PREFIXES.liveKey : TOKEN_PREFIXES.testKey
  return `key_${parseToken(prefix, secret)?.idSuffix ?? ''}` === clientId ? secret : ''
}

/** Refusals of clients that are known are events of theirs, as with any operation. */
function note(c: Context<HttpEnv>, deps: HttpDeps, { cause }: OAuthError): void {
  const request = { ...requestOf(c, deps), hasCredential: true, principal: null, standing: null }
  const denial = denialOf(cause, { id: 'oauth.token' }, request)
  if (denial !== null) deps.denials.note(denial)
}

function refuse(c: Context<HttpEnv>, { code, message, cause }: OAuthError): Response {
  if (code === 'invalid_client') c.header('WWW-Authenticate', 'Basic realm="FISTWorks", charset="UTF-8"')
  const wait = cause instanceof ProblemError ? cause.retryAfterSeconds : undefined
  if (wait !== undefined) c.header('Retry-After', String(wait))
  return c.json({ error: code, error_description: message }, OAUTH_ERRORS[code])
}

function metadata(issuer: string) {
  return {
    issuer,
    token_endpoint: `${issuer}${TOKEN_PATH}`,
    grant_types_supported: ['client_credentials'],
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
    response_types_supported: [],
    scopes_supported: MACHINE_SCOPES,
  }
}
