import type { AchFile } from '@fistworks/contract'
import type { WriteContext } from '../context.ts'
import { invalid, ProblemError } from '../problem-error.ts'
import { scrubText } from '../telemetry/scrub.ts'
import { requireSecondPerson } from './authors.ts'
import { approvalHash } from './content-hash.ts'
import { keptActor } from './draft.ts'
import { draftProblems } from './draft-problems.ts'
import { type Decision, statusAfter } from './life-cycle.ts'
import { newYorkTime } from './new-york-time.ts'
import { presentFile } from './present.ts'
import { connectionOf, readDraft, type StoredDraft } from './read-draft.ts'
import { auditFile, fileToDecide } from './service.ts'
import { achFileWriter } from './store.ts'
import { submitAchFile } from './submit.ts'
import type { AchFileRow } from './table.ts'
import { refuseUnreachable } from './transmission.ts'

/** Sends a draft for approval: it must be whole, and right as of today. */
export async function requestApproval(ctx: WriteContext, id: string, input: { version: number }): Promise<AchFile> {
  const file = await fileToDecide(ctx, id, input.version)
  const status = statusAfter(file, 'requestApproval')
  const draft = await readDraft(ctx, file.id)
  refuseProblems(ctx, draft)
  await refuseUnreachable(ctx, draft)
  return moved(ctx, file, draft, 'achFile.approvalRequested', { status, reopenedBecause: null }, {})
}

/**
 * Approves what the person saw. The approval is bound to it by its content hash.
 * @throws ProblemError `person-required`, `second-person-required` for an author of the file
 */
export async function approveAchFile(ctx: WriteContext, id: string, input: { version: number }): Promise<AchFile> {
  const file = await fileToDecide(ctx, id, input.version)
  requireSecondPerson(ctx, file.authors)
  const status = statusAfter(file, 'approve')
  const draft = await readDraft(ctx, file.id)
  refuseProblems(ctx, draft)
  await refuseUnreachable(ctx, draft)
  const approved = await decided(ctx, file, draft, status, {
    action: 'achFile.approved',
    decision: 'approved',
    reason: null,
  })
  return approved.status === 'approved' && file.submitOnApproval ? submitAchFile(ctx, file.id, approved) : approved
}

/** Rejects a file that waits for approval, or takes an approval back before anything was submitted. */
export async function rejectAchFile(
  ctx: WriteContext,
  id: string,
  input: { version: number; reason: string },
): Promise<AchFile> {
  const file = await fileToDecide(ctx, id, input.version)
  requireSecondPerson(ctx, file.authors)
  const status = statusAfter(file, 'reject')
  const draft = await readDraft(ctx, file.id)
  const reason = scrubText(input.reason)
  return decided(ctx, file, draft, status, { action: 'achFile.rejected', decision: 'rejected', reason })
}

/** Ends a file that was not submitted. Its author may. */
export async function cancelAchFile(ctx: WriteContext, id: string, input: { version: number }): Promise<AchFile> {
  const file = await fileToDecide(ctx, id, input.version)
  const draft = await readDraft(ctx, file.id)
  return moved(ctx, file, draft, 'achFile.canceled', { status: statusAfter(file, 'cancel') }, {})
}

function refuseProblems(ctx: WriteContext, draft: StoredDraft): void {
  if (draft.batches.length === 0) {
    throw invalid([{ pointer: '/batches', code: 'required', message: 'are missing: a file needs at least one batch' }])
  }
  const problems = draftProblems(draft, newYorkTime(ctx.now).date)
  if (problems.length > 0) throw invalid(problems)
}

interface Decided {
  action: `achFile.${Decision | 'approved' | 'rejected'}`
  decision: 'approved' | 'rejected'
  reason: string | null
}

async function decided(
  ctx: WriteContext,
  file: AchFileRow,
  draft: StoredDraft,
  status: AchFileRow['status'],
  { action, decision, reason }: Decided,
): Promise<AchFile> {
  const connection = await connectionOf(ctx, draft)
  if (!connection) throw new ProblemError('state-conflict', 'The bank connection of this file is gone.')
  const content = approvalHash(draft, connection)
  const approvalId = ctx.newId('apv')
  await achFileWriter(ctx.db, ctx.organizationId).addApproval({
    id: approvalId,
    achFileId: file.id,
    decision,
    decidedBy: keptActor(ctx.actor),
    decidedAt: ctx.now.toISOString(),
    reason,
    contentHash: content,
  })
  return moved(ctx, file, draft, action, { status, approvalId }, { content, ...(reason === null ? {} : { reason }) })
}

async function moved(
  ctx: WriteContext,
  before: AchFileRow,
  draft: StoredDraft,
  action: `achFile.${string}`,
  change: Partial<AchFileRow>,
  data: Record<string, unknown>,
): Promise<AchFile> {
  const after = { ...before, ...change, version: before.version + 1, updatedAt: ctx.now.toISOString() }
  await achFileWriter(ctx.db, ctx.organizationId).change(before.id, after)
  await auditFile(ctx, action, before.id, {
    before: { status: before.status, version: before.version },
    after: { status: after.status, version: after.version },
    ...data,
  })
  return presentFile(ctx, after, draft)
}
