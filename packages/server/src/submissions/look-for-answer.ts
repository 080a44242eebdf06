import type { Job, JobOutcome, Lease } from '../jobs/jobs.ts'
import { settlesDoubt } from './acknowledgement.ts'
import { acceptAnswer, untilNextLookMs } from './await-acknowledgement.ts'
import { fetchAnswer } from './fetch-answer.ts'
import type { DeliveryDependencies } from './ports.ts'
import { createRecorder } from './recorder.ts'
import { submissionStore } from './store.ts'

const BETWEEN_LOOKS_MAX_MS = 60 * 60_000
/** After this long nobody expects an answer any more. */
const GIVEN_UP_MS = 30 * 24 * 60 * 60_000

/**
 * Looks once for the bank's answer to a file of which nobody knows whether the bank has it. The bank's own word is proof:
 * it settles the delivery without anybody. Whatever people said of it meanwhile counts no more.
 */
export async function lookForAnswer(
  deps: DeliveryDependencies,
  job: Job,
  lease: Lease,
  submissionId: string,
): Promise<JobOutcome> {
  const storage = await deps.databases.tenantOf(job.organizationId)
  const row = await submissionStore(storage.read, job.organizationId).find(submissionId)
  const now = deps.now()
  if (row?.state !== 'unknown' || now.getTime() - Date.parse(row.createdAt) > GIVEN_UP_MS) return { done: true }
  const found = await fetchAnswer(deps, storage, row)
  if (found.answer !== null && settlesDoubt(found.answer, row)) {
    await acceptAnswer(deps, createRecorder(deps, storage, lease, row), found.answer)
    return { done: true }
  }
  const wait = untilNextLookMs(job.attempt, deps.random(), BETWEEN_LOOKS_MAX_MS)
  const notBefore = 'notBefore' in found ? (found.notBefore?.getTime() ?? 0) : 0
  const error = 'error' in found ? found.error : 'no answer to this file'
  return { retryAt: new Date(Math.max(now.getTime() + wait, notBefore)), error }
}
