import ipaddr from 'ipaddr.js'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { LIMITS } from '../limits.ts'
import { ProblemError } from '../problem-error.ts'

export type RateClass = keyof typeof LIMITS.requestsPerMinute | keyof typeof LIMITS.requestsPerHour

/** Counts requests by class and caller, per minute or hour; refuses with the time to wait. */
export interface RateLimits {
  spend(rate: RateClass, who: string): Promise<void>
}

export function createRateLimits(): RateLimits {
  const limiters = new Map<RateClass, RateLimiterMemory>()
  for (const [rate, points] of Object.entries(LIMITS.requestsPerMinute)) {
    limiters.set(rate as RateClass, new RateLimiterMemory({ points, duration: 60 }))
  }
  for (const [rate, points] of Object.entries(LIMITS.requestsPerHour)) {
    limiters.set(rate as RateClass, new RateLimiterMemory({ points, duration: 3600 }))
  }
  return {
    async spend(rate, who) {
      try {
        await limiters.get(rate)?.consume(who)
      } catch (refusal) {
        if (!(refusal instanceof RateLimiterRes)) throw refusal
        const retryAfterSeconds = Math.max(1, Math.ceil(refusal.msBeforeNext / 1000))
        throw new ProblemError('rate-limited', `Too many requests. Try again in ${retryAfterSeconds} seconds.`, {
          retryAfterSeconds,
        })
      }
    },
  }
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
