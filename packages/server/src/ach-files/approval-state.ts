import type { AchFile } from '@fistworks/contract'
import { amountOf, approvalsNeeded, progressOf, type RuleProgress } from '../approval-policies/rules.ts'
import { approvalPolicyStore } from '../approval-policies/store.ts'
import type { ReadContext } from '../context.ts'
import { achFileStore } from './store.ts'
import type { AchApprovalRow, AchFileRow } from './table.ts'

const UNDECIDED: readonly AchFileRow['status'][] = ['draft', 'rejected']

type Place = Pick<ReadContext, 'db' | 'organizationId'>

export interface ApprovalState {
  approvals: AchApprovalRow[]
  progress: RuleProgress[]
  /** Of the policy that holds now. */
  policyVersion: number
  /** When a file that waits lapses; `null` for any other. */
  expiresAt: string | null
  expiresAfterDays: number
}

/**
 * Who has approved the file as it is, and how far that meets the policies: the one that held when approval was asked
 * for, and the one that holds now. So nobody gets a waiting file through by loosening the policy, and one that was
 * tightened holds at once.
 * @param content approvals of anything else than this approval hash do not count; `null` takes all of the round
 */
export async function approvalState(ctx: Place, file: AchFileRow, content: string | null): Promise<ApprovalState> {
  const policies = approvalPolicyStore(ctx.db, ctx.organizationId)
  const isAskedFor = !UNDECIDED.includes(file.status)
  const asked = isAskedFor ? await policies.version(file.policyVersion) : undefined
  const now = asked !== undefined && file.submissionId !== null ? asked : await policies.current()
  const approvals = isAskedFor ? await ofRound(ctx, file, content) : []
  const terms = [...(asked === undefined ? [] : [asked.terms]), now.terms]
  const expiresAfterDays = Math.min(...terms.map((each) => each.expiresAfterDays))
  const names = approvals.map(({ people }) => people)
  return {
    approvals,
    progress: progressOf(terms, amountOf(file), names, file.authors),
    policyVersion: now.version,
    expiresAfterDays,
    expiresAt: file.status === 'pendingApproval' ? expiryOf(file, expiresAfterDays) : null,
  }
}

/** Files that waited before there was an expiry count from their last change. */
function expiryOf({ approvalRequestedAt, updatedAt }: AchFileRow, days: number): string {
  return new Date(Date.parse(approvalRequestedAt ?? updatedAt) + days * 86_400_000).toISOString()
}

async function ofRound(ctx: Place, file: AchFileRow, content: string | null): Promise<AchApprovalRow[]> {
  const rows = await achFileStore(ctx.db, ctx.organizationId).standingApprovals(file.id, file.approvalRound)
  return rows.filter(({ contentHash }) => content === null || contentHash === content)
}

type Shown = Pick<AchFile, 'approvals' | 'approvalExpiresAt' | 'approvalsNeeded' | 'approvalRules'>

export function presentApprovals({ approvals, progress, expiresAt }: ApprovalState): Shown {
  return {
    approvals: approvals.map(({ id, decidedBy, decidedAt }) => ({ id, by: decidedBy, at: decidedAt })),
    approvalExpiresAt: expiresAt,
    approvalsNeeded: approvalsNeeded(progress, approvals.length),
    approvalRules: progress.map(({ rule, given }) => ({ ...rule, given })),
  }
}
