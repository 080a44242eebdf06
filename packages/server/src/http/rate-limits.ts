import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { LIMITS } from '../limits.ts'
import { ProblemError } from '../problem-error.ts'

export type RateClass = keyof typeof LIMITS.requestsPerMinute

/** Counts requests per minute, class and caller; refuses with the time to wait. */
export interface RateLimits {
  spend(rate: RateClass, who: string): Promise<void>
}

export function createRateLimits(): RateLimits {
  const limiters = new Map<RateClass, RateLimiterMemory>()
  for (const [rate, points] of Object.entries(LIMITS.requestsPerMinute)) {
    limiters.set(rate as RateClass, new RateLimiterMemory({ points, duration: 60 }))
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
