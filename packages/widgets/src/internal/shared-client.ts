import { ComponentClient, type FetchSessionToken } from '@fistworks/sdk'

const clients = new WeakMap<FetchSessionToken, Map<string, ComponentClient>>()

/** One client, so one token, for all elements of a page that name the same address and the same callback. */
export function sharedClient(baseUrl: string, fetchSessionToken: FetchSessionToken): ComponentClient {
  const known = clients.get(fetchSessionToken) ?? new Map<string, ComponentClient>()
  clients.set(fetchSessionToken, known)
  const found = known.get(baseUrl)
  if (found) return found
  const made = new ComponentClient({ baseUrl, fetchSessionToken })
  known.set(baseUrl, made)
  return made
}
