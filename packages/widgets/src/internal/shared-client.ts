import { FISTWorks } from '@fistworks/sdk'

/** Asked for a token of an embed session: at first, before it expires, and after a 401. */
export type FetchSessionToken = () => Promise<string>

const clients = new WeakMap<FetchSessionToken, Map<string, FISTWorks>>()

/** One client, so one token, for all elements of a page that name the same address and the same callback. */
export function sharedClient(baseUrl: string, fetchSessionToken: FetchSessionToken): FISTWorks {
  const known = clients.get(fetchSessionToken) ?? new Map<string, FISTWorks>()
  clients.set(fetchSessionToken, known)
  const found = known.get(baseUrl)
  if (found) return found
  const made = new FISTWorks({ baseUrl, fetchSessionToken })
  known.set(baseUrl, made)
  return made
}
