import { SessionTokenError } from './error.ts'

/** What may stand in an `Authorization` header. Checked here, because a refusing `Headers` would print the value. */
export const TOKEN = /^[\x21-\x7e]{1,1000}$/

/** An embed session as your back end was given it. */
export interface SessionToken {
  token: string
  /** When it ends, as an instant; known, it is renewed before that. */
  expiresAt?: string | undefined
}

/** Asks your back end for an embed session. The token alone is enough, but then its end shows by a refusal only. */
export type FetchSessionToken = () => Promise<string | SessionToken>

/** The longest a session lives. More than that, or less than nothing, means that this clock is wrong. */
const LONGEST_MS = 900_000
const MARGIN_MS = 60_000
const LONGEST_WAIT_MS = 8_000

/** The token of an embed session, shared by all calls of one client and fetched once however many need it. */
export class SessionTokens {
  readonly #fetchSessionToken: FetchSessionToken
  #token = ''
  /** When it is worth nothing, and when to ask for the next one, in ms of this machine's clock. */
  #endsAtMs = 0
  #askAtMs = 0
  #failures = 0
  #asking: Promise<string> | undefined

  constructor(fetchSessionToken: FetchSessionToken) {
    this.#fetchSessionToken = fetchSessionToken
  }

  /** The token in use; fetches the first one, and the next one while this one still works. */
  async current(): Promise<string> {
    const nowMs = Date.now()
    if (nowMs >= this.#endsAtMs) return this.#next()
    // Nobody waits for it, and nobody is told when it fails: this one works on, and its end asks again.
    if (nowMs >= this.#askAtMs) this.#next().catch(() => {})
    return this.#token
  }

  /** The token to use after `stale` was refused: the one another call has fetched meanwhile, or a fresh one. */
  async after(stale: string): Promise<string> {
    return this.#token === stale ? this.#next() : this.#token
  }

  #next(): Promise<string> {
    this.#asking ??= this.#ask().finally(() => {
      this.#asking = undefined
    })
    return this.#asking
  }

  async #ask(): Promise<string> {
    try {
      if (this.#failures > 0) await new Promise((resolve) => setTimeout(resolve, this.#askAtMs - Date.now()))
      const { token, expiresAt } = await this.#given()
      const leftMs = Date.parse(expiresAt ?? '') - Date.now()
      const isKnown = leftMs > 0 && leftMs <= LONGEST_MS
      this.#token = token
      this.#endsAtMs = isKnown ? Date.now() + leftMs : Infinity
      this.#askAtMs = this.#endsAtMs - Math.min(MARGIN_MS, leftMs / 4)
      this.#failures = 0
      return token
    } catch (error) {
      // Not kept: the next call asks again, a little later each time so that a back end in trouble has its peace.
      this.#askAtMs = Date.now() + Math.min(250 * 2 ** this.#failures++, LONGEST_WAIT_MS)
      throw error
    }
  }

  async #given(): Promise<SessionToken> {
    let given: unknown
    try {
      given = await this.#fetchSessionToken()
    } catch (reason) {
      throw new SessionTokenError('fetchSessionToken failed; see `reason` of this error.', reason)
    }
    const session = (typeof given === 'string' ? { token: given } : (given ?? {})) as SessionToken
    if (typeof session.token === 'string' && TOKEN.test(session.token)) return session
    throw new SessionTokenError('fetchSessionToken must give the `token` of an embed session, as text.')
  }
}
