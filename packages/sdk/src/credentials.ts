import { UsageError } from './error.ts'
import type { FISTWorksOptions } from './options.ts'
import { SessionTokens, TOKEN } from './session-tokens.ts'

/** How requests of one client prove who they are. */
export type Credentials =
  | { kind: 'apiKey'; apiKey: string }
  | { kind: 'sessionToken'; tokens: SessionTokens }
  | { kind: 'cookie'; antiForgeryToken: () => string | undefined }

/** @throws {UsageError} unless exactly one way is given */
export function credentialsOf(options: FISTWorksOptions): Credentials {
  const { apiKey, fetchSessionToken, credentials, antiForgeryToken } = options
  const given = [apiKey, fetchSessionToken, credentials].filter((way) => way !== undefined).length
  if (given !== 1) throw new UsageError("Give exactly one of apiKey, fetchSessionToken and credentials: 'include'.")
  if (antiForgeryToken !== undefined && credentials === undefined) {
    throw new UsageError("antiForgeryToken belongs to credentials: 'include'.")
  }
  if (apiKey !== undefined) return { kind: 'apiKey', apiKey: checkedKey(apiKey) }
  if (fetchSessionToken !== undefined) return { kind: 'sessionToken', tokens: new SessionTokens(fetchSessionToken) }
  return { kind: 'cookie', antiForgeryToken: antiForgeryToken ?? (() => undefined) }
}

function checkedKey(apiKey: string): string {
  if ('document' in globalThis) {
    throw new UsageError('An API key in a page can be read by everybody who opens it. Use fetchSessionToken there.')
  }
  if (TOKEN.test(apiKey)) return apiKey
  throw new UsageError('The API key is empty or has characters no key has. Was a space or line break copied along?')
}
