import type { FISTWorks } from '@fistworks/sdk'
import { serveStatic } from '@hono/node-server/serve-static'
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { secureHeaders } from 'hono/secure-headers'
import type { BookStore } from './books/book-store.ts'
import { embedSessionRoutes } from './embed/embed-session.ts'
import { pageRoutes } from './pages/page-routes.ts'
import { messagePage } from './pages/payments-pages.ts'
import { signInPage } from './pages/sign-in-page.ts'
import { createBillSync } from './payments/bill-sync.ts'
import { createSignIn } from './sign-in/sign-in.ts'

export interface AppOptions {
  fist: FISTWorks
  store: BookStore
  apiUrl: string
  /** The one address of these pages. */
  origin: string
  now: () => number
  report: (error: unknown) => void
}

/** The whole product as one function from request to response. */
export function createApp(options: AppOptions) {
  const { fist, store, apiUrl, origin } = options
  const signIn = createSignIn(options.now)
  const app = new Hono()
  app.use(contentPolicy(apiUrl))
  app.use(async (c, next) => {
    const url = new URL(c.req.url)
    if (url.origin !== origin && c.req.method === 'GET') return c.redirect(`${origin}${url.pathname}${url.search}`)
    // A change is only taken from our own pages: another site's form or script carries another Origin, or none.
    if (c.req.method !== 'GET' && c.req.header('Origin') !== origin) return c.text('Not from our own pages.', 403)
    await next()
    return undefined
  })
  app.use(bodyLimit({ maxSize: 4096 }))
  for (const folder of ['assets', 'browser']) {
    app.use(`/${folder}/*`, serveStatic({ root: import.meta.dirname, rewriteRequestPath: (path) => path }))
  }
  app.get('/sign-in', (c) => c.html(signInPage()))
  app.post('/sign-in', async (c) => {
    const { user } = await c.req.parseBody()
    return signIn.start(c, typeof user === 'string' ? user : '') === null
      ? c.redirect('/sign-in')
      : c.redirect('/bills')
  })
  app.post('/sign-out', (c) => {
    signIn.end(c)
    return c.redirect('/sign-in')
  })
  app.use(signIn.required)
  app.route('/', embedSessionRoutes(fist, origin))
  app.route('/', pageRoutes({ ...options, sync: createBillSync(fist, store) }))
  app.notFound((c) => c.html(messagePage(null, 'Not found', 'There is no such page in these books.'), 404))
  app.onError((error, c) => {
    options.report(error)
    return c.html(
      messagePage(null, 'That did not work', 'Something went wrong on our side. Try again in a moment.'),
      500,
    )
  })
  return app
}

/** Scripts come from us and from FISTWorks' one bundle; nothing inline runs, and nothing else may be asked. */
function contentPolicy(apiUrl: string) {
  return secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'", `${apiUrl}/embed/v1/fistworks.js`],
      styleSrc: ["'self'"],
      imgSrc: ["'self'"],
      connectSrc: ["'self'", apiUrl],
      frameSrc: [`${apiUrl}/embed/v1/frame`],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
      baseUri: ["'none'"],
      requireTrustedTypesFor: ["'script'"],
      trustedTypes: ['fistworks-elements'],
    },
    referrerPolicy: 'same-origin',
    xFrameOptions: 'DENY',
    strictTransportSecurity: false,
  })
}
