import type { Caller } from './expected.ts'
import type { World } from './world.ts'

/** What a request says besides the key. */
interface Extra {
  organization?: string
  origin?: string
  query?: string
  inBody?: object
}

/** Somebody with a key or a session in the header. */
export function bearer(
  world: World,
  name: string,
  token: string | null,
  extra: Extra,
  expects: Caller['expects'],
): Caller {
  return {
    name,
    isInside: false,
    expects,
    send({ method, path, body }) {
      const headers = { 'Idempotency-Key': world.fresh(), ...(extra.origin ? { Origin: extra.origin } : {}) }
      const sent = body === undefined ? {} : { body: { ...body, ...extra.inBody } }
      return world.api.send(method, path + (extra.query ?? ''), {
        headers,
        ...sent,
        ...(token === null ? {} : { key: token }),
        ...(extra.organization === undefined ? {} : { organization: extra.organization }),
      })
    },
  }
}
