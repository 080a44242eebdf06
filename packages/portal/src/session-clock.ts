const NOTICE_MS = 2 * 60_000
const REFRESH_MS = 60_000
const LONGEST_MS = 2 ** 31 - 1
/** What a person does, as opposed to what a page asks by itself. */
const SIGNS_OF_LIFE = ['keydown', 'pointerdown', 'input', 'wheel'] as const

type Told = 'active' | 'signedIn' | 'signedOut'

export interface SessionClockListener {
  /** It ends then unless the person does something, or whatever they do. */
  endingSoon(endsAt: Date): void
  goesOn(): void
  /** The person works without asking the server anything: ask it, so that it knows. */
  refresh(): void
  /** Nobody has done anything for as long as the session waits. */
  idle(): void
  ended(): void
  /** Another tab has signed in or out. */
  changedElsewhere(change: 'signedIn' | 'signedOut'): void
}

export interface SessionClock {
  /** The session as the server has just told it. */
  set(session: { expiresAt: string; idleSeconds: number }): void
  /** The server has answered. */
  answered(): void
  /** Tells the other tabs. */
  tell(change: 'signedIn' | 'signedOut'): void
  /** No session is open. */
  stop(): void
  close(): void
}

/**
 * Keeps a session going while the person works in any tab, and ends it when nobody does: components that ask again and
 * again by themselves do not count.
 */
export function createSessionClock(on: SessionClockListener): SessionClock {
  return new Clock(on)
}

class Clock implements SessionClock {
  readonly #on: SessionClockListener
  readonly #channel = new BroadcastChannel('fistworks-session')
  #session: { endsAtMs: number; idleMs: number } | null = null
  #activeAtMs = 0
  #answeredAtMs = 0
  #toldAtMs = 0
  #next: ReturnType<typeof setTimeout> | undefined
  #refresh: ReturnType<typeof setTimeout> | undefined

  constructor(on: SessionClockListener) {
    this.#on = on
    this.#channel.onmessage = ({ data }: MessageEvent<Told>) => {
      if (data !== 'active') return on.changedElsewhere(data)
      this.#activeAtMs = Date.now()
      this.#look()
    }
    for (const sign of SIGNS_OF_LIFE) addEventListener(sign, this.#onLife, { capture: true, passive: true })
  }

  set({ expiresAt, idleSeconds }: { expiresAt: string; idleSeconds: number }): void {
    const nowMs = Date.now()
    if (this.#session === null) this.#activeAtMs = nowMs
    this.#answeredAtMs = nowMs
    // A clock that is ahead of the server's must not ask again and again.
    const endsAtMs = Math.max(Date.parse(expiresAt), nowMs + NOTICE_MS / 4)
    this.#session = { endsAtMs, idleMs: idleSeconds * 1000 }
    this.#look()
  }

  answered(): void {
    this.#answeredAtMs = Date.now()
  }

  tell(change: 'signedIn' | 'signedOut'): void {
    this.#channel.postMessage(change)
  }

  stop(): void {
    clearTimeout(this.#next)
    clearTimeout(this.#refresh)
    this.#refresh = undefined
    this.#session = null
  }

  close(): void {
    this.stop()
    this.#channel.close()
    for (const sign of SIGNS_OF_LIFE) removeEventListener(sign, this.#onLife, { capture: true })
  }

  readonly #onLife = () => {
    const nowMs = Date.now()
    if (this.#session === null || nowMs >= this.#activeAtMs + this.#session.idleMs) return
    this.#activeAtMs = nowMs
    if (nowMs - this.#toldAtMs > 1_000) {
      this.#toldAtMs = nowMs
      this.#channel.postMessage('active' satisfies Told)
    }
    this.#refreshSoon(nowMs, this.#session.idleMs)
    this.#look()
  }

  /** Not at once each time: what the person did last is always told, within a minute. */
  #refreshSoon(nowMs: number, idleMs: number): void {
    const dueMs = this.#answeredAtMs + Math.min(REFRESH_MS, idleMs / 4) - nowMs
    this.#refresh ??= setTimeout(
      () => {
        this.#refresh = undefined
        this.#on.refresh()
      },
      Math.max(0, dueMs),
    )
  }

  #look(): void {
    clearTimeout(this.#next)
    if (this.#session === null) return
    const { endsAtMs, idleMs } = this.#session
    const overAtMs = Math.min(endsAtMs, this.#activeAtMs + idleMs)
    const noticeAtMs = overAtMs - Math.min(NOTICE_MS, idleMs / 2)
    const nowMs = Date.now()
    if (nowMs >= endsAtMs) return this.#on.ended()
    if (nowMs >= overAtMs) return this.#on.idle()
    if (nowMs >= noticeAtMs) this.#on.endingSoon(new Date(overAtMs))
    else this.#on.goesOn()
    const untilMs = (nowMs < noticeAtMs ? noticeAtMs : overAtMs) - nowMs
    this.#next = setTimeout(() => this.#look(), Math.min(untilMs, LONGEST_MS))
  }
}
