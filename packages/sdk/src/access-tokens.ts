import { ClientTokenError } from './client-token-error.ts'
import { TOKEN } from './session-tokens.ts'

/** What the token endpoint gave. */
export interface AccessToken {
  token: string
  /** How long it works from now on. */
  seconds: number
}

/** A token is renewed so long before its end, or after three quarters of a short life. */
const RENEWED_BEFORE_MS = 60_000

/** The access token of OAuth client credentials: in memory only, fetched once however many calls need it. */
export class AccessTokens {
  readonly #ask: () => Promise<AccessToken>
  readonly #nowMs: () => number
  #current: Promise<{ token: string; renewAtMs: number }> | undefined

  /** @param nowMs a clock that only goes forward */
  constructor(ask: () => Promise<AccessToken>, nowMs: () => number) {
    this.#ask = ask
    this.#nowMs = nowMs
  }

  /** The token in use; a new one when there is none yet or it ends soon. */
  async current(): Promise<string> {
    const held = this.#current
    if (held !== undefined) {
      const { token, renewAtMs } = await held
      if (this.#nowMs() < renewAtMs) return token
      if (this.#current === held) this.#current = undefined
    }
    this.#current ??= this.#fetch()
    return (await this.#current).token
  }

  /** The token to use after `stale` was refused: the one another call has fetched meanwhile, or a fresh one. */
  async after(stale: string): Promise<string> {
    const held = this.#current
    if (held !== undefined && (await held).token === stale && this.#current === held) this.#current = undefined
    return this.current()
  }

  #fetch() {
    const fetching = this.#made().catch((error: unknown) => {
      // A failure is not kept: the next call asks again.
      if (this.#current === fetching) this.#current = undefined
      throw error
    })
    return fetching
  }

  async #made() {
    const { token, seconds } = await this.#ask()
    if (!TOKEN.test(token) || !(seconds > 0)) throw new ClientTokenError('The token endpoint gave no usable token.')
    const lifeMs = seconds * 1000
    return { token, renewAtMs: this.#nowMs() + Math.max(lifeMs - RENEWED_BEFORE_MS, lifeMs * 0.75) }
  }
}
