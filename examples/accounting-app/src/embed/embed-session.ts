import type { FISTWorks } from '@fistworks/sdk'
import { Hono } from 'hono'
import type { SignedIn } from '../sign-in/sign-in.ts'

/**
 * `POST /fistworks/session` gives the components on our pages their short-lived token. Who it is for and what it
 * allows comes from our own sign-in; the request's body and query are never read.
 */
export function embedSessionRoutes(fist: FISTWorks, origin: string) {
  return new Hono<SignedIn>().post('/fistworks/session', async (c) => {
    const user = c.var.user
    const session = await fist.embedSessions.create({
      endUser: { externalId: user.id, name: user.name },
      components: user.components,
      allowedOrigins: [origin],
    })
    c.header('Cache-Control', 'no-store')
    return c.json({ token: session.token, expiresAt: session.expiresAt })
  })
}
