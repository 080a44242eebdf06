import { HEADERS } from '@fistworks/contract'
import type { MiddlewareHandler } from 'hono'
import { secureHeaders } from 'hono/secure-headers'
import type { HttpEnv } from './env.ts'

/**
 * Headers of a hosted page: nothing inline, nothing from elsewhere, never inside a frame.
 * @param origins where else the page may send requests to
 */
export const pageHeadersFor = (origins: readonly string[]): MiddlewareHandler<HttpEnv> =>
  secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      connectSrc: ["'self'", ...origins],
      imgSrc: ["'self'", 'data:'],
      fontSrc: ["'self'"],
      objectSrc: ["'none'"],
      frameAncestors: ["'none'"],
      baseUri: ["'none'"],
      formAction: ["'self'"],
      requireTrustedTypesFor: ["'script'"],
      trustedTypes: ['fistworks-elements', 'lit-html'],
    },
    strictTransportSecurity: 'max-age=63072000; includeSubDomains',
    xFrameOptions: 'DENY',
    referrerPolicy: 'no-referrer',
    crossOriginResourcePolicy: 'same-origin',
    crossOriginOpenerPolicy: 'same-origin',
    permissionsPolicy: {
      publickeyCredentialsGet: ['self'],
      accelerometer: [],
      camera: [],
      displayCapture: [],
      geolocation: [],
      gyroscope: [],
      magnetometer: [],
      microphone: [],
      midi: [],
      payment: [],
      usb: [],
    },
  })

export const pageHeaders: MiddlewareHandler<HttpEnv> = pageHeadersFor([])

/**
 * Headers of every answer that has none of its own: never kept by a cache, never shown as a page. Set before the answer is
 * made: on a finished one each header would make it anew.
 */
export const apiHeaders: MiddlewareHandler<HttpEnv> = async (c, next) => {
  c.header('Cache-Control', 'no-store')
  c.header('X-Content-Type-Options', 'nosniff')
  c.header('Referrer-Policy', 'no-referrer')
  c.header('Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'")
  c.header('Cross-Origin-Opener-Policy', 'same-origin')
  c.header('Cross-Origin-Resource-Policy', 'same-origin')
  c.header('Strict-Transport-Security', 'max-age=63072000; includeSubDomains')
  c.header(HEADERS.requestId, c.get('requestId'))
  await next()
}

const OURS = [HEADERS.organization, HEADERS.platform, HEADERS.idempotencyKey, HEADERS.version]
const ALLOWED = ['Authorization', 'Content-Type', ...OURS].join()
const EXPOSED = [HEADERS.requestId, HEADERS.idempotentReplayed, 'Retry-After', 'RateLimit', 'RateLimit-Policy'].join()

/**
 * Any page may ask, because a browser never sends our cookie along: credentials are not allowed across origins, and
 * an embed session is checked against its own list of origins when it is used.
 */
export const apiCors: MiddlewareHandler<HttpEnv> = async (c, next) => {
  c.header('Access-Control-Allow-Origin', '*')
  c.header('Access-Control-Expose-Headers', EXPOSED)
  if (c.req.method !== 'OPTIONS') return next()
  c.header('Access-Control-Allow-Methods', 'GET,POST,PATCH')
  c.header('Access-Control-Allow-Headers', ALLOWED)
  c.header('Access-Control-Max-Age', '600')
  return c.body(null, 204)
}
