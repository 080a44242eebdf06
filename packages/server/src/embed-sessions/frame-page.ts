import type { Context, Hono } from 'hono'
import { html } from 'hono/html'
import type { CallerRows } from '../access/access-store.ts'
import type { HttpEnv } from '../http/env.ts'
import { networkOf, type RateLimits } from '../http/rate-limits.ts'

export interface FramePageDeps {
  access: { rows: Pick<CallerRows, 'embedSession'> }
  rateLimits: RateLimits
  addressOf(c: Context): string | undefined
  now(): Date
}

export const FRAME_PATH = '/embed/v1/frame'

/**
 * The page of our own origin that `<fist-frame>` shows inside another page. Which pages those are, the session says that
 * is named by its public id: a browser refuses to show it in any other, and in any page that stands in any other.
 */
export function mountFramePage(app: Hono<HttpEnv>, deps: FramePageDeps): void {
  app.get(FRAME_PATH, async (c) => {
    deps.rateLimits.spend('read', networkOf(deps.addressOf(c)), (name, value) => c.header(name, value))
    const id = c.req.query('session') ?? ''
    const row = await deps.access.rows.embedSession(id)
    const isOpen = row !== undefined && row.revokedAt === null && row.expiresAt > deps.now().toISOString()
    frameHeaders(c, isOpen ? row.allowedOrigins : [])
    if (!isOpen) return c.html(ENDED, 404)
    return c.html(html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="robots" content="noindex" />
    <title>FISTWorks</title>
    <script type="module" src="/embed/v1/frame.js"></script>
  </head>
  <body data-session="${row.id}" data-origins="${row.allowedOrigins.join(' ')}"></body>
</html>`)
  })
}

const ENDED = html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="robots" content="noindex" />
    <title>FISTWorks</title>
  </head>
  <body>
    <p>This session has ended, or never was. Reload the page that shows it.</p>
  </body>
</html>`

function frameHeaders(c: Context, origins: readonly string[]): void {
  const ancestors = origins.length === 0 ? "'none'" : origins.join(' ')
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    `frame-ancestors ${ancestors}`,
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types fistworks-elements',
  ]
  c.header('Content-Security-Policy', policy.join('; '))
  c.header('Cache-Control', 'no-store')
  c.header('X-Content-Type-Options', 'nosniff')
  c.header('Referrer-Policy', 'no-referrer')
  c.header('Strict-Transport-Security', 'max-age=63072000; includeSubDomains')
  c.header('Permissions-Policy', 'camera=(), microphone=(), geolocation=(), payment=(), usb=()')
  // A page that is isolated from other origins takes only frames that are so as well.
  c.header('Cross-Origin-Embedder-Policy', 'require-corp')
  c.header('Cross-Origin-Resource-Policy', 'cross-origin')
}
