import type { Passkey, PasskeyAnswer, PasskeyCreate, PasskeyList } from '@fistworks/contract'
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import type { UserPrincipal } from '../access/principal.ts'
import { requireStepUp } from '../access/step-up.ts'
import { LIMITS } from '../limits.ts'
import { enqueueMail } from '../mail/mail-job.ts'
import { newId } from '../new-id.ts'
import type { Moment, SignInDeps } from '../portal-sessions/service.ts'
import { ProblemError } from '../problem-error.ts'
import { FACTOR_MAIL } from '../second-factors/factor-mail.ts'
import { refuseLocked } from '../second-factors/factor-limit.ts'
import { appendFactorEvent } from '../second-factors/factor-event.ts'
import { refuseUnproven } from '../second-factors/first-factor.ts'
import type { Proof } from '../second-factors/prove-person.ts'
import { forgetUnlessLeft } from '../second-factors/recovery-codes.ts'
import { factorStore } from '../second-factors/store.ts'
import { onBehalfOf } from '../storage/on-behalf-of.ts'
import type { Reader } from '../storage/transaction.ts'
import { challengeWriter, passkeyStore, passkeyWriter } from './store.ts'
import type { ChallengePurpose, PasskeyRow } from './table.ts'

/** COSE names of EdDSA, ES256 and RS256 (RFC 9053, RFC 8812): what authenticators and this server both have. */
const ALGORITHMS = [-8, -7, -257]

type Options = { type: 'passkeyChallenge'; options: object }

export async function listPasskeys(deps: SignInDeps, user: UserPrincipal): Promise<PasskeyList> {
  const rows = await passkeyStore(deps.control.read, user.userId).list()
  return { data: rows.map(presentPasskey) }
}

/** Asks the browser to make a passkey. */
export async function beginPasskey(deps: SignInDeps, user: UserPrincipal, now: Date): Promise<Options> {
  const known = await passkeyStore(deps.control.read, user.userId).list()
  refuseMore(known.length)
  refuseUnproven(user, await countsOf(deps.control.read, user), now)
  const options = await generateRegistrationOptions({
    rpName: 'FISTWorks',
    rpID: relyingParty(deps).id,
    userName: user.email,
    userDisplayName: user.name,
    userID: new Uint8Array(Buffer.from(user.userId)),
    attestationType: 'none',
    supportedAlgorithmIDs: ALGORITHMS,
    excludeCredentials: known.map(credentialOf),
    authenticatorSelection: { residentKey: 'preferred', userVerification: 'required' },
  })
  await open(deps, user, 'register', options.challenge, now)
  return { type: 'passkeyChallenge', options }
}

/** Keeps the public half of a passkey the browser made, and tells the person by mail. */
export async function addPasskey(
  deps: SignInDeps,
  user: UserPrincipal,
  { name, credential }: PasskeyCreate,
  moment: Moment,
): Promise<Passkey> {
  const expectedChallenge = await take(deps, user, 'register', moment.now)
  const { id: expectedRPID, origin: expectedOrigin } = relyingParty(deps)
  const { transports = [], ...response } = credential.response
  const verified = await verifyRegistrationResponse({
    response: { ...credential, response, clientExtensionResults: {} },
    expectedChallenge,
    expectedOrigin,
    expectedRPID,
    requireUserVerification: true,
    supportedAlgorithmIDs: ALGORITHMS,
  }).catch(() => null)
  if (!verified?.verified) throw new ProblemError('validation-failed', 'The passkey could not be checked. Try again.')
  const { id: credentialId, publicKey, counter } = verified.registrationInfo.credential
  const row: Omit<PasskeyRow, 'userId'> = {
    id: newId('pky', moment.now),
    credentialId,
    name,
    publicKey: Buffer.from(publicKey),
    counter,
    transports,
    createdAt: moment.now.toISOString(),
    lastUsedAt: null,
  }
  await deps.control.write(async (tx) => {
    const known = await countsOf(tx, user)
    refuseMore(known.passkeys)
    refuseUnproven(user, known, moment.now)
    const added = await passkeyWriter(tx, user.userId).add(row)
    if (added.length === 0) throw new ProblemError('validation-failed', 'This passkey cannot be added. Make another.')
    await appendFactorEvent(tx, user, moment, 'user.passkeyAdded', aboutPasskey({ id: row.id, name }))
    const data = { userId: user.userId, change: `The passkey “${name}” can now confirm what you do.` }
    await enqueueMail(tx, FACTOR_MAIL, { owner: user.userId, data, dedupeKey: row.id, now: moment.now })
  })
  return presentPasskey(row)
}

export async function removePasskey(deps: SignInDeps, user: UserPrincipal, id: string, moment: Moment): Promise<void> {
  requireStepUp(user, moment.now)
  await onBehalfOf(user.userId, () =>
    deps.control.write(async (tx) => {
      const [gone] = await passkeyWriter(tx, user.userId).remove(id)
      if (gone === undefined) throw new ProblemError('not-found', 'You have no passkey with this id.')
      await forgetUnlessLeft(tx, user.userId)
      await appendFactorEvent(tx, user, moment, 'user.passkeyRemoved', aboutPasskey(gone))
    }),
  )
}

/** Asks the browser for the answer of one of the person's passkeys. */
export async function beginStepUp(deps: SignInDeps, user: UserPrincipal, now: Date): Promise<Options> {
  await onBehalfOf(user.userId, () => refuseLocked(deps.control.read, user.userId, now))
  const known = await passkeyStore(deps.control.read, user.userId).list()
  if (known.length === 0) {
    throw new ProblemError('state-conflict', 'You have no passkey yet. Add one under “Your account” first.')
  }
  const options = await generateAuthenticationOptions({
    rpID: relyingParty(deps).id,
    allowCredentials: known.map(credentialOf),
    userVerification: 'required',
  })
  await open(deps, user, 'stepUp', options.challenge, now)
  return { type: 'passkeyChallenge', options }
}

/** The answer of one of the person's passkeys to the question that is open; it is answered once, right or wrong. */
export async function passkeyProof(
  deps: SignInDeps,
  user: UserPrincipal,
  credential: PasskeyAnswer,
  { now }: Moment,
): Promise<Proof> {
  const expectedChallenge = await take(deps, user, 'stepUp', now)
  const passkey = await passkeyStore(deps.control.read, user.userId).findByCredential(credential.id)
  const counter = passkey === undefined ? null : await newCounter(deps, passkey, credential, expectedChallenge)
  return async (tx) => {
    if (passkey === undefined || counter === null) return null
    const used = await passkeyWriter(tx, user.userId).use(passkey, counter, now.toISOString())
    if (used.length === 0) return null
    return { target: { type: 'passkey', id: passkey.id }, data: { factor: 'passkey', name: passkey.name } }
  }
}

async function newCounter(
  deps: SignInDeps,
  passkey: PasskeyRow,
  { response: { userHandle, ...response }, ...credential }: PasskeyAnswer,
  expectedChallenge: string,
): Promise<number | null> {
  const { id: expectedRPID, origin: expectedOrigin } = relyingParty(deps)
  const verified = await verifyAuthenticationResponse({
    response: {
      ...credential,
      response: { ...response, ...(userHandle ? { userHandle } : {}) },
      clientExtensionResults: {},
    },
    expectedChallenge,
    expectedOrigin,
    expectedRPID,
    requireUserVerification: true,
    credential: { ...credentialOf(passkey), publicKey: new Uint8Array(passkey.publicKey), counter: passkey.counter },
  }).catch(() => null)
  return verified?.verified ? verified.authenticationInfo.newCounter : null
}

function refuseMore(known: number): void {
  if (known < LIMITS.passkeysPerUser) return
  throw new ProblemError('limit-exceeded', `A person has at most ${LIMITS.passkeysPerUser} passkeys. Remove one first.`)
}

async function open(
  deps: SignInDeps,
  user: UserPrincipal,
  purpose: ChallengePurpose,
  challenge: string,
  now: Date,
): Promise<void> {
  const expiresAt = new Date(now.getTime() + LIMITS.passkeyChallengeMinutes * 60_000).toISOString()
  await deps.control.write((tx) => challengeWriter(tx, user.sessionId).open(purpose, challenge, expiresAt))
}

async function take(deps: SignInDeps, user: UserPrincipal, purpose: ChallengePurpose, now: Date): Promise<string> {
  const asked = await deps.control.write((tx) => challengeWriter(tx, user.sessionId).take(purpose))
  if (asked === undefined || asked.expiresAt <= now.toISOString()) {
    throw new ProblemError('state-conflict', 'That took too long, or was answered before. Try again.')
  }
  return asked.challenge
}

/** WebAuthn's name for whom a passkey is made for: our host. */
function relyingParty({ publicOrigin }: SignInDeps): { id: string; origin: string } {
  return { id: new URL(publicOrigin).hostname, origin: publicOrigin }
}

const aboutPasskey = ({ id, name }: { id: string; name: string }) => ({
  target: { type: 'passkey', id },
  data: { name },
})

const countsOf = (db: Reader, { userId }: UserPrincipal) => onBehalfOf(userId, () => factorStore(db, userId).counts())

function credentialOf({ credentialId, transports }: PasskeyRow): { id: string; transports: string[] } {
  return { id: credentialId, transports }
}

function presentPasskey({ id, name, createdAt, lastUsedAt }: Omit<PasskeyRow, 'userId'>): Passkey {
  return { type: 'passkey', id, name, createdAt, lastUsedAt }
}
