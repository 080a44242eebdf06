import type { AccessToken } from './access-tokens.ts'
import { ClientTokenError } from './client-token-error.ts'
import { FISTWorksError } from './error.ts'
import { bufferedFetch } from './fetch.ts'
import { parseRetryAfter, retryDelayMs } from './retry.ts'

const ATTEMPTS = 3
const ALL_TIME_MS = 20_000

export interface TokenSource {
  baseUrl: string
  fetch: typeof globalThis.fetch
  clientId: string
  clientSecret: string
}

type Outcome = AccessToken | { status: number | null; oauthCode: string | null; retryAfterMs: number | null }

/**
 * Asks for an access token (RFC 6749, section 4.4). Failures in passing are repeated: a token more harms nothing.
 * @throws {FISTWorksError} and nothing else
 */
export async function requestToken(source: TokenSource): Promise<AccessToken> {
  const signal = AbortSignal.timeout(ALL_TIME_MS)
  const endsAtMs = performance.now() + ALL_TIME_MS
  for (let attempt = 1; ; attempt += 1) {
    const outcome = await ask(source, signal)
    if ('token' in outcome) return outcome
    const { status, oauthCode, retryAfterMs } = outcome
    const failure = status === null ? { status } : { status, retryable: true, retryAfterMs }
    const delayMs = retryDelayMs(failure, attempt, endsAtMs - performance.now(), Math.random())
    if (attempt === ATTEMPTS || delayMs === null) {
      const why = status === null ? 'no answer' : `${status}${oauthCode === null ? '' : ` ${oauthCode}`}`
      throw new ClientTokenError(`No access token was given for the client credentials: ${why}.`, oauthCode)
    }
    await new Promise((resolve) => setTimeout(resolve, delayMs))
  }
}

async function ask({ baseUrl, fetch, clientId, clientSecret }: TokenSource, signal: AbortSignal): Promise<Outcome> {
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: clientId,
    client_secret: clientSecret,
  })
  try {
    const request = {
      method: 'POST',
      body,
      signal,
      redirect: 'manual' as const,
      headers: { Accept: 'application/json' },
    }
    const response = await bufferedFetch(fetch)(`${baseUrl}/v1/oauth/token`, request)
    const answer = ((await response.json().catch(() => null)) ?? {}) as Record<string, unknown>
    const { access_token: token, expires_in: seconds, error } = answer
    if (response.ok) return { token: typeof token === 'string' ? token : '', seconds: Number(seconds) }
    const oauthCode = typeof error === 'string' && /^[a-z_]{1,40}$/.test(error) ? error : null
    const retryAfterMs = parseRetryAfter(response.headers.get('Retry-After'), Date.now())
    return { status: response.status, oauthCode, retryAfterMs }
  } catch (error) {
    if (error instanceof FISTWorksError) throw error
    // Anything else could print what was sent.
    return { status: null, oauthCode: null, retryAfterMs: null }
  }
}
