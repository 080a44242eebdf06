import type {
  PossibleDuplicate,
  Submission,
  SubmissionConfirmation,
  SubmissionRejection,
  SubmissionResolution,
} from '@fistworks/contract'
import { bankConnectionStore } from '../bank-connections/store.ts'
import type { WriteContext } from '../context.ts'
import { recordEvent } from '../events/record-event.ts'
import { ProblemError } from '../problem-error.ts'
import { scrubText } from '../telemetry/scrub.ts'
import { isPastLastTry } from './deadline.ts'
import {
  destinationNow,
  fenceOf,
  mustFind,
  namesOf,
  refuseAuthor,
  refuseMachine,
  startAgain,
  type SubmissionDependencies,
} from './people.ts'
import { enqueueAcknowledgement } from './recorder.ts'
import { openResolution, type Resolution } from './resolution.ts'
import { retrieveSubmission } from './service.ts'
import { submissionWriter } from './store.ts'
import type { SubmissionRow } from './table.ts'

/** What one person says is no longer fresh after a day: the bank is asked again. */
const EXPIRES_AFTER_MS = 24 * 60 * 60_000

/** One person says what the bank told them. Nothing changes until another person, who did not write the file, confirms it. */
export async function resolveSubmission(
  ctx: WriteContext,
  id: string,
  input: SubmissionResolution,
): Promise<Submission> {
  const row = await mustFindUnknown(ctx, id)
  refuseMachine(ctx)
  if (openResolution(row, ctx.now) !== null) {
    throw new ProblemError(
      'state-conflict',
      'Somebody has said already what the bank told them: another person confirms it, or it is rejected first.',
    )
  }
  const reason = scrubText(input.reason)
  const resolution: Resolution = {
    outcome: input.outcome,
    reason,
    proposedBy: ctx.actor,
    names: namesOf(ctx),
    proposedAt: ctx.now.toISOString(),
    expiresAt: new Date(ctx.now.getTime() + EXPIRES_AFTER_MS).toISOString(),
  }
  await submissionWriter(ctx.db, ctx.organizationId).note(fenceOf(row), { resolution })
  await tell(ctx, row, 'submission.resolutionProposed', 'unknown', reason)
  await audit(ctx, row, 'submission.resolutionProposed', { outcome: input.outcome, reason })
  return retrieveSubmission(ctx, id)
}

/** Another person makes it so. Somebody who wrote the file or changed its connection is not that person. */
export async function confirmResolution(
  deps: SubmissionDependencies,
  ctx: WriteContext,
  id: string,
  input: SubmissionConfirmation,
): Promise<Submission> {
  const row = await mustFindUnknown(ctx, id)
  refuseMachine(ctx)
  const resolution = mustBeOpen(ctx, row)
  await refuseAuthor(deps, ctx, row)
  if (namesOf(ctx).some((name) => resolution.names.includes(name))) {
    throw new ProblemError(
      'second-person-required',
      'Another person than the one who asked the bank has to confirm it.',
    )
  }
  if (input.outcome !== resolution.outcome) {
    throw new ProblemError('state-conflict', `What waits to be confirmed is “${resolution.outcome}”: look at it again.`)
  }
  const isDelivered = resolution.outcome === 'delivered'
  const { to, ...known } = isDelivered ? await markDelivered(deps, ctx, row) : await sendAgain(deps, ctx, row, input)
  await tell(ctx, row, 'submission.resolved', to, resolution.reason)
  const { outcome, reason, proposedBy } = resolution
  await audit(ctx, row, 'submission.resolved', { outcome, reason, proposedBy, ...known })
  return retrieveSubmission(ctx, id)
}

/** Whoever doubts it, or has said it wrongly, takes it away; the delivery stays unknown. */
export async function rejectResolution(ctx: WriteContext, id: string, input: SubmissionRejection): Promise<Submission> {
  const row = await mustFindUnknown(ctx, id)
  refuseMachine(ctx)
  const { outcome, proposedBy } = mustBeOpen(ctx, row)
  await submissionWriter(ctx.db, ctx.organizationId).note(fenceOf(row), { resolution: null })
  await audit(ctx, row, 'submission.resolutionRejected', { outcome, proposedBy, reason: scrubText(input.reason) })
  return retrieveSubmission(ctx, id)
}

async function mustFindUnknown(ctx: WriteContext, id: string): Promise<SubmissionRow> {
  const row = await mustFind(ctx, id)
  if (row.state === 'unknown') return row
  throw new ProblemError('state-conflict', 'Only a delivery whose outcome is not known can be resolved.')
}

function mustBeOpen(ctx: WriteContext, row: SubmissionRow): Resolution {
  const open = openResolution(row, ctx.now)
  if (open !== null) return open
  const why = row.resolution === null ? 'Nobody has said' : 'More than a day ago somebody said'
  throw new ProblemError('state-conflict', `${why} what the bank answered about this delivery: ask the bank first.`)
}

interface Resolved {
  to: 'done' | 'ready' | 'failed'
  possibleDuplicates?: PossibleDuplicate[]
}

async function markDelivered(deps: SubmissionDependencies, ctx: WriteContext, row: SubmissionRow): Promise<Resolved> {
  const at = ctx.now.toISOString()
  const detail = 'Two people asked the bank: it has the file.'
  const evidence = { how: 'person', at, hostKeyFingerprint: null } as const
  await submissionWriter(ctx.db, ctx.organizationId).move(fenceOf(row), 'done', at, detail, {
    evidence,
    problem: null,
    resolution: null,
    deliveredAt: row.deliveredAt ?? at,
  })
  await deps.onFileProgress(ctx.db, ctx.organizationId, row.achFileId, 'delivered', at)
  const connection = await bankConnectionStore(ctx.db, ctx.organizationId).find(row.bankConnectionId)
  const wasAnswered = row.deliveredAt !== null
  if (connection?.acknowledgementDirectory && !wasAnswered) {
    await enqueueAcknowledgement(ctx.db, row, ctx.newId('job'), ctx.now)
  }
  return { to: 'done' }
}

/** The next attempt looks at the bank before it sends anything. Past the cutoff a person has to want it late. */
async function sendAgain(
  deps: SubmissionDependencies,
  ctx: WriteContext,
  row: SubmissionRow,
  { acknowledgedDuplicates }: SubmissionConfirmation,
): Promise<Resolved> {
  if (!isPastLastTry(row, ctx.now)) {
    const detail = 'Two people asked the bank: it does not have the file. Trying again.'
    const destination = await destinationNow(ctx, row)
    return { to: 'ready', ...(await startAgain(deps, ctx, row, { destination, detail, acknowledgedDuplicates })) }
  }
  const at = ctx.now.toISOString()
  const problem =
    'Two people asked the bank: it does not have the file, and its cutoff has passed. Send it late if the bank takes it then, or pay with a new file.'
  const values = { problem, resolution: null, renameAttempt: null, renameAcknowledgedAt: null }
  await submissionWriter(ctx.db, ctx.organizationId).move(fenceOf(row), 'failed', at, problem, values)
  await deps.onFileProgress(ctx.db, ctx.organizationId, row.achFileId, 'failed', at)
  return { to: 'failed' }
}

async function tell(
  ctx: WriteContext,
  row: SubmissionRow,
  type: 'submission.resolutionProposed' | 'submission.resolved',
  status: string,
  reason: string,
): Promise<void> {
  const about = { name: row.fileName, achFileId: row.achFileId, reason }
  const { now: at, organizationId } = ctx
  await recordEvent(ctx.db, organizationId, { type, objectType: 'submission', objectId: row.id, status, at, about })
}

function audit(ctx: WriteContext, row: SubmissionRow, action: string, data: Record<string, unknown>): Promise<void> {
  const { id: targetId, achFileId, fileName } = row
  return ctx.audit({ action, targetType: 'submission', targetId, data: { achFileId, fileName, ...data } })
}
