import { and, asc, eq, inArray, lt } from 'drizzle-orm'
import { acrossTenants } from '../storage/on-behalf-of.ts'
import type { Storage } from '../storage/transaction.ts'
import { jobs } from './table.ts'

const KEPT_MS = 30 * 24 * 60 * 60_000
/** At a time, so that no write waits long for it. */
const BATCH = 500

/** Takes jobs away that were done 30 days ago. Those that ended dead stay until somebody has looked at them. */
export function pruneJobs(storage: Storage, now: Date): Promise<number> {
  const before = new Date(now.getTime() - KEPT_MS).toISOString()
  const old = and(eq(jobs.state, 'done'), lt(jobs.finishedAt, before))
  return acrossTenants('prune-jobs', async () => {
    const ids = await storage.read
      .select({ id: jobs.id })
      .from(jobs)
      .where(old)
      .orderBy(asc(jobs.finishedAt))
      .limit(BATCH)
    if (ids.length === 0) return 0
    const named = inArray(
      jobs.id,
      ids.map(({ id }) => id),
    )
    const gone = await storage.write((tx) => tx.delete(jobs).where(and(old, named)).returning({ id: jobs.id }))
    return gone.length
  })
}
