import { type Id, PLATFORM_ADMINISTRATOR_SCOPES, type PortalSession, ROLE_SCOPES } from '@fistworks/contract'
import { accessStore, accessWriter } from '../access/access-store.ts'
import type { EmbedSessionPrincipal, UserPrincipal } from '../access/principal.ts'
import { RefusedCaller } from '../access/refused-caller.ts'
import { steppedUpUntil } from '../access/step-up.ts'
import { scopesLeft } from '../access/tenant.ts'
import { appendControlAuditEvent } from '../audit/audit.ts'
import { SERVER } from '../audit/denials.ts'
import type { SessionCall } from '../http/operation.ts'
import { LIMITS } from '../limits.ts'
import type { Mailer } from '../mail/mailer.ts'
import { platformStore } from '../platforms/store.ts'
import { ProblemError } from '../problem-error.ts'
import { firstFactorUntil } from '../second-factors/first-factor.ts'
import { factorStore } from '../second-factors/store.ts'
import { onBehalfOf } from '../storage/on-behalf-of.ts'
import { statusOf } from '../organizations/store.ts'
import type { Reader, Storage, Tx } from '../storage/transaction.ts'
import type { Vault } from '../vault/vault.ts'
import { mayHaveCode, personOf } from './person-of.ts'
import type { SignInCodes } from './sign-in-codes.ts'

/** What is known of the request itself. */
export type Moment = Pick<SessionCall, 'now' | 'requestId' | 'address' | 'userAgent'>

export interface SignInDeps {
  control: Storage
  publicOrigin: string
  /** Who the session cookie belongs to; throws when nobody is signed in. */
  signedIn(call: SessionCall): Promise<UserPrincipal>
  /** Which embed session asks; throws for any other caller. */
  embedded(call: SessionCall): Promise<EmbedSessionPrincipal>
  codes: SignInCodes
  mailer: Mailer
  /** Keys of people, who are owners of sealed values as organizations are. */
  vault: Vault
}

const CODES_PER_QUARTER_HOUR = 5
const WRONG_CODE = 'The code is wrong or no longer valid. Look at the newest mail, or ask for a new code.'

/**
 * Mails a one-time code to a member. Known and unknown addresses get the same answer and the same cookie. Past the limit
 * no code is made, so that an address has as few codes to guess as it has mails, whoever asks from wherever.
 * @returns the value of the sign-in cookie: the code works only in the browser that asked
 */
export async function requestSignInCode(deps: SignInDeps, email: string, moment: Moment): Promise<string> {
  const { now } = moment
  const made = deps.codes.make(now)
  const since = new Date(now.getTime() - 15 * 60_000).toISOString()
  const isKnown = await deps.control.write(async (tx) => {
    const store = accessStore(tx)
    if ((await store.signInCodesSince(email, since)) >= CODES_PER_QUARTER_HOUR) return false
    await deps.codes.keep(tx, made, email, now)
    const user = await store.userByEmail(email)
    // An unknown address leaves the same event, in the chain of nobody, so that both take as long.
    await appendSessionEvent(tx, user ?? null, moment, 'user.signInCodeRequested', null)
    return mayHaveCode(tx, email, now)
  })
  if (isKnown) {
    const text = `Your code is ${made.code}. It works for ${LIMITS.signInCodeMinutes} minutes, once, in the browser where you asked for it.`
    await deps.mailer.send({ to: email, subject: 'Your sign-in code', text, at: now })
  }
  return made.cookie
}

/** Turns the right code into a session; the one this browser had before ends. @returns the session and the value of its cookie */
export async function verifySignInCode(
  deps: SignInDeps,
  asked: { email: string; code: string; cookie: string | undefined; earlier: string | undefined },
  moment: Moment,
): Promise<{ session: PortalSession; cookie: string }> {
  const opened = await deps.control.write(async (tx) => {
    const isRight = await deps.codes.check(tx, asked, moment.now)
    const user = isRight ? await personOf(tx, asked.email, moment.now) : await accessStore(tx).userByEmail(asked.email)
    if (!isRight || user === undefined) return { refused: user ?? null }
    const begun = await beginSession(deps, tx, user, asked.earlier, moment, 'mailedCode')
    // In the same transaction: once the code is used up, nothing is left that could fail.
    return describeBegun({ read: tx }, begun, moment.now)
  })
  if ('refused' in opened) throw wrongCode(opened.refused)
  return opened
}

type KnownUser = { id: string; name: string; email: string }

/** A session that was just opened, and whose it is. */
export interface Begun {
  user: KnownUser
  cookie: string
  antiForgeryToken: string
  expiresAt: string
}

/** Opens a session for somebody who has shown who they are; the one this browser had before ends. */
export async function beginSession(
  deps: Pick<SignInDeps, 'codes'>,
  tx: Tx,
  user: KnownUser,
  earlier: string | undefined,
  moment: Moment,
  method: 'mailedCode' | 'entra',
): Promise<Begun> {
  await deps.codes.endEarlier(tx, earlier, moment.now)
  const session = await deps.codes.openSession(tx, user.id, moment)
  await appendSessionEvent(tx, user, moment, 'user.signedIn', session.id, { method })
  return { user, ...session }
}

/** What somebody who just signed in is told. */
export async function describeBegun(
  control: { read: Reader },
  { user, cookie, antiForgeryToken, expiresAt }: Begun,
  now: Date,
): Promise<{ session: PortalSession; cookie: string }> {
  const session = await describeSession(
    control,
    {
      userId: user.id as Id<'usr'>,
      name: user.name,
      email: user.email,
      antiForgeryToken,
      expiresAt,
      signedInAt: now.toISOString(),
      steppedUpAt: null,
    },
    now,
  )
  return { session, cookie }
}

function wrongCode(user: { id: string } | null): ProblemError {
  const cause = new RefusedCaller({
    action: 'user.signInFailed',
    reason: user === null ? 'unknown-address' : 'wrong-code',
    home: { ownerId: user?.id ?? SERVER },
    actor: { type: 'anonymous', id: user?.id ?? 'unknown' },
    via: undefined,
  })
  return new ProblemError('unauthenticated', WRONG_CODE, { cause })
}

/** Who is signed in, and where they may work. */
export async function describeSession(
  control: { read: Reader },
  user: Pick<
    UserPrincipal,
    'userId' | 'name' | 'email' | 'antiForgeryToken' | 'expiresAt' | 'signedInAt' | 'steppedUpAt'
  >,
  now: Date,
): Promise<PortalSession> {
  const store = accessStore(control.read)
  const [rows, platforms, invitations] = await Promise.all([
    store.organizationsOf(user.userId),
    platformStore(control.read).of(user.userId),
    platformStore(control.read).invitationsOf(user.email, now.toISOString()),
  ])
  return {
    type: 'portalSession',
    user: { id: user.userId, name: user.name, email: user.email },
    organizations: rows.map((row) => ({
      id: row.id as Id<'org'>,
      name: row.name,
      status: statusOf(row),
      role: row.role,
      scopes: [...scopesLeft(row, ROLE_SCOPES[row.role])],
    })),
    platforms: platforms.map(({ id, name }) => ({
      id: id as Id<'plt'>,
      name,
      scopes: [...PLATFORM_ADMINISTRATOR_SCOPES],
    })),
    platformInvitations: invitations.map(({ id, name }) => ({ id: id as Id<'plt'>, name })),
    antiForgeryToken: user.antiForgeryToken,
    expiresAt: user.expiresAt,
    idleSeconds: LIMITS.portalIdleMinutes * 60,
    steppedUpUntil: steppedUpUntil(user, now),
    secondFactors: await onBehalfOf(user.userId, () => factorStore(control.read, user.userId).counts()),
    firstFactorUntil: firstFactorUntil(user, now),
  }
}

/** Signs the person out; the cookie is worthless from here on. */
export async function endPortalSession(deps: SignInDeps, user: UserPrincipal, moment: Moment): Promise<void> {
  await deps.control.write(async (tx) => {
    await accessWriter(tx).endPortalSession(user.sessionId, moment.now.toISOString())
    await appendSessionEvent(tx, { id: user.userId, name: user.name }, moment, 'user.signedOut', user.sessionId)
  })
}

/** A code can be asked for by anybody, so the actor of that is nobody. */
function appendSessionEvent(
  tx: Tx,
  user: { id: string; name: string } | null,
  moment: Moment,
  action: string,
  sessionId: string | null,
  data: Record<string, string> = {},
): Promise<void> {
  const id = user?.id ?? 'unknown'
  const owner = user?.id ?? SERVER
  return onBehalfOf(owner, () =>
    appendControlAuditEvent(tx, owner, moment.now, {
      action,
      actor: user === null || sessionId === null ? { type: 'anonymous', id } : { type: 'user', id, name: user.name },
      ...(sessionId === null ? {} : { via: { type: 'portalSession', id: sessionId } }),
      targetType: 'user',
      targetId: id,
      outcome: 'succeeded',
      requestId: moment.requestId,
      ip: moment.address,
      userAgent: moment.userAgent,
      data,
    }),
  )
}
