import type { Submission } from '@fistworks/contract'
import type { ReadContext } from '../context.ts'
import { namesOf } from './people.ts'
import { openResolution } from './resolution.ts'
import type { StepRow, SubmissionRow } from './table.ts'

/** As it goes out to this caller. What is only for the workers stays inside. */
export function presentSubmission(
  row: SubmissionRow,
  steps: readonly StepRow[],
  ctx: Pick<ReadContext, 'actor' | 'alias' | 'now'>,
): Submission {
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
    resolution: presentResolution(row, ctx),
    steps: steps.map(({ state, attempt, at, detail }) => ({ state, attempt, at, detail })),
    createdAt: row.createdAt,
    deliveredAt: row.deliveredAt,
    acknowledgedAt: row.acknowledgedAt,
  }
}

function presentResolution(
  row: SubmissionRow,
  ctx: Pick<ReadContext, 'actor' | 'alias' | 'now'>,
): Submission['resolution'] {
  const open = openResolution(row, ctx.now)
  if (open === null) return null
  const { names, ...said } = open
  return { ...said, isYours: namesOf(ctx).some((name) => names.includes(name)) }
}
