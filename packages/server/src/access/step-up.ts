import { LIMITS } from '../limits.ts'
import { ProblemError } from '../problem-error.ts'
import type { Principal, UserPrincipal } from './principal.ts'

const FRESH_MS = LIMITS.stepUpMinutes * 60_000

/** Until when the last proof counts; `null` when there is none that does. */
export function steppedUpUntil(user: Pick<UserPrincipal, 'steppedUpAt'>, now: Date): string | null {
  if (user.steppedUpAt === null || !isFresh(user.steppedUpAt, now)) return null
  return new Date(Date.parse(user.steppedUpAt) + FRESH_MS).toISOString()
}

/** Whether it was just now. What a clock that was ahead wrote is not, so setting it right prolongs nothing. */
export function isFresh(at: string, now: Date): boolean {
  return Math.abs(now.getTime() - Date.parse(at)) < FRESH_MS
}

/**
 * Who must prove: `person` is for what nobody else may do, so a key or an embed session is refused; `people` asks the
 * people of the portal only, a key or an embed session acts under the responsibility of its platform.
 */
export type StepUpOf = 'person' | 'people'

/**
 * For what only a person may do who is there now.
 * @throws ProblemError `person-required`, `step-up-required`
 */
export function requireStepUp(principal: Principal, now: Date, of: StepUpOf = 'person'): void {
  // A raised session carries the proof: it ends when that is no longer fresh.
  if (principal.type === 'embedSession' && principal.raised) return
  if (principal.type !== 'user') {
    if (of === 'people') return
    throw new ProblemError('person-required', 'Only a person who is signed in to the portal may do this.')
  }
  if (steppedUpUntil(principal, now) === null) {
    const detail = `Confirm with your passkey or your authenticator app that it is you; that counts for ${LIMITS.stepUpMinutes} minutes.`
    throw new ProblemError('step-up-required', detail)
  }
}
