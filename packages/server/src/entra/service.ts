import type { EntraChallenge, PortalSession, SignInMethods, UserIdentity, UserIdentityList } from '@fistworks/contract'
import type { UserPrincipal } from '../access/principal.ts'
import { RefusedCaller } from '../access/refused-caller.ts'
import { requireStepUp } from '../access/step-up.ts'
import { appendControlAuditEvent } from '../audit/audit.ts'
import { SERVER } from '../audit/denials.ts'
import type { SessionCall } from '../http/operation.ts'
import { LIMITS } from '../limits.ts'
import { enqueueMail } from '../mail/mail-job.ts'
import { CONNECTED_MAIL } from './connected-mail.ts'
import { newId } from '../new-id.ts'
import { beginSession, describeBegun, type Moment, type SignInDeps } from '../portal-sessions/service.ts'
import { ProblemError } from '../problem-error.ts'
import { onBehalfOf } from '../storage/on-behalf-of.ts'
import type { Tx } from '../storage/transaction.ts'
import { isOwnNonce, makeNonce, type NoncePurpose, nonceHash } from './nonce.ts'
import type { EntraSettings } from './settings.ts'
import { KeysUnavailable } from './signing-keys.ts'
import { identityStore, identityWriter, signInWriter } from './store.ts'
import type { IdentityRow } from './table.ts'
import { BrokenToken, type Identity, type TokenFault, type VerifyToken } from './verify-token.ts'

/** The identity provider, where one is set up. */
export interface Entra {
  settings: EntraSettings
  verify: VerifyToken
}

export interface EntraDeps extends SignInDeps {
  entra: Entra
}

const REFUSED = 'This sign-in could not be accepted. It may have taken too long, or was used before. Start again.'
const KEYS_RETRY_SECONDS = 30

/** What to send somebody to the provider with, and the cookie that binds the answer to this browser. */
export function challengeFor(
  entra: Entra,
  codes: SignInDeps['codes'],
  purpose: NoncePurpose,
  call: Pick<SessionCall, 'now' | 'signInCookie'>,
): { challenge: EntraChallenge; cookie: string } {
  const { name, authority, clientId, scopes } = entra.settings
  const cookie = codes.ownCookie(call.signInCookie) ?? codes.make(call.now).cookie
  const nonce = makeNonce(cookie, purpose, call.now)
  return { challenge: { type: 'entraChallenge', name, authority, clientId, scopes: [...scopes], nonce }, cookie }
}

/** How somebody can sign in here; where the provider is one way, with a nonce for it. */
export function signInMethods(
  deps: { signIn?: SignInDeps | undefined; entra?: Entra | undefined },
  call: Pick<SessionCall, 'now' | 'signInCookie'>,
): { methods: SignInMethods; cookie: string | undefined } {
  const { signIn, entra } = deps
  const methods = { type: 'signInMethods' as const, mailedCode: signIn !== undefined, entra: null }
  if (signIn === undefined || entra === undefined) return { methods, cookie: undefined }
  const { challenge, cookie } = challengeFor(entra, signIn.codes, 'signIn', call)
  return { methods: { ...methods, entra: challenge }, cookie }
}

/**
 * Turns a token into a session of our own. Whoever the provider knows and we do not gets none: an account is connected
 * by the person themselves, never found by its e-mail address.
 */
export async function signInWithEntra(
  deps: EntraDeps,
  token: string,
  call: SessionCall,
): Promise<{ session: PortalSession; cookie: string }> {
  const { identity, nonce } = await believe(deps, token, 'signIn', call)
  const at = call.now.toISOString()
  const opened = await deps.control.write(async (tx) => {
    if (!(await useNonce(tx, nonce, call.now))) return 'token-used'
    const user = await signInWriter(tx).useIdentity(identity, at)
    if (user === undefined) return 'unknown-identity'
    return describeBegun(
      { read: tx },
      await beginSession(deps, tx, user, call.credentials.sessionCookie, call, 'entra'),
      call.now,
    )
  })
  if (opened === 'token-used') throw refusal(opened)
  if (opened === 'unknown-identity') throw unknownIdentity(deps.entra.settings.name)
  return opened
}

export async function listIdentities(
  deps: SignInDeps & { entra?: Entra | undefined },
  user: UserPrincipal,
): Promise<UserIdentityList> {
  const rows = await identityStore(deps.control.read, user.userId).list()
  return { data: rows.map(presentIdentity), provider: deps.entra?.settings.name ?? null }
}

/** Before somebody goes to the provider to connect an account: a proof that it is they. */
export function beginIdentity(deps: EntraDeps, user: UserPrincipal, call: SessionCall) {
  requireStepUp(user, call.now)
  return challengeFor(deps.entra, deps.codes, 'connect', call)
}

/** Connects the account of this token with whoever is signed in, and tells them by mail. */
export async function connectIdentity(
  deps: EntraDeps,
  user: UserPrincipal,
  token: string,
  call: SessionCall,
): Promise<UserIdentity> {
  requireStepUp(user, call.now)
  const { identity, nonce } = await believe(deps, token, 'connect', call)
  const row = { ...identity, id: newId('idn', call.now), createdAt: call.now.toISOString(), lastUsedAt: null }
  const refused = await deps.control.write(async (tx) => {
    if (!(await useNonce(tx, nonce, call.now))) return refusal('token-used')
    const known = await identityStore(tx, user.userId).list()
    if (known.length >= LIMITS.identitiesPerUser) return tooMany()
    const added = await identityWriter(tx, user.userId).add(row)
    if (added.length === 0) return new ProblemError('duplicate', 'This account signs somebody in already.')
    await appendEvent(tx, user, call, 'user.identityConnected', row)
    const data = { userId: user.userId, provider: deps.entra.settings.name, label: row.label }
    await enqueueMail(tx, CONNECTED_MAIL, { owner: user.userId, data, dedupeKey: row.id, now: call.now })
    return null
  })
  if (refused !== null) throw refused
  return presentIdentity(row)
}

/** It signs nobody in any more. */
export async function removeIdentity(deps: SignInDeps, user: UserPrincipal, id: string, moment: Moment): Promise<void> {
  requireStepUp(user, moment.now)
  await deps.control.write(async (tx) => {
    const [gone] = await identityWriter(tx, user.userId).remove(id)
    if (gone === undefined) throw new ProblemError('not-found', 'You have no connected account with this id.')
    await appendEvent(tx, user, moment, 'user.identityRemoved', gone)
  })
}

/** Checks the token without asking our database anything: what is wrong with it has nothing to do with who exists. */
async function believe(
  { entra, codes }: EntraDeps,
  token: string,
  purpose: NoncePurpose,
  call: Pick<SessionCall, 'now' | 'signInCookie'>,
): Promise<{ identity: Identity; nonce: string }> {
  const cookie = codes.ownCookie(call.signInCookie)
  let seen = ''
  const isOwn = (nonce: string) => {
    seen = nonce
    return cookie !== undefined && isOwnNonce(nonce, cookie, purpose, call.now)
  }
  try {
    return { identity: await entra.verify(token, isOwn, call.now), nonce: seen }
  } catch (error) {
    if (error instanceof BrokenToken) throw refusal(error.fault)
    if (!(error instanceof KeysUnavailable)) throw error
    const detail = `${entra.settings.name} could not be reached to check the sign-in. Try again in a minute.`
    throw new ProblemError('unavailable', detail, { retryAfterSeconds: KEYS_RETRY_SECONDS, cause: error })
  }
}

function useNonce(tx: Tx, nonce: string, now: Date): Promise<boolean> {
  const before = new Date(now.getTime() - 4 * LIMITS.signInNonceMinutes * 60_000)
  return signInWriter(tx).useNonce(nonceHash(nonce), now.toISOString(), before.toISOString())
}

function refusal(reason: TokenFault | 'token-used'): ProblemError {
  return new ProblemError('unauthenticated', REFUSED, { cause: refusedCaller(reason) })
}

function unknownIdentity(name: string): ProblemError {
  const detail = `This ${name} account is not connected to anybody here. Sign in with a mailed code, and connect it under “Your account”.`
  return new ProblemError('unauthenticated', detail, { cause: refusedCaller('unknown-identity') })
}

function refusedCaller(reason: TokenFault | 'token-used' | 'unknown-identity'): RefusedCaller {
  return new RefusedCaller({
    action: 'user.signInFailed',
    reason,
    home: { ownerId: SERVER },
    actor: { type: 'anonymous', id: 'unknown' },
    via: undefined,
  })
}

function tooMany(): ProblemError {
  const detail = `A person has at most ${LIMITS.identitiesPerUser} connected accounts. Remove one first.`
  return new ProblemError('limit-exceeded', detail)
}

function presentIdentity({ id, label, createdAt, lastUsedAt }: Omit<IdentityRow, 'userId'>): UserIdentity {
  return { type: 'userIdentity', id, label, createdAt, lastUsedAt }
}

function appendEvent(
  tx: Tx,
  user: UserPrincipal,
  moment: Moment,
  action: string,
  identity: Pick<IdentityRow, 'id' | 'label'>,
): Promise<void> {
  return onBehalfOf(user.userId, () =>
    appendControlAuditEvent(tx, user.userId, moment.now, {
      action,
      actor: { type: 'user', id: user.userId, name: user.name },
      targetType: 'userIdentity',
      targetId: identity.id,
      outcome: 'succeeded',
      via: { type: 'portalSession', id: user.sessionId },
      requestId: moment.requestId,
      ip: moment.address,
      userAgent: moment.userAgent,
      data: { label: identity.label },
    }),
  )
}
