import type { SubmissionState } from '@fistworks/contract'
import { recordEvent } from '../events/record-event.ts'
import type { Job, JobOutcome, Lease } from '../jobs/jobs.ts'
import type { Tx } from '../storage/transaction.ts'
import { TOO_LATE } from './obstacle.ts'
import type { DeliveryDependencies } from './ports.ts'
import { report, type Significant } from './recorder.ts'
import { WAITING } from './states.ts'
import { submissionStore, submissionWriter } from './store.ts'
import type { SubmissionRow } from './table.ts'

const AGAIN_MS = 30_000
/** The bank has it, or it is not to get it. */
const SETTLED: readonly SubmissionState[] = ['verified', 'done', 'acknowledged', 'rejectedByBank', 'canceled']
const MAY_BE_THERE =
  'The bank’s cutoff has passed, and an earlier try may have delivered the file. Ask the bank whether it has it.'

/**
 * Runs when the last try by itself is over, however late the server comes to it. What certainly is not at the bank fails;
 * a worker that is at it stops by itself or has just succeeded. Who is still not there at the cutoff has missed it.
 */
export async function meetDeadline(
  deps: DeliveryDependencies,
  job: Job,
  lease: Lease,
  submissionId: string,
): Promise<JobOutcome> {
  const storage = await deps.databases.tenantOf(job.organizationId)
  const now = deps.now()
  const isSettled = await storage.write(async (tx) => {
    await lease.assertHeld(tx)
    const row = await submissionStore(tx, job.organizationId).find(submissionId)
    if (row === undefined || row.deliverBy === null || row.isLate || SETTLED.includes(row.state)) return true
    const isOver = now.getTime() >= Date.parse(row.deliverBy)
    const isCertain = WAITING.includes(row.state) && row.renameAttempt === null
    if (!isOver && !isCertain && row.state !== 'failed') return false
    if (isCertain) await end(deps, tx, row, 'failed', TOO_LATE, now)
    else if (row.state === 'retryWait') await end(deps, tx, row, 'unknown', MAY_BE_THERE, now)
    await tellMissed(tx, row, now)
    return true
  })
  if (isSettled) return { done: true }
  return { retryAt: new Date(now.getTime() + AGAIN_MS), error: 'not settled yet' }
}

async function end(
  deps: DeliveryDependencies,
  tx: Tx,
  row: SubmissionRow,
  to: 'failed' | 'unknown',
  problem: string,
  now: Date,
): Promise<void> {
  const fence = { id: row.id, attempt: row.attempt, from: row.state }
  const values = { problem, retryAt: null, waitsFor: null }
  await submissionWriter(tx, row.organizationId).move(fence, to, now.toISOString(), problem, values)
  const progress = to === 'failed' ? 'failed' : 'needsAttention'
  const significant: Significant = { action: `submission.${to}`, outcome: 'failed', progress }
  await report(deps, tx, row, to, now, significant, problem)
}

/** Once for each delivery. */
async function tellMissed(tx: Tx, row: SubmissionRow, now: Date): Promise<void> {
  if (row.cutoffMissedAt !== null) return
  const store = submissionStore(tx, row.organizationId)
  const after = await store.find(row.id)
  if (after === undefined) throw new Error(`Submission ${row.id} is gone.`)
  const fence = { id: after.id, attempt: after.attempt, from: after.state }
  await submissionWriter(tx, row.organizationId).note(fence, { cutoffMissedAt: now.toISOString() })
  await recordEvent(tx, row.organizationId, {
    type: 'submission.cutoffMissed',
    objectType: 'submission',
    objectId: row.id,
    status: after.state,
    at: now,
    about: { name: row.fileName, achFileId: row.achFileId, dueAt: row.deliverBy, reason: after.problem },
  })
}
