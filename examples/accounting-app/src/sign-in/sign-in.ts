import { randomBytes } from 'node:crypto'
import type { Context, MiddlewareHandler } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { USERS, type User } from './users.ts'

const COOKIE = 'tidewater_session'
const SECONDS = 8 * 60 * 60

export type SignedIn = { Variables: { user: User } }

export interface SignIn {
  start(c: Context, userId: string): User | null
  end(c: Context): void
  /** Lets signed-in people through; others are shown the sign-in page, scripts get a 401. */
  required: MiddlewareHandler<SignedIn>
}

/** Stands in for the sign-in your product already has: no passwords, sessions forgotten on restart. */
export function createSignIn(now: () => number): SignIn {
  const sessions = new Map<string, { user: User; endsAt: number }>()

  function current(c: Context): User | null {
    const session = sessions.get(getCookie(c, COOKIE) ?? '')
    return session !== undefined && session.endsAt > now() ? session.user : null
  }

  return {
    start(c, userId) {
      const user = USERS.find((one) => one.id === userId)
      if (user === undefined) return null
      const secret = randomBytes(32).toString('base64url')
      sessions.set(secret, { user, endsAt: now() + SECONDS * 1000 })
      setCookie(c, COOKIE, secret, { httpOnly: true, sameSite: 'Strict', path: '/', maxAge: SECONDS })
      return user
    },
    end(c) {
      sessions.delete(getCookie(c, COOKIE) ?? '')
      deleteCookie(c, COOKIE, { path: '/' })
    },
    required: async (c, next) => {
      const user = current(c)
      if (user === null) {
        return c.req.method === 'GET' && c.req.header('Accept') !== 'application/json'
          ? c.redirect('/sign-in')
          : c.json({ message: 'Sign in first.' }, 401)
      }
      c.set('user', user)
      await next()
      return undefined
    },
  }
}
