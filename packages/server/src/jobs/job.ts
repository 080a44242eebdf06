import type { Tx } from '../storage/transaction.ts'
import { jobStore } from './store.ts'

/** Work to do, as the worker hands it to its handler. */
export interface Job {
  id: string
  organizationId: string
  kind: string
  payload: unknown
  /** 1 for the first. Also the fencing token: a later holder of the job has a higher one. */
  attempt: number
  maxAttempts: number
}

/** How an attempt ended. What a handler throws is a retry, until `maxAttempts`. */
export type JobOutcome = { done: true } | { retryAt: Date; error: string } | { dead: true; error: string }

const DEFAULT_MAX_ATTEMPTS = 8

/**
 * Adds a job in the transaction that makes it necessary. A dedupe key is used once per organization: a second job
 * with it is not added, even when the first is finished.
 */
export async function enqueueJob(
  tx: Tx,
  job: {
    id: string
    organizationId: string
    kind: string
    payload: unknown
    dedupeKey: string
    runAt: Date
    maxAttempts?: number
  },
): Promise<void> {
  const { id, organizationId, kind, payload, dedupeKey } = job
  const maxAttempts = job.maxAttempts ?? DEFAULT_MAX_ATTEMPTS
  await jobStore(tx).add({ id, organizationId, kind, payload, dedupeKey, maxAttempts, runAt: job.runAt.toISOString() })
}
