import { createHmac, randomInt, timingSafeEqual } from 'node:crypto'
import type { Id, IdPrefix } from '@fistworks/contract'
import { accessStore, accessWriter } from '../access/access-store.ts'
import { antiForgeryTokenOf } from '../access/authenticate.ts'
import { makeToken, parseToken, secretMatches, TOKEN_PREFIXES } from '../access/token.ts'
import type { SessionCall } from '../http/operation.ts'
import { LIMITS } from '../limits.ts'
import type { Tx } from '../storage/transaction.ts'

const CODE_DIGITS = 8

interface MadeCode {
  id: string
  code: string
  cookie: string
  codeHash: Buffer
}

/** One-time codes and the sessions they open. The clear code is only in the mail, its key only in the browser. */
export interface SignInCodes {
  make(now: Date): MadeCode
  /** The sign-in cookie as it came, when it can be one of ours. */
  ownCookie(cookie: string | undefined): string | undefined
  keep(tx: Tx, made: MadeCode, email: string, now: Date): Promise<void>
  /** Counts the try, and uses the code up when it is right. */
  check(tx: Tx, asked: { email: string; code: string; cookie: string | undefined }, now: Date): Promise<boolean>
  /** Ends the session of this cookie, if it is one: a new sign-in leaves no older token that works. */
  endEarlier(tx: Tx, cookie: string | undefined, now: Date): Promise<void>
  openSession(
    tx: Tx,
    userId: string,
    moment: Pick<SessionCall, 'now' | 'address' | 'userAgent'>,
  ): Promise<{ id: string; cookie: string; antiForgeryToken: string; expiresAt: string }>
}

export function createSignInCodes(newId: <P extends IdPrefix>(prefix: P, now: Date) => Id<P>): SignInCodes {
  return {
    make(now) {
      const id = newId('ses', now)
      const { token } = makeToken(TOKEN_PREFIXES.signIn, suffix(id))
      const code = randomInt(10 ** CODE_DIGITS)
        .toString()
        .padStart(CODE_DIGITS, '0')
      return { id, code, cookie: token, codeHash: codeHash(token, code) }
    },
    ownCookie(cookie) {
      return parseToken(TOKEN_PREFIXES.signIn, cookie ?? '') === null ? undefined : cookie
    },
    async keep(tx, made, email, now) {
      const expiresAt = new Date(now.getTime() + LIMITS.signInCodeMinutes * 60_000).toISOString()
      const row = { id: made.id, email, codeHash: made.codeHash, createdAt: now.toISOString(), expiresAt }
      await accessWriter(tx).addSignInCode(row)
    },
    async check(tx, asked, now) {
      const cookie = asked.cookie ?? ''
      const parsed = parseToken(TOKEN_PREFIXES.signIn, cookie)
      if (parsed === null) return false
      const id = `ses_${parsed.idSuffix}`
      const row = await accessStore(tx).signInCode(id)
      if (row === undefined || row.usedAt !== null || row.expiresAt <= now.toISOString()) return false
      if (row.tries >= LIMITS.signInTries || row.email.toLowerCase() !== asked.email.toLowerCase()) return false
      await accessWriter(tx).countTry(id)
      if (!timingSafeEqual(row.codeHash, codeHash(cookie, asked.code))) return false
      return (await accessWriter(tx).useSignInCode(id, now.toISOString())).length === 1
    },
    async endEarlier(tx, cookie, now) {
      const parsed = parseToken(TOKEN_PREFIXES.portal, cookie ?? '')
      if (parsed === null) return
      const found = await accessStore(tx).portalSession(`ses_${parsed.idSuffix}`)
      const row = found?.portal_sessions
      if (row?.endedAt === null && secretMatches(parsed.secret, row.secretHash)) {
        await accessWriter(tx).endPortalSession(row.id, now.toISOString())
      }
    },
    async openSession(tx, userId, { now, address = null, userAgent: program = null }) {
      const id = newId('ses', now)
      const { token, secretHash } = makeToken(TOKEN_PREFIXES.portal, suffix(id))
      const createdAt = now.toISOString()
      const expiresAt = new Date(now.getTime() + LIMITS.portalHours * 3_600_000).toISOString()
      await accessWriter(tx).addPortalSession({
        id,
        userId,
        secretHash,
        createdAt,
        seenAt: createdAt,
        expiresAt,
        address,
        program,
      })
      const secret = parseToken(TOKEN_PREFIXES.portal, token)?.secret ?? ''
      return { id, cookie: token, antiForgeryToken: antiForgeryTokenOf(secret), expiresAt }
    },
  }
}

function suffix(id: string): string {
  return id.slice(id.indexOf('_') + 1)
}

function codeHash(cookie: string, code: string): Buffer {
  return createHmac('sha256', cookie).update(code).digest()
}
