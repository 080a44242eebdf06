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
    /** Of one organization and kind what has the same queue goes one by one; all of it unless told. */
    queue?: string
    payload: unknown
    dedupeKey: string
    runAt: Date
    maxAttempts?: number
  },
): Promise<void> {
  const { id, organizationId, kind, queue = '', payload, dedupeKey } = job
  const maxAttempts = job.maxAttempts ?? DEFAULT_MAX_ATTEMPTS
  const runAt = job.runAt.toISOString()
  await jobStore(tx).add({ id, organizationId, kind, queue, payload, dedupeKey, maxAttempts, runAt })
}
