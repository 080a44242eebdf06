import { credentialsOf } from './credentials.ts'
import { UsageError } from './error.ts'
import { Http } from './http.ts'
import { type FISTWorksOptions, limitsOf, normalizeBaseUrl } from './options.ts'

/**
 * What a client speaks through, and what may be printed of it.
 * @throws {UsageError} when the options cannot be used; nothing is sent yet
 */
export function connect(options: FISTWorksOptions): { http: Http; printable: Record<string, unknown> } {
  const credentials = credentialsOf(options)
  const baseUrl = normalizeBaseUrl(options.baseUrl ?? ownOrigin(credentials.kind))
  const { organization, confirmPerson } = options
  // Looked up for each request, so that what replaces it later (an agent, a test) is used.
  const fetch = options.fetch ?? ((input, init) => globalThis.fetch(input, init))
  const http = new Http({ baseUrl, credentials, fetch, organization, confirmPerson, ...limitsOf(options) })
  return { http, printable: { baseUrl, credentials: credentials.kind, organization } }
}

function ownOrigin(kind: string): string {
  const page: { location?: { origin?: string } } = globalThis
  const origin = kind === 'cookie' ? page.location?.origin : undefined
  if (origin === undefined) throw new UsageError("Say where the server is: baseUrl: 'https://…'.")
  return origin
}
