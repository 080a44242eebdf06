import { randomBytes } from 'node:crypto'
import type { AuthenticatorAppOffer } from '@fistworks/contract'
import type { UserPrincipal } from '../access/principal.ts'
import { requireStepUp } from '../access/step-up.ts'
import { LIMITS } from '../limits.ts'
import { enqueueMail } from '../mail/mail-job.ts'
import { newId } from '../new-id.ts'
import type { Moment, SignInDeps } from '../portal-sessions/service.ts'
import { invalid, ProblemError } from '../problem-error.ts'
import { onBehalfOf } from '../storage/on-behalf-of.ts'
import type { OrganizationVault } from '../vault/vault.ts'
import { appendFactorEvent } from './factor-event.ts'
import { FACTOR_MAIL } from './factor-mail.ts'
import { refuseUnproven } from './first-factor.ts'
import { forgetUnlessLeft } from './recovery-codes.ts'
import type { Proof } from './prove-person.ts'
import { freshToken, raise, type RaisedSession } from './raise-session.ts'
import { factorStore, factorWriter } from './store.ts'
import type { AuthenticatorAppRow } from './table.ts'
import { base32, matchingStep, otpauthUri, SEED_BYTES } from './totp.ts'

const OFFER_MS = LIMITS.authenticatorOfferMinutes * 60_000
const seedAt = (row: string) => ({ table: 'authenticator_apps', column: 'seed', row })

/** Makes a seed and tells it, this once. It counts when a first code of it has come back. */
export function beginAuthenticatorApp(
  deps: SignInDeps,
  user: UserPrincipal,
  now: Date,
): Promise<AuthenticatorAppOffer> {
  return onBehalfOf(user.userId, async () => {
    refuseUnproven(user, await factorStore(deps.control.read, user.userId).counts(), now)
    const vault = await deps.vault.forOrganization(user.userId)
    const id = newId('ata', now)
    const clear = randomBytes(SEED_BYTES)
    const secret = base32(clear)
    const seed = Buffer.from(vault.seal(seedAt(id), clear))
    clear.fill(0)
    const row = { id, seed, createdAt: now.toISOString() }
    await deps.control.write((tx) => factorWriter(tx, user.userId).offer(row))
    const expiresAt = new Date(now.getTime() + OFFER_MS).toISOString()
    return { type: 'authenticatorAppOffer', secret, uri: otpauthUri(secret, user.email), expiresAt }
  })
}

/** Takes the app into use with its first code, which also proves that the person is there. */
export function confirmAuthenticatorApp(
  deps: SignInDeps,
  user: UserPrincipal,
  code: string,
  moment: Moment,
): Promise<RaisedSession> {
  const { now } = moment
  return onBehalfOf(user.userId, async () => {
    const vault = await deps.vault.forOrganization(user.userId)
    const fresh = freshToken(user)
    return deps.control.write(async (tx) => {
      refuseUnproven(user, await factorStore(tx, user.userId).counts(), now)
      const offered = await factorStore(tx, user.userId).app('offered')
      if (offered === undefined || Math.abs(now.getTime() - Date.parse(offered.createdAt)) >= OFFER_MS) {
        throw new ProblemError('state-conflict', 'That took too long. Begin again, with a new code to scan.')
      }
      const step = stepOfCode(vault, offered, code, now)
      if (step === null) throw invalid([{ pointer: '/code', code: 'wrong', message: WRONG_FIRST_CODE }])
      await factorWriter(tx, user.userId).activate(offered.id, step, now.toISOString())
      const raised = await raise(tx, user, fresh, moment)
      const target = { type: 'authenticatorApp', id: offered.id }
      await appendFactorEvent(tx, user, moment, 'user.authenticatorAppAdded', { target })
      await tell(tx, user, moment, 'An authenticator app can now confirm what you do.')
      return raised
    })
  })
}

const WRONG_FIRST_CODE = 'is not what the app shows now: check the app’s clock, or scan again'

export function removeAuthenticatorApp(deps: SignInDeps, user: UserPrincipal, moment: Moment): Promise<void> {
  requireStepUp(user, moment.now)
  return onBehalfOf(user.userId, () =>
    deps.control.write(async (tx) => {
      const [gone] = await factorWriter(tx, user.userId).removeApp('active')
      if (gone === undefined) throw new ProblemError('not-found', 'You have no authenticator app.')
      await forgetUnlessLeft(tx, user.userId)
      const target = { type: 'authenticatorApp', id: gone.id }
      await appendFactorEvent(tx, user, moment, 'user.authenticatorAppRemoved', { target })
      await tell(tx, user, moment, 'Your authenticator app confirms nothing any more.')
    }),
  )
}

/** A code of the person's app, which works once, also when it comes twice at the same time. */
export async function authenticatorProof(
  deps: SignInDeps,
  { userId }: UserPrincipal,
  code: string,
  { now }: Moment,
): Promise<Proof> {
  const vault = await deps.vault.forOrganization(userId)
  return async (tx) => {
    const app = await factorStore(tx, userId).app('active')
    const step = app === undefined ? null : stepOfCode(vault, app, code, now)
    if (app === undefined || step === null) return null
    const used = await factorWriter(tx, userId).useStep(app.id, step, now.toISOString())
    if (used.length === 0) return null
    return { target: { type: 'authenticatorApp', id: app.id }, data: { factor: 'authenticatorApp' } }
  }
}

function stepOfCode(vault: OrganizationVault, app: AuthenticatorAppRow, code: string, now: Date): number | null {
  const seed = vault.open(seedAt(app.id), app.seed)
  try {
    return matchingStep(seed, code, now, app.lastStep)
  } finally {
    seed.fill(0)
  }
}

function tell(tx: Parameters<typeof enqueueMail>[0], { userId }: UserPrincipal, moment: Moment, change: string) {
  const { requestId, now } = moment
  return enqueueMail(tx, FACTOR_MAIL, { owner: userId, data: { userId, change }, dedupeKey: requestId, now })
}
