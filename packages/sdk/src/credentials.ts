import { UsageError } from './error.ts'
import type { FISTWorksOptions } from './options.ts'
import { SessionTokens, TOKEN } from './session-tokens.ts'

/** A token that is fetched when it is needed, and fetched again when it was refused. */
export interface Tokens {
  current(): Promise<string>
  after(stale: string): Promise<string>
}

/** How requests of one client prove who they are. */
export type Credentials =
  | { kind: 'apiKey'; apiKey: string }
  | { kind: 'clientCredentials' | 'sessionToken'; tokens: Tokens }
  | { kind: 'cookie'; antiForgeryToken: () => string | undefined }

/** Access tokens for OAuth client credentials, from the server at `baseUrl`. */
export type ClientTokens = (
  clientId: string,
  clientSecret: string,
  at: { baseUrl: string; fetch: typeof globalThis.fetch },
) => Tokens

/** @throws {UsageError} unless exactly one way is given */
export function credentialsOf(
  options: FISTWorksOptions,
  clientTokens?: (clientId: string, clientSecret: string) => Tokens,
): Credentials {
  const { apiKey, clientId, clientSecret, fetchSessionToken, credentials, antiForgeryToken } = options
  const given = [apiKey, clientId, fetchSessionToken, credentials].filter((way) => way !== undefined).length
  if (given !== 1) {
    throw new UsageError("Give exactly one of apiKey, clientId, fetchSessionToken and credentials: 'include'.")
  }
  if (antiForgeryToken !== undefined && credentials === undefined) {
    throw new UsageError("antiForgeryToken belongs to credentials: 'include'.")
  }
  if ((clientId === undefined) !== (clientSecret === undefined)) {
    throw new UsageError('clientId and clientSecret belong together.')
  }
  if (apiKey !== undefined) return { kind: 'apiKey', apiKey: checked('API key', apiKey) }
  if (fetchSessionToken !== undefined) return { kind: 'sessionToken', tokens: new SessionTokens(fetchSessionToken) }
  if (credentials !== undefined) return { kind: 'cookie', antiForgeryToken: antiForgeryToken ?? (() => undefined) }
  const tokens = clientTokens?.(checked('clientId', clientId), checked('clientSecret', clientSecret))
  if (tokens === undefined) throw new UsageError('Components use fetchSessionToken, not clientId.')
  return { kind: 'clientCredentials', tokens }
}

function checked(name: string, value = ''): string {
  if ('document' in globalThis) {
    throw new UsageError('An API key in a page can be read by everybody who opens it. Use fetchSessionToken there.')
  }
  if (TOKEN.test(value)) return value
  throw new UsageError(`The ${name} is empty or has characters no key has. Was a space or line break copied along?`)
}
