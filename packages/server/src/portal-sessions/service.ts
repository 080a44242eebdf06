import { type Id, type PortalSession, ROLE_SCOPES, type Role } from '@fistworks/contract'
import { accessStore, accessWriter } from '../access/access-store.ts'
import type { UserPrincipal } from '../access/principal.ts'
import { steppedUpUntil } from '../access/step-up.ts'
import { appendControlAuditEvent } from '../audit/audit.ts'
import type { SessionCall } from '../http/operation.ts'
import { LIMITS } from '../limits.ts'
import type { Mailer } from '../mail/mailbox.ts'
import { ProblemError } from '../problem-error.ts'
import type { Storage, Tx } from '../storage/transaction.ts'
import type { SignInCodes } from './sign-in-codes.ts'

/** What is known of the request itself. */
export type Moment = Pick<SessionCall, 'now' | 'requestId'>

export interface SignInDeps {
  control: Storage
  publicOrigin: string
  /** Who the session cookie belongs to; throws when nobody is signed in. */
  signedIn(call: SessionCall): Promise<UserPrincipal>
  codes: SignInCodes
  mailer: Mailer
}

const CODES_PER_QUARTER_HOUR = 5
const WRONG_CODE = 'The code is wrong or no longer valid. Look at the newest mail, or ask for a new code.'

/**
 * Mails a one-time code to a member. Known and unknown addresses get the same answer and the same cookie. Past the limit
 * no code is made, so that an address has as few codes to guess as it has mails, whoever asks from wherever.
 * @returns the value of the sign-in cookie: the code works only in the browser that asked
 */
export async function requestSignInCode(deps: SignInDeps, email: string, now: Date): Promise<string> {
  const made = deps.codes.make(now)
  const since = new Date(now.getTime() - 15 * 60_000).toISOString()
  const isKnown = await deps.control.write(async (tx) => {
    const store = accessStore(tx)
    if ((await store.signInCodesSince(email, since)) >= CODES_PER_QUARTER_HOUR) return false
    await deps.codes.keep(tx, made, email, now)
    return (await store.userByEmail(email)) !== undefined
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
    const user = await accessStore(tx).userByEmail(asked.email)
    if (!isRight || user === undefined) return null
    await deps.codes.endEarlier(tx, asked.earlier, moment.now)
    await appendSessionEvent(tx, user, moment, 'user.signedIn')
    return { user, ...(await deps.codes.openSession(tx, user.id, moment.now)) }
  })
  if (opened === null) throw new ProblemError('unauthenticated', WRONG_CODE)
  const { user, cookie, antiForgeryToken, expiresAt } = opened
  const session = await describeSession(
    deps.control,
    {
      userId: user.id as Id<'usr'>,
      name: user.name,
      email: user.email,
      antiForgeryToken,
      expiresAt,
      steppedUpAt: null,
    },
    moment.now,
  )
  return { session, cookie }
}

/** Who is signed in, and where they may work. */
export async function describeSession(
  control: Storage,
  user: Pick<UserPrincipal, 'userId' | 'name' | 'email' | 'antiForgeryToken' | 'expiresAt' | 'steppedUpAt'>,
  now: Date,
): Promise<PortalSession> {
  const rows = await accessStore(control.read).organizationsOf(user.userId)
  return {
    type: 'portalSession',
    user: { id: user.userId, name: user.name, email: user.email },
    organizations: rows.map((row) => ({
      id: row.id as Id<'org'>,
      name: row.name,
      role: row.role as Role,
      scopes: [...ROLE_SCOPES[row.role as Role]],
    })),
    antiForgeryToken: user.antiForgeryToken,
    expiresAt: user.expiresAt,
    steppedUpUntil: steppedUpUntil(user, now),
  }
}

/** Signs the person out; the cookie is worthless from here on. */
export async function endPortalSession(deps: SignInDeps, user: UserPrincipal, moment: Moment): Promise<void> {
  await deps.control.write(async (tx) => {
    await accessWriter(tx).endPortalSession(user.sessionId, moment.now.toISOString())
    await appendSessionEvent(tx, { id: user.userId, name: user.name }, moment, 'user.signedOut')
  })
}

function appendSessionEvent(tx: Tx, user: { id: string; name: string }, moment: Moment, action: string): Promise<void> {
  return appendControlAuditEvent(tx, user.id, moment.now, {
    action,
    actor: { type: 'user', id: user.id, name: user.name },
    targetType: 'user',
    targetId: user.id,
    outcome: 'succeeded',
    requestId: moment.requestId,
  })
}
