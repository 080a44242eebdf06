import { hash, randomUUID } from 'node:crypto'

/** What is left of a budget. */
export interface Budget {
  isSpent: boolean
  limit: number
  windowSeconds: number
  remaining: number
  /** Until the window ends and the budget is whole again. */
  resetSeconds: number
}

interface Window {
  used: number
  endsAtMs: number
}

const KEPT = 50_000
const SHARED = 1_024

/**
 * Counts what each caller does within a window that begins with their first request. The memory is bounded: when more
 * callers come within one window than are kept apart, the others share windows by a hash that nobody outside can foresee.
 */
export class WindowCounter {
  readonly #limit: number
  readonly #windowSeconds: number
  readonly #kept: number
  /** In the order in which their windows end. */
  readonly #windows = new Map<string, Window>()
  readonly #seed = randomUUID()

  constructor(limit: number, windowSeconds: number, kept = KEPT) {
    this.#limit = limit
    this.#windowSeconds = windowSeconds
    this.#kept = kept
  }

  /** How many windows are in memory. */
  get size(): number {
    return this.#windows.size
  }

  /** Takes one from the caller's budget, or tells that it is spent. */
  take(who: string, nowMs: number): Budget {
    this.#forgetEnded(nowMs)
    const window = this.#windowOf(who) ?? this.#open(who, nowMs)
    const isSpent = window.used >= this.#limit
    if (!isSpent) window.used += 1
    return {
      isSpent,
      limit: this.#limit,
      windowSeconds: this.#windowSeconds,
      remaining: this.#limit - window.used,
      resetSeconds: Math.max(1, Math.ceil((window.endsAtMs - nowMs) / 1000)),
    }
  }

  /** Undoes one `take`: the request was none of those that are counted. */
  giveBack(who: string): void {
    const window = this.#windowOf(who)
    if (window !== undefined && window.used > 0) window.used -= 1
  }

  #windowOf(who: string): Window | undefined {
    return this.#windows.get(who) ?? (this.#isFull() ? this.#windows.get(this.#sharedName(who)) : undefined)
  }

  #open(who: string, nowMs: number): Window {
    const window = { used: 0, endsAtMs: nowMs + this.#windowSeconds * 1000 }
    this.#windows.set(this.#isFull() ? this.#sharedName(who) : who, window)
    return window
  }

  #isFull(): boolean {
    return this.#windows.size >= this.#kept
  }

  #sharedName(who: string): string {
    return `shared ${Number.parseInt(hash('sha256', `${this.#seed}${who}`).slice(0, 8), 16) % SHARED}`
  }

  #forgetEnded(nowMs: number): void {
    for (const [who, { endsAtMs }] of this.#windows) {
      if (endsAtMs > nowMs) return
      this.#windows.delete(who)
    }
  }
}
