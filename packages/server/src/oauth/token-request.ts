import { ProblemError } from '../problem-error.ts'

/** The words of RFC 6749, section 5.2, with the status each is answered with. */
export const OAUTH_ERRORS = {
  invalid_request: 400,
  invalid_client: 401,
  unauthorized_client: 400,
  unsupported_grant_type: 400,
  invalid_scope: 400,
  temporarily_unavailable: 429,
} as const
export type OAuthErrorCode = keyof typeof OAUTH_ERRORS

/** A refusal as OAuth clients read it; the description is plain ASCII without quotes and backslashes. */
export class OAuthError extends Error {
  readonly code: OAuthErrorCode

  constructor(code: OAuthErrorCode, description: string, options?: { cause?: unknown }) {
    super(description, options)
    this.name = 'OAuthError'
    this.code = code
  }
}

/** What a client asks the token endpoint for (RFC 6749, section 4.4.2). */
export interface TokenRequest {
  clientId: string
  clientSecret: string
  /** `null`: all that the client may have. */
  scopes: readonly string[] | null
  /** The one organization to work in, if the client asks for that (ours, not of the RFC). */
  organization: string | null
}

const CHARACTERS_MAX = 8_192

/** @throws OAuthError */
export function readTokenRequest(given: {
  contentType: string | undefined
  authorization: string | undefined
  body: string
}): TokenRequest {
  const type = (given.contentType ?? '').split(';')[0]?.trim().toLowerCase()
  if (type !== 'application/x-www-form-urlencoded' || given.body.length > CHARACTERS_MAX) {
    throw new OAuthError('invalid_request', 'Send the parameters form-encoded (application/x-www-form-urlencoded).')
  }
  const form = readForm(given.body)
  const { id, secret } = clientOf(given.authorization, form)
  const grantType = form.get('grant_type')
  if (grantType === undefined) throw new OAuthError('invalid_request', 'grant_type is missing.')
  if (grantType !== 'client_credentials') {
    throw new OAuthError('unsupported_grant_type', 'The grant type here is client_credentials.')
  }
  const scope = form.get('scope')
  return {
    clientId: id,
    clientSecret: secret,
    scopes: scope === undefined ? null : scope.split(' ').filter((word) => word !== ''),
    organization: form.get('organization') ?? null,
  }
}

/** A parameter without a value counts as left out, and none may come twice (RFC 6749, section 3.2). */
function readForm(body: string): ReadonlyMap<string, string> {
  const form = new Map<string, string>()
  for (const [name, value] of new URLSearchParams(body)) {
    if (form.has(name)) throw new OAuthError('invalid_request', 'A parameter was sent more than once.')
    form.set(name, value)
  }
  for (const [name, value] of form) if (value === '') form.delete(name)
  return form
}

function clientOf(
  authorization: string | undefined,
  form: ReadonlyMap<string, string>,
): { id: string; secret: string } {
  const [id, secret] = [form.get('client_id'), form.get('client_secret')]
  if (authorization === undefined) {
    if (id === undefined || secret === undefined) throw new OAuthError('invalid_client', 'The client is not named.')
    return { id, secret }
  }
  const basic = basicOf(authorization)
  if (basic === null) throw new OAuthError('invalid_client', 'Authenticate the client with Basic or in the body.')
  if (secret !== undefined || (id !== undefined && id !== basic.id)) {
    throw new OAuthError('invalid_request', 'Authenticate the client in one way only.')
  }
  return basic
}

/** Id and secret are form-encoded before they are joined (RFC 6749, section 2.3.1). */
function basicOf(authorization: string): { id: string; secret: string } | null {
  const encoded = /^Basic +([A-Za-z0-9+/]+=*)$/i.exec(authorization)?.[1]
  if (encoded === undefined) return null
  const text = Buffer.from(encoded, 'base64').toString('utf8')
  const colon = text.indexOf(':')
  if (colon < 0) return null
  try {
    const [id = '', secret = ''] = [text.slice(0, colon), text.slice(colon + 1)].map((part) =>
      decodeURIComponent(part.replaceAll('+', ' ')),
    )
    return { id, secret }
  } catch {
    return null
  }
}

/** A refusal of ours in the words of OAuth; `null` for what is none of the client's doing. */
export function oauthErrorOf(error: unknown): OAuthError | null {
  if (error instanceof OAuthError) return error
  if (!(error instanceof ProblemError)) return null
  const cause = { cause: error }
  if (error.code === 'unauthenticated') {
    return new OAuthError('invalid_client', 'The client id or secret is not valid, has expired or was revoked.', cause)
  }
  if (error.code === 'network-not-allowed') {
    return new OAuthError('unauthorized_client', 'The client may not be used from this network.', cause)
  }
  if (error.code === 'rate-limited') return new OAuthError('temporarily_unavailable', 'Too many requests.', cause)
  return null
}
