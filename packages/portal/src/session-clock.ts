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
  const channel = new BroadcastChannel('fistworks-session')
  let session: { endsAtMs: number; idleMs: number } | null = null
  let activeAtMs = 0
  let answeredAtMs = 0
  let toldAtMs = 0
  let next: ReturnType<typeof setTimeout> | undefined
  let refresh: ReturnType<typeof setTimeout> | undefined

  const stop = () => {
    clearTimeout(next)
    clearTimeout(refresh)
    refresh = undefined
    session = null
  }

  function look(): void {
    clearTimeout(next)
    if (session === null) return
    const { endsAtMs, idleMs } = session
    const idleAtMs = activeAtMs + idleMs
    const overAtMs = Math.min(endsAtMs, idleAtMs)
    const noticeAtMs = overAtMs - Math.min(NOTICE_MS, idleMs / 2)
    const nowMs = Date.now()
    if (nowMs >= endsAtMs) return on.ended()
    if (nowMs >= idleAtMs) return on.idle()
    if (nowMs >= noticeAtMs) on.endingSoon(new Date(overAtMs))
    else on.goesOn()
    next = setTimeout(look, Math.min((nowMs < noticeAtMs ? noticeAtMs : overAtMs) - nowMs, LONGEST_MS))
  }

  /** Not at once each time: what the person did last is always told, within a minute. */
  function refreshSoon(nowMs: number, idleMs: number): void {
    const dueMs = answeredAtMs + Math.min(REFRESH_MS, idleMs / 4) - nowMs
    refresh ??= setTimeout(
      () => {
        refresh = undefined
        on.refresh()
      },
      Math.max(0, dueMs),
    )
  }

  const onLife = () => {
    if (session === null) return
    const nowMs = Date.now()
    if (nowMs >= activeAtMs + session.idleMs) return
    activeAtMs = nowMs
    if (nowMs - toldAtMs > 1_000) {
      toldAtMs = nowMs
      channel.postMessage('active' satisfies Told)
    }
    refreshSoon(nowMs, session.idleMs)
    look()
  }

  channel.onmessage = ({ data }: MessageEvent<Told>) => {
    if (data !== 'active') return on.changedElsewhere(data)
    activeAtMs = Date.now()
    look()
  }
  for (const sign of SIGNS_OF_LIFE) addEventListener(sign, onLife, { capture: true, passive: true })

  return {
    stop,
    set({ expiresAt, idleSeconds }) {
      if (session === null) activeAtMs = Date.now()
      answeredAtMs = Date.now()
      // A clock that is ahead of the server's must not ask again and again.
      const endsAtMs = Math.max(Date.parse(expiresAt), answeredAtMs + NOTICE_MS / 4)
      session = { endsAtMs, idleMs: idleSeconds * 1000 }
      look()
    },
    answered: () => void (answeredAtMs = Date.now()),
    tell: (change) => channel.postMessage(change),
    close() {
      stop()
      channel.close()
      for (const sign of SIGNS_OF_LIFE) removeEventListener(sign, onLife, { capture: true })
    },
  }
}
