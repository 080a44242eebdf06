const BACKOFF_FIRST_MS = 300
const BACKOFF_MAX_MS = 8_000
const RETRY_AFTER_MAX_MS = 60_000
/** 408 is left out: browsers repeat it themselves. */
const RETRIED_STATUSES: ReadonlySet<number> = new Set([429, 500, 502, 503, 504])

/** What is known of a failed attempt: its answer, or `status: null` when there was none. */
export type Failure = { status: null } | { status: number; retryable: boolean; retryAfterMs: number | null }

/**
 * How long to wait before the next attempt, or `null` to stop: the failure would repeat itself, or the server asks
 * for more time than there is, and asking earlier than it said would only make things worse.
 * @param attempt 1 for the first repetition
 * @param remainingMs what is left of the time for the whole call
 * @param random from 0 to below 1; full jitter, so that clients that failed together do not return together
 */
export function retryDelayMs(failure: Failure, attempt: number, remainingMs: number, random: number): number | null {
  if (failure.status !== null && !(failure.retryable && RETRIED_STATUSES.has(failure.status))) return null
  const askedMs = failure.status === null ? null : failure.retryAfterMs
  if (askedMs !== null && askedMs > RETRY_AFTER_MAX_MS) return null
  const delayMs = askedMs ?? random * Math.min(BACKOFF_MAX_MS, BACKOFF_FIRST_MS * 2 ** (attempt - 1))
  return delayMs < remainingMs ? delayMs : null
}

/** Reads a `Retry-After` header: seconds or an HTTP date, as milliseconds from `nowMs`; `null` when it says neither. */
export function parseRetryAfter(value: string | null, nowMs: number): number | null {
  if (value === null) return null
  if (/^\d{1,9}$/.test(value)) return Number(value) * 1000
  const at = Date.parse(value)
  return Number.isNaN(at) ? null : Math.max(0, at - nowMs)
}
