import type { RecoveryCodes, SecondFactors } from '@fistworks/contract'
import type { UserPrincipal } from '../access/principal.ts'
import { requireStepUp } from '../access/step-up.ts'
import { LIMITS } from '../limits.ts'
import { enqueueMail } from '../mail/mail-job.ts'
import type { Moment, SignInDeps } from '../portal-sessions/service.ts'
import { onBehalfOf } from '../storage/on-behalf-of.ts'
import type { Tx } from '../storage/transaction.ts'
import { appendFactorEvent } from './factor-event.ts'
import { FACTOR_MAIL } from './factor-mail.ts'
import type { Proof } from './prove-person.ts'
import { newRecoveryCode, recoveryCodeHash } from './recovery-code.ts'
import { factorStore, factorWriter } from './store.ts'

/** New codes, told this once; those before them are worthless. */
export function createRecoveryCodes(deps: SignInDeps, user: UserPrincipal, moment: Moment): Promise<RecoveryCodes> {
  requireStepUp(user, moment.now)
  const { userId } = user
  const createdAt = moment.now.toISOString()
  const codes = Array.from({ length: LIMITS.recoveryCodes }, newRecoveryCode)
  return onBehalfOf(userId, async () => {
    await deps.control.write(async (tx) => {
      await factorWriter(tx, userId).replaceCodes(codes.map(recoveryCodeHash), createdAt)
      await appendFactorEvent(tx, user, moment, 'user.recoveryCodesMade', { data: { count: codes.length } })
      const change = 'You have new recovery codes. Those before them work no more.'
      const order = { owner: userId, data: { userId, change }, dedupeKey: moment.requestId, now: moment.now }
      await enqueueMail(tx, FACTOR_MAIL, order)
    })
    return { type: 'recoveryCodes', codes, createdAt }
  })
}

/** Each code opens once. */
export function recoveryProof({ userId }: UserPrincipal, code: string, { now }: Moment): Proof {
  const hash = recoveryCodeHash(code)
  return async (tx) => {
    const used = await factorWriter(tx, userId).useCode(hash, now.toISOString())
    if (used.length === 0) return null
    const { recoveryCodes } = await factorStore(tx, userId).counts()
    return { data: { factor: 'recoveryCode', left: recoveryCodes } }
  }
}

/** Recovery codes stand in for something else: when nothing else is left, they go as well. */
export async function forgetUnlessLeft(tx: Tx, userId: string): Promise<void> {
  const { passkeys, authenticatorApp } = await factorStore(tx, userId).counts()
  if (passkeys === 0 && !authenticatorApp) await factorWriter(tx, userId).replaceCodes([], '')
}

/** What the person has besides passkeys. */
export function retrieveSecondFactors(deps: SignInDeps, { userId }: UserPrincipal): Promise<SecondFactors> {
  return onBehalfOf(userId, async () => {
    const store = factorStore(deps.control.read, userId)
    const [app, codes] = [await store.app('active'), await store.codes()]
    const [first] = codes
    const left = codes.filter(({ usedAt }) => usedAt === null).length
    return {
      type: 'secondFactors',
      authenticatorApp: app === undefined ? null : { createdAt: app.createdAt, lastUsedAt: app.lastUsedAt },
      recoveryCodes: first === undefined ? null : { createdAt: first.createdAt, left },
    }
  })
}
