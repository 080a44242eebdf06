import type { Actor, EventType, Id, SubmissionState } from '@fistworks/contract'
import { appendAuditEvent } from '../audit/audit.ts'
import { recordEvent } from '../events/record-event.ts'
import { enqueueJob, type Lease } from '../jobs/jobs.ts'
import type { Storage, Tx } from '../storage/transaction.ts'
import type { DeliveryDependencies, FileProgress } from './ports.ts'
import { type SubmissionValues, submissionWriter } from './store.ts'
import type { SubmissionRow } from './table.ts'

const DELIVERY: Actor = { type: 'system', id: 'delivery', name: 'Delivery to the bank' }
/** Jobs end by their own rules and never because a worker died too often. */
export const JOB_ATTEMPTS_MAX = 1_000_000

/** Looks for the bank's answer while it is not known whether the bank has the file. */
export const ANSWER_JOB = 'submission.lookForAnswer'

export interface Significant {
  /** Of the audit event and of the event that people are told of. */
  action: Extract<EventType, `submission.${string}`>
  outcome: 'succeeded' | 'failed'
  progress: FileProgress
}

const DELIVERED: Significant = { action: 'submission.delivered', outcome: 'succeeded', progress: 'delivered' }

/** Writes down what becomes of one submission: state, step, audit event and the file's progress in one transaction. */
export interface Recorder {
  /** As last written. */
  readonly row: SubmissionRow
  /** @throws StaleAttempt, LeaseLost */
  move(to: SubmissionState, detail: string, values?: SubmissionValues, significant?: Significant): Promise<void>
  /** Marks the delivery done and starts to wait for the bank's answer where there will be one. */
  finish(detail: string, awaitsAcknowledgement: boolean): Promise<void>
}

export function createRecorder(
  deps: DeliveryDependencies,
  storage: Storage,
  lease: Lease,
  start: SubmissionRow,
): Recorder {
  let row = start
  const fence = () => ({ id: row.id, attempt: row.attempt, from: row.state })

  async function commit(
    to: SubmissionState,
    detail: string,
    values: SubmissionValues,
    also: (tx: Tx, at: Date) => Promise<void>,
  ): Promise<void> {
    const at = deps.now()
    const changed = to === 'renamed' ? { ...values, renameAcknowledgedAt: at.toISOString() } : values
    await storage.write(async (tx) => {
      await lease.assertHeld(tx)
      await submissionWriter(tx, row.organizationId).move(fence(), to, at.toISOString(), detail, changed)
      await also(tx, at)
    })
    row = { ...row, ...changed, state: to }
    deps.checkpoint?.(to)
  }

  return {
    get row() {
      return row
    },
    move: (to, detail, values = {}, significant) =>
      commit(to, detail, values, (tx, at) => report(deps, tx, row, to, at, significant, values.problem ?? null)),
    async finish(detail, awaitsAcknowledgement) {
      await commit(
        'done',
        detail,
        { deliveredAt: deps.now().toISOString(), problem: null, retryAt: null },
        async (tx, at) => {
          await report(deps, tx, row, 'done', at, DELIVERED, null)
          if (awaitsAcknowledgement) await enqueueAcknowledgement(tx, row, deps.newId('job'), at)
        },
      )
      deps.onDelivered?.(row.organizationId)
    },
  }
}

/** Tells the file, the audit log and people, in the transaction of the change. */
export async function report(
  deps: DeliveryDependencies,
  tx: Tx,
  row: SubmissionRow,
  to: SubmissionState,
  at: Date,
  significant: Significant | undefined,
  problem: string | null,
): Promise<void> {
  if (significant === undefined) return
  await deps.onFileProgress(tx, row.organizationId, row.achFileId, significant.progress, at.toISOString())
  await appendAuditEvent(tx, row.organizationId, at, {
    action: significant.action,
    actor: DELIVERY,
    via: { type: 'worker', id: row.jobId },
    targetType: 'submission',
    targetId: row.id,
    outcome: significant.outcome,
    requestId: null,
    data: { achFileId: row.achFileId, fileName: row.fileName, attempt: row.attempt, ...(problem ? { problem } : {}) },
  })
  const about = { name: row.fileName, achFileId: row.achFileId, reason: problem }
  if (significant.progress === 'canceled') {
    const file = { objectType: 'achFile', objectId: row.achFileId, status: 'canceled', at, about } as const
    await recordEvent(tx, row.organizationId, { type: 'achFile.canceled', ...file })
  }
  if (row.state === 'unknown' && to === 'acknowledged') {
    const settled = { objectType: 'submission', objectId: row.id, status: to, at } as const
    const reason = 'The bank has acknowledged it: nobody needs to ask any more.'
    await recordEvent(tx, row.organizationId, { type: 'submission.resolved', ...settled, about: { ...about, reason } })
  }
  if (to === 'unknown') await enqueueLook(tx, row, deps.newId('job'), at)
  await recordEvent(tx, row.organizationId, {
    type: significant.action,
    objectType: 'submission',
    objectId: row.id,
    status: to,
    at,
    about,
  })
}

/** While nobody knows, the bank may still say it. */
async function enqueueLook(
  tx: Tx,
  { organizationId, id, bankConnectionId }: SubmissionRow,
  jobId: Id<'job'>,
  at: Date,
) {
  await enqueueJob(tx, {
    id: jobId,
    organizationId,
    kind: ANSWER_JOB,
    queue: bankConnectionId,
    payload: { submissionId: id },
    dedupeKey: `${ANSWER_JOB}:${jobId}`,
    runAt: at,
    maxAttempts: JOB_ATTEMPTS_MAX,
  })
}

/** Looks for the bank's answer a moment after delivery. */
export async function enqueueAcknowledgement(
  tx: Tx,
  row: Pick<SubmissionRow, 'organizationId' | 'id' | 'attempt'>,
  jobId: Id<'job'>,
  at: Date,
): Promise<void> {
  await enqueueJob(tx, {
    id: jobId,
    organizationId: row.organizationId,
    kind: 'submission.awaitAcknowledgement',
    payload: { submissionId: row.id },
    dedupeKey: `submission.awaitAcknowledgement:${row.id}:${row.attempt}`,
    runAt: at,
    maxAttempts: JOB_ATTEMPTS_MAX,
  })
}
