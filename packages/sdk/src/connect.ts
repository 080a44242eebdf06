import { type ClientTokens, credentialsOf } from './credentials.ts'
import { UsageError } from './error.ts'
import { Http } from './http.ts'
import { type FISTWorksOptions, limitsOf, normalizeBaseUrl } from './options.ts'

/**
 * What a client speaks through, and what may be printed of it.
 * @param clientTokens how client credentials become tokens, where they are taken
 * @throws {UsageError} when the options cannot be used; nothing is sent yet
 */
export function connect(
  options: FISTWorksOptions,
  clientTokens?: ClientTokens,
): { http: Http; printable: Record<string, unknown> } {
  // Looked up for each request, so that what replaces it later (an agent, a test) is used.
  const fetch = options.fetch ?? ((input, init) => globalThis.fetch(input, init))
  const baseUrl = () => normalizeBaseUrl(options.baseUrl ?? ownOrigin(options.credentials))
  const tokens =
    clientTokens && ((id: string, secret: string) => clientTokens(id, secret, { baseUrl: baseUrl(), fetch }))
  const credentials = credentialsOf(options, tokens)
  const { organization, platform, confirmPerson } = options
  const settings = { baseUrl: baseUrl(), organization, platform }
  const http = new Http({ ...settings, credentials, fetch, confirmPerson, ...limitsOf(options) })
  return { http, printable: { ...settings, credentials: credentials.kind } }
}

function ownOrigin(credentials: 'include' | undefined): string {
  const page: { location?: { origin?: string } } = globalThis
  const origin = credentials === 'include' ? page.location?.origin : undefined
  if (origin === undefined) throw new UsageError("Say where the server is: baseUrl: 'https://…'.")
  return origin
}
