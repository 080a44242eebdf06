import type { UserPrincipal } from '../access/principal.ts'
import { isFresh, requireStepUp } from '../access/step-up.ts'
import { LIMITS } from '../limits.ts'
import { ProblemError } from '../problem-error.ts'
import type { FactorCounts } from './store.ts'

const FIRST_MS = LIMITS.stepUpMinutes * 60_000

export const hasFactor = ({ passkeys, authenticatorApp, recoveryCodes }: FactorCounts) =>
  passkeys > 0 || authenticatorApp || recoveryCodes > 0

/** Until when a sign-in may add a first factor; `null` when that is over. */
export function firstFactorUntil({ signedInAt }: Pick<UserPrincipal, 'signedInAt'>, now: Date): string | null {
  return isFresh(signedInAt, now) ? new Date(Date.parse(signedInAt) + FIRST_MS).toISOString() : null
}

/**
 * The first thing to confirm with needs a sign-in of just now, every further one the proof of an earlier one.
 * @throws ProblemError `step-up-required`
 */
export function refuseUnproven(user: UserPrincipal, known: FactorCounts, now: Date): void {
  if (hasFactor(known)) return requireStepUp(user, now)
  if (isFresh(user.signedInAt, now)) return
  const detail = `Sign out and in again, and add your first passkey or authenticator app within ${LIMITS.stepUpMinutes} minutes.`
  throw new ProblemError('step-up-required', detail)
}
