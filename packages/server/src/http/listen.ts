import type { Server as HttpServer } from 'node:http'
import { serve } from '@hono/node-server'
import { LIMITS } from '../limits.ts'

const DRAIN_MS = 20_000

export type ListenLimits = Pick<Record<keyof typeof LIMITS, number>, 'requestSeconds' | 'headerSeconds' | 'headerBytes'>

/** Listens for requests that come whole, in time and of a bounded size; Node refuses what two servers could read differently. */
export function listen(
  app: { fetch: Parameters<typeof serve>[0]['fetch'] },
  at: { host: string; port: number },
  limits: ListenLimits = LIMITS,
): Promise<HttpServer> {
  return new Promise((resolve, reject) => {
    const serverOptions = {
      requestTimeout: limits.requestSeconds * 1000,
      headersTimeout: limits.headerSeconds * 1000,
      // How often the two above are looked at; half a minute otherwise.
      connectionsCheckingInterval: Math.min(2_000, limits.headerSeconds * 250),
      keepAliveTimeout: 5_000,
      maxHeaderSize: limits.headerBytes,
    }
    const http = serve({ fetch: app.fetch, hostname: at.host, port: at.port, serverOptions }, () =>
      resolve(http as HttpServer),
    )
    http.once('error', reject)
  })
}

/** Waits for the answers under way, at most twenty seconds. */
export function closeHttp(http: HttpServer): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => http.closeAllConnections(), DRAIN_MS)
    http.close(() => {
      clearTimeout(cut)
      resolve()
    })
    http.closeIdleConnections()
  })
}
