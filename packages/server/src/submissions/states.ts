import type { SubmissionState } from '@fistworks/contract'

/** Where a delivery may go from each state. Whatever is not named here is refused. */
export const TRANSITIONS: Readonly<Record<SubmissionState, readonly SubmissionState[]>> = {
  ready: ['claimed', 'retryWait', 'failed', 'canceled'],
  retryWait: ['claimed', 'failed', 'unknown', 'canceled'],
  claimed: [
    'claimed',
    'uploading',
    'uploaded',
    'verified',
    'retryWait',
    'reconciling',
    'unknown',
    'failed',
    'canceled',
  ],
  uploading: ['claimed', 'uploaded', 'retryWait', 'unknown', 'failed', 'canceled'],
  uploaded: ['claimed', 'renamed', 'verified', 'retryWait', 'reconciling', 'unknown', 'failed', 'canceled'],
  renamed: ['claimed', 'verified', 'retryWait', 'reconciling', 'unknown'],
  reconciling: ['claimed', 'retryWait'],
  verified: ['verified', 'done'],
  done: ['acknowledged', 'rejectedByBank', 'unknown'],
  unknown: ['ready', 'done', 'failed', 'acknowledged', 'rejectedByBank'],
  failed: ['ready'],
  acknowledged: [],
  rejectedByBank: [],
  canceled: [],
}

export function mayGo(from: SubmissionState, to: SubmissionState): boolean {
  return TRANSITIONS[from].includes(to)
}

/** Where nobody is at work on it, so that a person can still cancel it. */
export const WAITING: readonly SubmissionState[] = ['ready', 'retryWait']

/**
 * The state a worker that takes a submission over puts it in; `null` where no worker has anything to do.
 * Only what is verified needs no look at the bank any more.
 */
export function claimedFrom(state: SubmissionState): 'claimed' | 'verified' | null {
  if (state === 'verified') return 'verified'
  return mayGo(state, 'claimed') ? 'claimed' : null
}
