import type { Random } from './random.ts'

/** What goes wrong in one seed far more often than the weather would have it, and what one of its people does about it. */
export type Focus = keyof typeof FOCI

const FOCI = {
  none: 3,
  /** The answer to a rename is lost, or the process dies of it. */
  lostRenames: 3,
  /** A process sleeps right before a rename, until another one has its job. */
  pauses: 3,
  /** The same, and deliveries are stopped meanwhile. */
  pausedBrakes: 1,
  /** A process dies right after it has committed something. */
  crashes: 2,
  /** Only the beginning of a file is written, or nobody hears that it was. */
  cutFiles: 2,
  /** Deliveries are stopped while a file is on its way to the bank. */
  brakes: 2,
  /** Somebody wants to cancel a file while it is on its way. */
  withdrawals: 2,
  /** The account of a recipient changes after the approval. */
  movers: 2,
}

export function pickFocus(random: Random): Focus {
  return random.weighted(FOCI)
}

/** Faults of requests to a bank, half of which meet one. */
export const FOCUSED_TROUBLES: Readonly<
  Partial<Record<Focus, Readonly<Record<string, Readonly<Record<string, number>>>>>>
> = {
  lostRenames: { rename: { dropAfter: 4, silent: 3, lieRefused: 1, lieDone: 1 } },
  cutFiles: { write: { odd: 2, dropAfter: 1, silent: 1 } },
}

export const FOCUSED_RATE = 0.5
export const KILLED_AFTER_COMMIT = 0.08
export const KILLED_AT_RENAME = 0.15
export const PAUSED_AT_RENAME = 0.5
/** Longer than a lease lasts. */
export const PAUSE_MIN_MS = 70_000

export function isAboutRenames(focus: Focus): boolean {
  return focus === 'lostRenames' || focus === 'pauses' || focus === 'pausedBrakes'
}

const STRAIGHT = {
  draft: { requestApproval: 1 },
  rejected: { update: 1 },
  pendingApproval: { approve: 1 },
  approved: { submit: 1 },
  submitted: { look: 1 },
  delivered: { leave: 1 },
  needsAttention: { resolve: 1 },
  failed: { retry: 1 },
}

const BRAKING = { ...STRAIGHT, submitted: { brake: 4, look: 1 } }

/** What somebody does next with a file who lives for the focus of the seed. */
export const NEXT_IN_FOCUS: Readonly<Record<Focus, Readonly<Record<string, Readonly<Record<string, number>>>>>> = {
  none: STRAIGHT,
  lostRenames: STRAIGHT,
  pauses: STRAIGHT,
  pausedBrakes: BRAKING,
  crashes: STRAIGHT,
  cutFiles: STRAIGHT,
  brakes: BRAKING,
  withdrawals: { ...STRAIGHT, submitted: { cancel: 4, look: 1 } },
  movers: { ...STRAIGHT, approved: { move: 1, submit: 1 } },
}
