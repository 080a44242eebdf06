import type { FetchSessionToken } from '@fistworks/sdk'
import type { Session } from './message.ts'

interface Shared {
  asking: Promise<Session> | null
  held: Session | null
}

const shared = new WeakMap<FetchSessionToken, Shared>()

/**
 * A session from the host's callback. Frames of one page with the same callback share it and ask once; whoever says that
 * the one in use is stale gets another.
 */
export function sessionFrom(fetchSessionToken: FetchSessionToken, stale: string | null): Promise<Session> {
  const state = shared.get(fetchSessionToken) ?? { asking: null, held: null }
  shared.set(fetchSessionToken, state)
  if (state.held !== null && state.held.token !== stale && isFresh(state.held)) return Promise.resolve(state.held)
  state.asking ??= ask(fetchSessionToken, state)
  return state.asking
}

async function ask(fetchSessionToken: FetchSessionToken, state: Shared): Promise<Session> {
  try {
    const given = await fetchSessionToken()
    state.held = typeof given === 'string' ? { token: given } : { token: given.token, expiresAt: given.expiresAt }
    return state.held
  } finally {
    state.asking = null
  }
}

/** A frame that begins wants some minutes of it. One whose end is not known may have ended. */
function isFresh({ expiresAt }: Session): boolean {
  return Date.parse(expiresAt ?? '') - Date.now() > 120_000
}

/** The public id of a session stands in its token. */
export function sessionIdOf(token: string): string | null {
  const match = /^fw_ems_([0-7][0-9a-z]{25})/.exec(token)
  return match === null ? null : `ems_${match[1]}`
}
