import type { Id, SubmissionState } from '@fistworks/contract'
import type { WriteContext } from '../context.ts'
import { recordEvent } from '../events/record-event.ts'
import { notFound, ProblemError } from '../problem-error.ts'
import { WAITING } from './states.ts'
import { submissionStore, submissionWriter } from './store.ts'
import type { StepRow } from './table.ts'

/**
 * Takes a delivery back before a worker takes it up. The same compare-and-set as a worker's claim, in the transaction of
 * whoever decides it: either it is canceled and nothing is ever sent, or a worker has it and this refuses.
 * The caller writes the audit event of its decision and says what becomes of the file.
 * @throws ProblemError `not-found`; `state-conflict` when a worker has it, or the bank may have a copy
 */
export async function cancelSubmission(ctx: WriteContext, id: Id<'sub'>): Promise<void> {
  const store = submissionStore(ctx.db, ctx.organizationId)
  const row = await store.find(id)
  if (row === undefined) throw notFound('submission')
  const isCertain = row.renameAttempt === null && !wasUncertain(await store.steps([id]))
  if (!WAITING.includes(row.state) || !isCertain) {
    throw new ProblemError('state-conflict', `A delivery can be canceled until it is taken up; ${whereIs(row.state)}.`)
  }
  const fence = { id: row.id, attempt: row.attempt, from: row.state }
  const values = { problem: null, retryAt: null }
  const at = ctx.now.toISOString()
  await submissionWriter(ctx.db, ctx.organizationId).move(fence, 'canceled', at, 'Canceled before it was sent.', values)
  await recordEvent(ctx.db, ctx.organizationId, {
    type: 'submission.canceled',
    objectType: 'submission',
    objectId: row.id,
    status: 'canceled',
    at: ctx.now,
    about: { name: row.fileName, achFileId: row.achFileId },
  })
}

/**
 * Once nobody could tell whether the bank has a copy, neither a person's word nor a try that never got to the bank is
 * proof that it has none.
 */
export function wasUncertain(steps: readonly StepRow[]): boolean {
  return steps.some(({ state }) => state === 'unknown')
}

function whereIs(state: SubmissionState): string {
  if (state === 'canceled') return 'this one is canceled already'
  if (state === 'done' || state === 'acknowledged' || state === 'verified') return 'the bank has this one'
  if (state === 'failed') return 'this one failed, and nothing is sent unless somebody tries it again'
  if (state === 'rejectedByBank') return 'the bank has had this one and refused it'
  if (state === 'unknown' || state === 'ready') return 'the bank may have this one'
  return 'this one is on its way'
}
