import type { Databases } from '../storage/directory.ts'
import { acrossTenants } from '../storage/on-behalf-of.ts'
import { BATCH, CONTROL_RULES, TENANT_RULES } from './rules.ts'

const IDLE_MS = 60 * 60_000

/**
 * Takes away what came to its end long ago, in small parts. Never audit events, events, or anything that keeps a file or
 * a payment from being sent twice.
 */
export function createRetention({ control, tenants }: Pick<Databases, 'control' | 'tenants'>) {
  let next = Number.NEGATIVE_INFINITY
  return {
    /** @returns how many rows went; where there are more the next call goes on, else it rests for an hour */
    async tick(now: Date): Promise<number> {
      if (now.getTime() < next) return 0
      let gone = 0
      let hasMore = false
      for (const storage of [control, ...tenants()]) {
        for (const rule of storage === control ? CONTROL_RULES : TENANT_RULES) {
          const count = await acrossTenants('prune-ended', () => rule(storage, now))
          gone += count
          hasMore ||= count === BATCH
        }
      }
      next = hasMore ? Number.NEGATIVE_INFINITY : now.getTime() + IDLE_MS
      return gone
    },
  }
}
