import type { Actor, Id } from '@fistworks/contract'
import { appendAuditEvent } from '../audit/audit.ts'
import type { WriteContext } from '../context.ts'
import { enqueueJob, type Job, type JobOutcome } from '../jobs/jobs.ts'
import type { Databases } from '../storage/directory.ts'
import type { Tx } from '../storage/transaction.ts'
import { approvalState } from './approval-state.ts'
import { achFileStore, achFileWriter } from './store.ts'
import type { AchFileRow } from './table.ts'
import { tellOfFile } from './tell.ts'

const EXPIRY_JOB = 'achFile.expireApproval'
const CLOCK: Actor = { type: 'system', id: 'approval-policy', name: 'Approval policy' }
const ATTEMPTS_MAX = 1_000_000

/** Sees to it that a request which nobody decides lapses. */
export async function enqueueExpiry(ctx: WriteContext, file: AchFileRow): Promise<void> {
  const { expiresAt } = await approvalState(ctx, file, null)
  if (expiresAt === null) return
  await enqueueJob(ctx.db, {
    id: ctx.newId('job'),
    organizationId: ctx.organizationId,
    kind: EXPIRY_JOB,
    queue: file.id,
    payload: { achFileId: file.id, round: file.approvalRound },
    dedupeKey: `${EXPIRY_JOB}:${file.id}:${file.approvalRound}:${expiresAt}`,
    runAt: new Date(expiresAt),
    maxAttempts: ATTEMPTS_MAX,
  })
}

/** Makes a draft again of what nobody has decided about in time. */
export function createExpiryHandlers({ databases, now }: { databases: Pick<Databases, 'tenantOf'>; now(): Date }) {
  return {
    async [EXPIRY_JOB]({ id, organizationId, payload }: Job): Promise<JobOutcome> {
      const { achFileId, round } = payload as { achFileId: string; round: number }
      const storage = await databases.tenantOf(organizationId)
      return storage.write((tx) => expire(tx, organizationId as Id<'org'>, { achFileId, round, jobId: id, now: now() }))
    },
  }
}

interface Occurrence {
  achFileId: string
  round: number
  jobId: string
  now: Date
}

async function expire(tx: Tx, organizationId: Id<'org'>, at: Occurrence): Promise<JobOutcome> {
  const { achFileId, round, jobId, now } = at
  const file = await achFileStore(tx, organizationId).find(achFileId)
  if (file === undefined || file.status !== 'pendingApproval' || file.approvalRound !== round) return { done: true }
  const { expiresAt, expiresAfterDays } = await approvalState({ db: tx, organizationId }, file, null)
  if (expiresAt === null) return { done: true }
  if (now.toISOString() < expiresAt) return { retryAt: new Date(expiresAt), error: 'It was asked for again.' }
  const because = `nobody approved it within ${expiresAfterDays} ${expiresAfterDays === 1 ? 'day' : 'days'}`
  const after = {
    ...file,
    status: 'draft' as const,
    version: file.version + 1,
    approvalId: null,
    reopenedBecause: because,
  }
  await achFileWriter(tx, organizationId).change(file.id, { ...after, updatedAt: now.toISOString() })
  await appendAuditEvent(tx, organizationId, now, {
    action: 'achFile.approvalExpired',
    actor: CLOCK,
    via: { type: 'worker', id: jobId },
    targetType: 'achFile',
    targetId: file.id,
    outcome: 'succeeded',
    requestId: null,
    data: {
      before: { status: file.status, version: file.version },
      after: { status: 'draft', version: after.version },
      because,
    },
  })
  await tellOfFile({ db: tx, organizationId, now }, 'achFile.approvalExpired', after, { reason: because })
  return { done: true }
}
