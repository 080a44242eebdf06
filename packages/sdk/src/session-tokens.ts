import { SessionTokenError } from './error.ts'

/** What may stand in an `Authorization` header. Checked here, because a refusing `Headers` would print the value. */
export const TOKEN = /^[\x21-\x7e]{1,1000}$/

/** The token of an embed session, shared by all calls of one client and fetched once however many need it. */
export class SessionTokens {
  readonly #fetchSessionToken: () => Promise<string>
  #current: Promise<string> | undefined

  constructor(fetchSessionToken: () => Promise<string>) {
    this.#fetchSessionToken = fetchSessionToken
  }

  /** The token in use; fetches the first one. */
  current(): Promise<string> {
    this.#current ??= this.#fetch()
    return this.#current
  }

  /** The token to use after `stale` was refused: the one another call has fetched meanwhile, or a fresh one. */
  async after(stale: string): Promise<string> {
    const current = this.#current
    if (current !== undefined && (await current) === stale && this.#current === current) this.#current = undefined
    return this.current()
  }

  #fetch(): Promise<string> {
    const fetching: Promise<string> = this.#ask().catch((error: unknown) => {
      // A failure is not kept: the next call asks again.
      if (this.#current === fetching) this.#current = undefined
      throw error
    })
    return fetching
  }

  async #ask(): Promise<string> {
    let token: unknown
    try {
      token = await this.#fetchSessionToken()
    } catch (reason) {
      throw new SessionTokenError('fetchSessionToken failed; see `reason` of this error.', reason)
    }
    if (typeof token === 'string' && TOKEN.test(token)) return token
    throw new SessionTokenError('fetchSessionToken must give the `token` of an embed session, as text.')
  }
}
