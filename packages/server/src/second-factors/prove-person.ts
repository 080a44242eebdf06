import type { StepUp } from '@fistworks/contract'
import type { UserPrincipal } from '../access/principal.ts'
import { enqueueMail } from '../mail/mail-job.ts'
import { newId } from '../new-id.ts'
import { passkeyProof } from '../passkeys/service.ts'
import type { Moment, SignInDeps } from '../portal-sessions/service.ts'
import { ProblemError } from '../problem-error.ts'
import { onBehalfOf } from '../storage/on-behalf-of.ts'
import type { Tx } from '../storage/transaction.ts'
import { authenticatorProof } from './authenticator-app.ts'
import { countFailure, refuseLocked } from './factor-limit.ts'
import { appendFactorEvent } from './factor-event.ts'
import { LOCKED_MAIL, RECOVERY_CODE_MAIL } from './factor-mail.ts'
import { freshToken, raise, type RaisedSession } from './raise-session.ts'
import { recoveryProof } from './recovery-codes.ts'

/** What was used, as the event names it. */
export interface Used {
  target?: { type: 'passkey' | 'authenticatorApp'; id: string }
  data: Record<string, unknown> & { factor: 'passkey' | 'authenticatorApp' | 'recoveryCode' }
}

/** A proof that was looked at as far as that goes without a transaction: uses itself up, or was wrong. */
export type Proof = (tx: Tx) => Promise<Used | null>

/**
 * With the right proof the session goes on under a new cookie, and counts as proven for a while. A wrong one is counted.
 * @throws ProblemError `step-up-required`, `rate-limited`
 */
export function provePerson(
  deps: SignInDeps,
  user: UserPrincipal,
  input: StepUp,
  moment: Moment,
): Promise<RaisedSession> {
  return onBehalfOf(user.userId, async () => {
    await refuseLocked(deps.control.read, user.userId, moment.now)
    const proof = await proofOf(deps, user, input, moment)
    const fresh = freshToken(user)
    const raised = await deps.control.write(async (tx) => {
      await refuseLocked(tx, user.userId, moment.now)
      const used = await proof(tx)
      if (used === null) return refuseProof(tx, user, moment)
      const session = await raise(tx, user, fresh, moment)
      await appendFactorEvent(tx, user, moment, 'user.steppedUp', used)
      if (used.data.factor === 'recoveryCode') await tellOfRecovery(tx, user, moment)
      return session
    })
    if (raised !== false) return raised
    throw new ProblemError('step-up-required', 'This did not confirm that it is you. Try again.')
  })
}

function proofOf(deps: SignInDeps, user: UserPrincipal, input: StepUp, moment: Moment): Promise<Proof> | Proof {
  if ('credential' in input) return passkeyProof(deps, user, input.credential, moment)
  if ('code' in input) return authenticatorProof(deps, user, input.code, moment)
  return recoveryProof(user, input.recoveryCode, moment)
}

async function refuseProof(tx: Tx, user: UserPrincipal, moment: Moment): Promise<false> {
  const hasLocked = await countFailure(tx, user.userId, newId('fpr', moment.now), moment.now)
  const action = hasLocked ? 'user.proofsLocked' : 'user.steppedUp'
  await appendFactorEvent(tx, user, moment, action, null, 'denied')
  if (hasLocked) {
    const { userId } = user
    const order = { owner: userId, data: { userId }, dedupeKey: moment.requestId, now: moment.now }
    await enqueueMail(tx, LOCKED_MAIL, order)
  }
  return false
}

async function tellOfRecovery(tx: Tx, { userId }: UserPrincipal, { requestId, now }: Moment): Promise<void> {
  await enqueueMail(tx, RECOVERY_CODE_MAIL, { owner: userId, data: { userId }, dedupeKey: requestId, now })
}
