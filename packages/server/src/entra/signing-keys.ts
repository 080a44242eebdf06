import { createLocalJWKSet, createRemoteJWKSet, customFetch, errors, type JWTVerifyGetKey } from 'jose'

/** Nobody knows now which keys the identity provider signs with. */
export class KeysUnavailable extends Error {
  constructor(cause: unknown) {
    super('the signing keys of the identity provider could not be read', { cause })
    this.name = 'KeysUnavailable'
  }
}

const REMOTE = { cacheMaxAge: 600_000, cooldownDuration: 30_000, timeoutDuration: 5_000 }
const KEPT_MS = 24 * 3_600_000
const MAX_BYTES = 1_000_000

/** Asks an address. */
export type Fetch = (address: string, options: RequestInit) => Promise<Response>

/**
 * The provider's signing keys, from one address only; what a token says of where its key lies is never looked at. While
 * the address does not answer, the keys that were read last count for 24 hours.
 */
export function createSigningKeys(
  address: string,
  now: () => Date,
  ask: Fetch = (url, options) => fetch(url, options),
): JWTVerifyGetKey {
  let last: { keys: JWTVerifyGetKey; at: number } | null = null
  let failedAt = -Infinity
  const remote = createRemoteJWKSet(new URL(address), {
    ...REMOTE,
    [customFetch]: async (url, options) => {
      const response = await ask(url, options)
      const text = await limitedText(response)
      if (response.status === 200) last = { keys: createLocalJWKSet(JSON.parse(text)), at: now().getTime() }
      return new Response(text, { status: response.status })
    },
  })
  const fallback: JWTVerifyGetKey = (header, token) => {
    if (last === null || now().getTime() - last.at > KEPT_MS) throw new KeysUnavailable(null)
    return last.keys(header, token)
  }
  return async (header, token) => {
    const isResting = now().getTime() - failedAt < REMOTE.cooldownDuration
    if (isResting) return fallback(header, token)
    try {
      return await remote(header, token)
    } catch (error) {
      if (error instanceof errors.JWKSNoMatchingKey) throw error
      failedAt = now().getTime()
      return fallback(header, token)
    }
  }
}

async function limitedText(response: Response): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength
    if (size > MAX_BYTES) throw new Error('the key set is too large')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}
