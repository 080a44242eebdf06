const NOTICE_MS = 2 * 60_000
const LONGEST_MS = 2 ** 31 - 1

export interface SessionClock {
  /** The session now ends then; earlier alarms are off. */
  set(endsAt: Date): void
  stop(): void
}

/** Says when a session is about to end, and when it has. */
export function createSessionClock(on: { endingSoon(endsAt: Date): void; ended(): void }): SessionClock {
  let timers: ReturnType<typeof setTimeout>[] = []
  const stop = () => {
    for (const timer of timers) clearTimeout(timer)
    timers = []
  }
  return {
    stop,
    set(endsAt) {
      stop()
      const leftMs = Math.min(endsAt.getTime() - Date.now(), LONGEST_MS)
      timers.push(setTimeout(() => on.endingSoon(endsAt), Math.max(0, leftMs - NOTICE_MS)))
      timers.push(setTimeout(on.ended, Math.max(0, leftMs)))
    },
  }
}
