import type { AchFile, AchFileRelease } from '@fistworks/contract'
import { mayBeOne } from '../approval-policies/people.ts'
import { approvalsNeeded, isMet } from '../approval-policies/rules.ts'
import { approvalPolicyStore } from '../approval-policies/store.ts'
import type { WriteContext } from '../context.ts'
import { invalid, ProblemError } from '../problem-error.ts'
import { scrubText } from '../telemetry/scrub.ts'
import { enqueueExpiry } from './approval-expiry.ts'
import { approvalState } from './approval-state.ts'
import { authorKeys, requirePerson, requireSecondPerson } from './authors.ts'
import { addDecision, fileAsDecided, moved } from './decide.ts'
import { watchCutoff } from './watch-cutoff.ts'
import { statusAfter } from './life-cycle.ts'
import { acknowledgedDuplicates } from './possible-duplicates.ts'
import { fileToDecide } from './service.ts'
import { achFileStore } from './store.ts'
import { submitAchFile } from './submit.ts'
import type { AchFileRow } from './table.ts'
import { tellOfFile } from './tell.ts'
import { refuseUnreachable } from './transmission.ts'

/** Sends a draft for approval: it must be whole, and right as of today. */
export async function requestApproval(ctx: WriteContext, id: string, input: AchFileRelease): Promise<AchFile> {
  const file = await fileToDecide(ctx, id, input.version)
  const status = statusAfter(file, 'requestApproval')
  refuseEmpty(file)
  const { outline, problems } = await fileAsDecided(ctx, file)
  if (problems.length > 0) throw invalid(problems)
  await refuseUnreachable(ctx, outline)
  const known = await acknowledgedDuplicates(ctx, file, outline, input.acknowledgedDuplicates)
  const policy = await approvalPolicyStore(ctx.db, ctx.organizationId).current()
  const asked = {
    status,
    reopenedBecause: null,
    approvalRound: file.approvalRound + 1,
    approvalRequestedAt: ctx.now.toISOString(),
    policyVersion: policy.version,
    ...known,
  }
  await enqueueExpiry(ctx, { ...file, ...asked })
  await tellOfFile(ctx, 'achFile.approvalRequested', { ...file, status })
  await watchCutoff(ctx, file, outline)
  return moved(ctx, file, 'achFile.approvalRequested', asked, known)
}

/**
 * Approves what the person saw. The approval is bound to it by its content hash. With the last one that the policy asks
 * for the file is approved; until then its version stays, so that two people can approve at once.
 * @throws ProblemError `person-required`, `second-person-required` for an author of the file and for who approved it already
 */
export async function approveAchFile(ctx: WriteContext, id: string, input: AchFileRelease): Promise<AchFile> {
  const file = await fileToDecide(ctx, id, input.version)
  requireSecondPerson(ctx, file.authors)
  const status = statusAfter(file, 'approve')
  refuseEmpty(file)
  const { outline, problems, approved: content } = await fileAsDecided(ctx, file)
  if (problems.length > 0) throw invalid(problems)
  await refuseUnreachable(ctx, outline)
  const before = await approvalState(ctx, file, content)
  if (before.expiresAt !== null && before.expiresAt <= ctx.now.toISOString()) {
    throw new ProblemError(
      'state-conflict',
      'Nobody decided in time, so this request lapses: send the file for approval again.',
    )
  }
  if (before.approvals.some(({ people }) => mayBeOne(people, authorKeys(ctx)))) {
    throw new ProblemError('second-person-required', 'You have approved this file already: another person must.')
  }
  const known = await acknowledgedDuplicates(ctx, file, outline, input.acknowledgedDuplicates)
  const approvalId = await addDecision(ctx, file, content, { decision: 'approved' })
  const { approvals, progress } = await approvalState(ctx, file, content)
  const data = { content, approvals: approvals.length, needed: approvalsNeeded(progress, approvals.length), ...known }
  const change = { approvalId, ...known, ...(isMet(progress) ? { status } : {}) }
  if (isMet(progress)) await tellOfFile(ctx, 'achFile.approved', { ...file, status })
  const approved = await moved(ctx, file, 'achFile.approved', change, data)
  return approved.status === 'approved' && file.submitOnApproval
    ? submitAchFile(ctx, file.id, { ...input, version: approved.version })
    : approved
}

/** Takes the caller's own approval back, before the file is submitted. */
export async function withdrawApproval(ctx: WriteContext, id: string, input: { version: number }): Promise<AchFile> {
  const file = await fileToDecide(ctx, id, input.version)
  requirePerson(ctx)
  const status = statusAfter(file, 'withdraw')
  const standing = await achFileStore(ctx.db, ctx.organizationId).standingApprovals(file.id, file.approvalRound)
  const own = standing.find(({ people }) => mayBeOne(people, authorKeys(ctx)))
  if (own === undefined) throw new ProblemError('state-conflict', 'You have not approved this file.')
  const approvalId = await addDecision(ctx, file, own.contentHash, { decision: 'withdrawn', withdraws: own.id })
  // What was approved did not lapse meanwhile: it waits anew, for as long as any request does.
  const waits = file.status === 'approved' ? { approvalRequestedAt: ctx.now.toISOString() } : {}
  await enqueueExpiry(ctx, { ...file, ...waits, status })
  return moved(ctx, file, 'achFile.approvalWithdrawn', { status, approvalId, ...waits }, { approval: own.id })
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
  const reason = scrubText(input.reason)
  const { approved: content } = await fileAsDecided(ctx, file)
  const approvalId = await addDecision(ctx, file, content, { decision: 'rejected', reason })
  await tellOfFile(ctx, 'achFile.rejected', { ...file, status }, { reason })
  return moved(ctx, file, 'achFile.rejected', { status, approvalId }, { content, reason })
}

function refuseEmpty({ batchCount }: AchFileRow): void {
  if (batchCount > 0) return
  throw invalid([{ pointer: '/batches', code: 'required', message: 'are missing: a file needs at least one batch' }])
}
