import ipaddr from 'ipaddr.js'
import { LIMITS } from '../limits.ts'
import { ProblemError } from '../problem-error.ts'
import { type Budget, WindowCounter } from './window-counter.ts'

export type RateClass = keyof typeof LIMITS.requestsPerMinute | keyof typeof LIMITS.requestsPerHour

/** Counts requests by class and caller, per minute or hour; refuses with the time to wait. */
export interface RateLimits {
  /**
   * @param tell puts what is left into the answer, refused or not
   * @throws ProblemError `rate-limited`
   */
  spend(rate: RateClass, who: string, tell: (name: string, value: string) => void): void
  /** The request is counted elsewhere, or need not be. */
  giveBack(rate: RateClass, who: string): void
}

/** @param elapsedMs a clock that never goes back */
export function createRateLimits(elapsedMs: () => number = () => performance.now()): RateLimits {
  const counters = new Map<string, WindowCounter>()
  for (const [rate, limit] of Object.entries(LIMITS.requestsPerMinute)) counters.set(rate, new WindowCounter(limit, 60))
  for (const [rate, limit] of Object.entries(LIMITS.requestsPerHour)) counters.set(rate, new WindowCounter(limit, 3600))
  return {
    spend(rate, who, tell) {
      const budget = counters.get(rate)?.take(who, Math.floor(elapsedMs()))
      if (budget === undefined) throw new Error(`there is no limit for ${rate}`)
      tellBudget(rate, budget, tell)
      if (!budget.isSpent) return
      const { resetSeconds: retryAfterSeconds } = budget
      const detail = `Too many requests. Try again in ${retryAfterSeconds} seconds.`
      throw new ProblemError('rate-limited', detail, { retryAfterSeconds })
    },
    giveBack: (rate, who) => counters.get(rate)?.giveBack(who),
  }
}

/** The fields of draft-ietf-httpapi-ratelimit-headers-10: the policy by its name, and what is left of it. */
function tellBudget(rate: RateClass, budget: Budget, tell: (name: string, value: string) => void): void {
  tell('RateLimit-Policy', `"${rate}";q=${budget.limit};w=${budget.windowSeconds}`)
  tell('RateLimit', `"${rate}";r=${budget.remaining};t=${budget.resetSeconds}`)
}

/**
 * Whom a caller without a credential is counted as: the address, or of IPv6 the first 64 bits. The rest of those is the
 * caller's own to choose, anew for each request.
 */
export function networkOf(address: string | undefined): string {
  if (address === undefined || !ipaddr.isValid(address)) return address ?? 'unknown'
  const parsed = ipaddr.process(address)
  return 'parts' in parsed ? parsed.parts.slice(0, 4).join(':') : parsed.toString()
}
