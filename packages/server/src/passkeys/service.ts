import type { Id, Passkey, PasskeyCreate, PasskeyList, PortalSession, StepUp } from '@fistworks/contract'
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import { accessWriter } from '../access/access-store.ts'
import { antiForgeryTokenOf } from '../access/authenticate.ts'
import type { UserPrincipal } from '../access/principal.ts'
import { isFresh, requireStepUp } from '../access/step-up.ts'
import { makeToken, parseToken, TOKEN_PREFIXES } from '../access/token.ts'
import { appendControlAuditEvent } from '../audit/audit.ts'
import { LIMITS } from '../limits.ts'
import { newId } from '../new-id.ts'
import { describeSession, type Moment, type SignInDeps } from '../portal-sessions/service.ts'
import { ProblemError } from '../problem-error.ts'
import { onBehalfOf } from '../storage/on-behalf-of.ts'
import type { Tx } from '../storage/transaction.ts'
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
  refuseUnproven(user, known, now)
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
    const known = await passkeyStore(tx, user.userId).list()
    refuseUnproven(user, known, moment.now)
    const added = await passkeyWriter(tx, user.userId).add(row)
    if (added.length === 0) throw new ProblemError('validation-failed', 'This passkey cannot be added. Make another.')
    await appendEvent(tx, user, moment, 'user.passkeyAdded', 'succeeded', { id: row.id, name })
  })
  const text = `The passkey “${name}” can now confirm what you do. If that was not you, tell your administrator at once.`
  await deps.mailer.send({ to: user.email, subject: 'A passkey was added', text, at: moment.now })
  return presentPasskey(row)
}

export async function removePasskey(deps: SignInDeps, user: UserPrincipal, id: string, moment: Moment): Promise<void> {
  requireStepUp(user, moment.now)
  await deps.control.write(async (tx) => {
    const [gone] = await passkeyWriter(tx, user.userId).remove(id)
    if (gone === undefined) throw new ProblemError('not-found', 'You have no passkey with this id.')
    await appendEvent(tx, user, moment, 'user.passkeyRemoved', 'succeeded', gone)
  })
}

/** Asks the browser for the answer of one of the person's passkeys. */
export async function beginStepUp(deps: SignInDeps, user: UserPrincipal, now: Date): Promise<Options> {
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

/** With the right answer the session goes on under a new cookie, and counts as proven for a while. */
export async function stepUp(
  deps: SignInDeps,
  user: UserPrincipal,
  { credential }: StepUp,
  moment: Moment,
): Promise<{ session: PortalSession; cookie: string }> {
  const expectedChallenge = await take(deps, user, 'stepUp', moment.now)
  const passkey = await passkeyStore(deps.control.read, user.userId).findByCredential(credential.id)
  const counter = passkey === undefined ? null : await newCounter(deps, passkey, credential, expectedChallenge)
  if (passkey === undefined || counter === null) {
    return refuseProof(deps, user, moment)
  }
  const at = moment.now.toISOString()
  const { token, secretHash } = makeToken(TOKEN_PREFIXES.portal, user.sessionId.slice('ses_'.length))
  const isUsed = await deps.control.write(async (tx) => {
    const used = await passkeyWriter(tx, user.userId).use(passkey, counter, at)
    if (used.length === 0) return false
    const raised = await accessWriter(tx).raisePortalSession(user.sessionId, secretHash, at)
    if (raised.length === 0) throw new ProblemError('session-expired', 'You have been signed out meanwhile.')
    await appendEvent(tx, user, moment, 'user.steppedUp', 'succeeded', { id: passkey.id, name: passkey.name })
    return true
  })
  if (!isUsed) return refuseProof(deps, user, moment)
  const antiForgeryToken = antiForgeryTokenOf(parseToken(TOKEN_PREFIXES.portal, token)?.secret ?? '')
  const session = await describeSession(deps.control, { ...user, antiForgeryToken, steppedUpAt: at }, moment.now)
  return { session, cookie: token }
}

async function refuseProof(deps: SignInDeps, user: UserPrincipal, moment: Moment): Promise<never> {
  await deps.control.write((tx) => appendEvent(tx, user, moment, 'user.steppedUp', 'denied'))
  throw new ProblemError('step-up-required', 'This passkey did not confirm that it is you. Try again.')
}

async function newCounter(
  deps: SignInDeps,
  passkey: PasskeyRow,
  { response: { userHandle, ...response }, ...credential }: StepUp['credential'],
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

/** The first passkey needs a sign-in of just now, every further one the proof of an earlier one. */
function refuseUnproven(user: UserPrincipal, known: readonly PasskeyRow[], now: Date): void {
  if (known.length >= LIMITS.passkeysPerUser) {
    throw new ProblemError(
      'limit-exceeded',
      `A person has at most ${LIMITS.passkeysPerUser} passkeys. Remove one first.`,
    )
  }
  if (known.length > 0) return requireStepUp(user, now)
  if (isFresh(user.signedInAt, now)) return
  const detail = `Sign out and in again, and add your first passkey within ${LIMITS.stepUpMinutes} minutes.`
  throw new ProblemError('step-up-required', detail)
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

function credentialOf({ credentialId, transports }: PasskeyRow): { id: string; transports: string[] } {
  return { id: credentialId, transports }
}

function presentPasskey({ id, name, createdAt, lastUsedAt }: Omit<PasskeyRow, 'userId'>): Passkey {
  return { type: 'passkey', id, name, createdAt, lastUsedAt }
}

function appendEvent(
  tx: Tx,
  user: UserPrincipal,
  moment: Moment,
  action: string,
  outcome: 'succeeded' | 'denied',
  passkey?: { id: Id<'pky'>; name: string },
): Promise<void> {
  return onBehalfOf(user.userId, () =>
    appendControlAuditEvent(tx, user.userId, moment.now, {
      action,
      actor: { type: 'user', id: user.userId, name: user.name },
      targetType: passkey === undefined ? 'user' : 'passkey',
      targetId: passkey?.id ?? user.userId,
      outcome,
      via: { type: 'portalSession', id: user.sessionId },
      requestId: moment.requestId,
      ip: moment.address,
      userAgent: moment.userAgent,
      data: passkey === undefined ? {} : { name: passkey.name },
    }),
  )
}
