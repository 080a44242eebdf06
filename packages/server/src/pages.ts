import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { extname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Context, Hono, Next } from 'hono'
import type { HttpEnv } from './http/env.ts'
import { pageHeaders, pageHeadersFor } from './http/headers.ts'

/** Where the built portal and the built widgets lie: beside the server when published, in their packages in the workspace. */
export interface PageFolders {
  portal: string
  widgets: string
}

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
  '.map': 'application/json',
  '.woff2': 'font/woff2',
  '.png': 'image/png',
}

/** In a published server they lie in `public` beside this file; the portal's `embed/v1` holds the components. */
const published = fileURLToPath(new URL('./public/', import.meta.url))

export const PAGE_FOLDERS: PageFolders = existsSync(published)
  ? { portal: published, widgets: join(published, 'embed/v1') }
  : {
      portal: fileURLToPath(new URL('../../portal/dist/public/', import.meta.url)),
      widgets: fileURLToPath(new URL('../../widgets/dist/browser/', import.meta.url)),
    }

/**
 * Serves the embedded components to any page, and the portal to everything else.
 * @param isSandbox tells the portal so, which shows the clock and the bank of the sandbox
 * @param provider the origin of the identity provider, if there is one: the page that passes it may speak to it
 */
export function mountPages(
  app: Hono<HttpEnv>,
  folders: PageFolders,
  { provider, isSandbox }: { provider: string | null; isSandbox: boolean },
): void {
  app.get('/embed/v1/*', async (c, next) => {
    const file = await fileIn(folders.widgets, c.req.path.slice('/embed/v1/'.length))
    if (file === null) return next()
    c.header('Access-Control-Allow-Origin', '*')
    c.header('Cross-Origin-Resource-Policy', 'cross-origin')
    c.header('X-Content-Type-Options', 'nosniff')
    c.header('Cache-Control', 'no-cache')
    return c.body(file.bytes, 200, { 'Content-Type': file.type })
  })
  // The frame that opens this window waits for word from it, so the two must keep hold of each other.
  app.get('/confirm', async (c, next) => {
    await next()
    c.res.headers.set('Cross-Origin-Opener-Policy', 'unsafe-none')
  })
  const portal = async (c: Context<HttpEnv>, next: Next) => {
    const page = await fileIn(folders.portal, 'index.html')
    if (page === null) return next()
    c.header('Cache-Control', 'no-cache')
    return c.body(isSandbox ? inSandbox(page.bytes) : page.bytes, 200, { 'Content-Type': page.type })
  }
  if (provider !== null) app.get('/sign-in/entra', pageHeadersFor([provider]), portal)
  app.get('*', pageHeaders, async (c, next) => {
    if (/^\/(v1|embed|dev|openapi\.json)(\/|$)/.test(c.req.path)) return next()
    const asset = await fileIn(folders.portal, c.req.path.slice(1))
    if (asset !== null) {
      const isHashed = c.req.path.startsWith('/assets/')
      c.header('Cache-Control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache')
      return c.body(asset.bytes, 200, { 'Content-Type': asset.type })
    }
    return extname(c.req.path) === '' ? portal(c, next) : next()
  })
}

const SANDBOX = '<meta name="fistworks-sandbox" content="yes" />'

const inSandbox = (page: Uint8Array) => new TextDecoder().decode(page).replace('<head>', `<head>${SANDBOX}`)

async function fileIn(folder: string, path: string): Promise<{ bytes: Uint8Array<ArrayBuffer>; type: string } | null> {
  const inside = normalize(path)
  const type = TYPES[extname(inside)]
  if (type === undefined || inside.startsWith('..') || inside.includes('\0')) return null
  try {
    return { bytes: new Uint8Array(await readFile(join(folder, inside))), type }
  } catch {
    return null
  }
}
