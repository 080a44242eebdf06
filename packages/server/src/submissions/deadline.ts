/** Between the last try by itself and the bank's cutoff. */
const BEFORE_CUTOFF_MS = 15 * 60_000

/** When the last try by itself ends, for a delivery with a last moment. Milliseconds since 1970. */
export function lastTryAt(deliverBy: string): number {
  return Date.parse(deliverBy) - BEFORE_CUTOFF_MS
}

/** Whether it is too late to put anything at the bank without a person who wants it late. */
export function isPastLastTry(
  { deliverBy, isLate = false }: { deliverBy: string | null; isLate?: boolean },
  now: Date,
): boolean {
  return deliverBy !== null && !isLate && now.getTime() >= lastTryAt(deliverBy)
}
