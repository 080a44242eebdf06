import type { Submission } from '@fistworks/contract'
import { openResolution } from './resolution.ts'
import type { StepRow, SubmissionRow } from './table.ts'

/** As it goes out. What is only for the workers stays inside. */
export function presentSubmission(row: SubmissionRow, steps: readonly StepRow[], now: Date): Submission {
  return {
    type: 'submission',
    id: row.id,
    achFileId: row.achFileId,
    bankConnectionId: row.bankConnectionId,
    fileName: row.fileName,
    sizeBytes: row.sizeBytes,
    sha256: row.sha256,
    state: row.state,
    attempt: row.attempt,
    notBefore: row.notBefore,
    deliverBy: row.deliverBy,
    cutoffMissedAt: row.cutoffMissedAt,
    isLate: row.isLate,
    retryAt: row.retryAt,
    problem: row.problem,
    resolution: openResolution(row, now),
    steps: steps.map(({ state, attempt, at, detail }) => ({ state, attempt, at, detail })),
    createdAt: row.createdAt,
    deliveredAt: row.deliveredAt,
    acknowledgedAt: row.acknowledgedAt,
  }
}
