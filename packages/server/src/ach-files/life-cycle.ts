import type { AchFileStatus } from '@fistworks/contract'
import { ProblemError } from '../problem-error.ts'

/** What people do to a file: where it must be, where it goes. */
const DECISIONS = {
  update: { from: ['draft', 'rejected'], to: 'draft' },
  requestApproval: { from: ['draft'], to: 'pendingApproval' },
  /** With the last approval that is needed; before, it keeps waiting. */
  approve: { from: ['pendingApproval'], to: 'approved' },
  withdraw: { from: ['pendingApproval', 'approved'], to: 'pendingApproval' },
  /** Also after an approval, as long as nothing was submitted. */
  reject: { from: ['pendingApproval', 'approved'], to: 'rejected' },
  submit: { from: ['approved'], to: 'submitted' },
  /** Of a submitted file only until a worker takes it up, which `cancelSubmission` decides. */
  cancel: { from: ['draft', 'pendingApproval', 'rejected', 'approved', 'submitted'], to: 'canceled' },
} as const satisfies Record<string, { from: readonly AchFileStatus[]; to: AchFileStatus }>

export type Decision = keyof typeof DECISIONS

/** Not submitted and not canceled. */
export const STATUSES_IN_PREPARATION = [
  'draft',
  'pendingApproval',
  'rejected',
  'approved',
] as const satisfies readonly AchFileStatus[]

/** Submitted, and may still have to be sent. */
export const STATUSES_ON_THE_WAY = ['submitted', 'needsAttention', 'failed'] as const satisfies readonly AchFileStatus[]

/**
 * What the delivery reports: from where to where. It cancels what has become pointless to send. A failed one may be submitted again; `acknowledged` and `canceled` are
 * the end.
 */
const PROGRESS: Partial<Record<AchFileStatus, readonly AchFileStatus[]>> = {
  submitted: ['delivered', 'acknowledged', 'needsAttention', 'failed', 'canceled'],
  delivered: ['acknowledged', 'needsAttention', 'failed'],
  needsAttention: ['submitted', 'delivered', 'acknowledged', 'failed'],
  failed: ['submitted'],
}

const IS: Record<AchFileStatus, string> = {
  draft: 'is a draft',
  pendingApproval: 'waits for approval',
  rejected: 'was rejected',
  approved: 'is approved',
  submitted: 'was submitted',
  delivered: 'was delivered',
  acknowledged: 'was acknowledged by the bank',
  needsAttention: 'was submitted and needs attention',
  failed: 'was submitted and failed',
  canceled: 'was canceled',
}

/** `was submitted`, `waits for approval`. */
export const statusWords = (status: AchFileStatus): string => IS[status]

const WANTS: Record<Decision, string> = {
  update: 'Only a draft or a rejected file can be changed',
  requestApproval: 'Only a draft can be sent for approval',
  approve: 'Only a file that waits for approval can be approved',
  withdraw: 'Only an approval of a file that was not submitted can be taken back',
  reject: 'Only a file that waits for approval or is approved can be rejected',
  submit: 'Only an approved file can be submitted',
  cancel: 'Only a file that nobody has begun to send can be canceled',
}

/**
 * Where the file is after this decision.
 * @throws ProblemError `state-conflict`
 */
export function statusAfter(
  file: { status: AchFileStatus; reopenedBecause: string | null },
  decision: Decision,
): AchFileStatus {
  const from: readonly AchFileStatus[] = DECISIONS[decision].from
  if (from.includes(file.status)) return DECISIONS[decision].to
  const because =
    file.status === 'draft' && file.reopenedBecause !== null ? ` again because ${file.reopenedBecause}` : ''
  throw new ProblemError('state-conflict', `${WANTS[decision]}; this one ${IS[file.status]}${because}.`)
}

/** Whether the delivery may bring a file from here to there; to where it is already, always. */
export function mayProgress(from: AchFileStatus, to: AchFileStatus): boolean {
  return from === to || (PROGRESS[from]?.includes(to) ?? false)
}
