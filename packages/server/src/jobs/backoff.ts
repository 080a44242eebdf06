const BASE_MS = 5_000
const CAP_MS = 15 * 60_000

/**
 * How long to wait after the `attempt`-th failure, in milliseconds: anything from 0 to a bound that doubles from 5 s
 * up to 15 min, so that what failed together does not come back together.
 * @param attempt 1 for the first
 * @param random from 0 to below 1
 */
export function fullJitter(attempt: number, random: number): number {
  return Math.floor(random * Math.min(CAP_MS, BASE_MS * 2 ** (attempt - 1)))
}
