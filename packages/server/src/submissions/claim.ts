import type { SubmissionState } from '@fistworks/contract'
import type { Lease } from '../jobs/jobs.ts'
import type { Storage } from '../storage/transaction.ts'
import type { EarlierUpload } from './attempt.ts'
import { claimedFrom } from './states.ts'
import { submissionStore, submissionWriter } from './store.ts'
import type { SubmissionRow } from './table.ts'

export interface Claimed {
  row: SubmissionRow
  earlierUploads: EarlierUpload[]
}

const TAKEN_UP: Partial<Record<SubmissionState, string>> = {
  ready: 'Connecting to the bank.',
  retryWait: 'Connecting to the bank again.',
  reconciling: 'Looking at the bank again.',
}
const RESUMED = 'The work was interrupted. Looking at the bank what it has.'

/**
 * Takes a submission for one attempt of one job. `null` when it is not this job's any more: a later attempt of the job,
 * a later job, or a person has it.
 */
export function claimSubmission(
  storage: Storage,
  lease: Lease,
  job: { id: string; organizationId: string; attempt: number },
  submissionId: string,
  at: string,
): Promise<Claimed | null> {
  return storage.write(async (tx) => {
    await lease.assertHeld(tx)
    const store = submissionStore(tx, job.organizationId)
    const row = await store.find(submissionId)
    if (row === undefined || row.jobId !== job.id || row.jobAttempt >= job.attempt) return null
    const to = claimedFrom(row.state)
    if (to === null) return null
    const values = {
      attempt: row.attempt + 1,
      tries: row.tries + 1,
      jobAttempt: job.attempt,
      retryAt: null,
      waitsFor: null,
    }
    const fence = { id: row.id, attempt: row.attempt, from: row.state }
    await submissionWriter(tx, job.organizationId).move(fence, to, at, TAKEN_UP[row.state] ?? RESUMED, values)
    return { row: { ...row, ...values, state: to }, earlierUploads: uploadsIn(await store.steps([row.id])) }
  })
}

function uploadsIn(steps: readonly { state: SubmissionState; attempt: number }[]): EarlierUpload[] {
  const uploaded = new Set(steps.filter(({ state }) => state === 'uploaded').map(({ attempt }) => attempt))
  return steps
    .filter(({ state }) => state === 'uploading')
    .map(({ attempt }) => ({ attempt, mayHaveRenamed: uploaded.has(attempt) }))
}
