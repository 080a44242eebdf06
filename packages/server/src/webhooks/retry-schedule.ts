const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** How long after each failed try the next one comes: ten tries in three days and three hours, a little more with jitter. */
const WAITS_MS = [
  5 * SECOND,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR,
] as const

const JITTER = 0.2
const RETRY_AFTER_MAX_MS = DAY
const PAUSE_BASE_MS = 5 * SECOND
const PAUSE_MAX_MS = 5 * MINUTE

/** An endpoint that takes nothing for so long is disabled. */
export const FAILING_MAX_MS = 5 * DAY
/** After a longer silence than any between two tries, failures count anew. */
export const FAILING_GAP_MS = 2 * DAY

/**
 * When the next try of a delivery is due.
 * @param tries that have failed, 1 or more
 * @param random from 0 to below 1
 * @param retryAfterMs what the endpoint asked for
 * @returns milliseconds from now, or `null` when that was the last one
 */
export function waitAfter(tries: number, random: number, retryAfterMs: number | null): number | null {
  const wait = WAITS_MS[tries - 1]
  if (wait === undefined) return null
  return Math.max(Math.round(wait * (1 + JITTER * random)), asked(retryAfterMs))
}

/**
 * How long nothing is tried at an endpoint after so many failures in a row, so that one that hangs costs one try now and
 * then instead of one for each event.
 */
export function pauseAfter(failures: number, retryAfterMs: number | null): number {
  return Math.max(Math.min(PAUSE_BASE_MS * 2 ** Math.min(failures - 1, 10), PAUSE_MAX_MS), asked(retryAfterMs))
}

const asked = (retryAfterMs: number | null) => Math.min(retryAfterMs ?? 0, RETRY_AFTER_MAX_MS)

/** `Retry-After` in milliseconds from `now`: seconds or a date (RFC 9110, 10.2.3); `null` when there is none that can be read. */
export function retryAfterMs(header: string | undefined, now: Date): number | null {
  if (header === undefined) return null
  if (/^\d{1,9}$/.test(header.trim())) return Number(header) * SECOND
  const at = /^[A-Z][a-z]/.test(header) ? Date.parse(header) : Number.NaN
  return Number.isNaN(at) ? null : Math.max(at - now.getTime(), 0)
}
