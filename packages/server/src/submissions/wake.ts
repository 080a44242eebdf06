import { and, eq, gt, inArray } from 'drizzle-orm'
import { jobs } from '../jobs/table.ts'
import type { Storage, Tx } from '../storage/transaction.ts'
import { submissions } from './table.ts'

/** Lets everything that waits for this be tried at once. */
export function wakeWaiting(
  storage: Storage,
  organizationId: string,
  waitsFor: 'resume' | 'bank',
  now: Date,
): Promise<void> {
  return storage.write((tx) => wakeWaitingIn(tx, organizationId, waitsFor, now))
}

/** The same inside a unit of work. */
export async function wakeWaitingIn(
  tx: Tx,
  organizationId: string,
  waitsFor: 'resume' | 'bank',
  now: Date,
): Promise<void> {
  const waiting = tx
    .select({ jobId: submissions.jobId })
    .from(submissions)
    .where(
      and(
        eq(submissions.organizationId, organizationId),
        eq(submissions.state, 'retryWait'),
        eq(submissions.waitsFor, waitsFor),
      ),
    )
  const at = now.toISOString()
  await tx
    .update(jobs)
    .set({ runAt: at })
    .where(
      and(
        eq(jobs.organizationId, organizationId),
        eq(jobs.state, 'ready'),
        gt(jobs.runAt, at),
        inArray(jobs.id, waiting),
      ),
    )
}
