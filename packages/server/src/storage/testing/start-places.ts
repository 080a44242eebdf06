import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DatabasePlaces } from '../database-places.ts'
import { type LibsqlServer, startLibsqlServer } from './libsql-server.ts'

/** A transaction whose client is gone is given up sooner than a real server does it, so that tests need not wait. */
const TRANSACTION_MS = 200

/** Databases on stand-ins for libSQL servers, one each, for as long as a test needs them. */
export async function startPlaces<N extends string>(...names: N[]) {
  const folder = mkdtempSync(join(tmpdir(), 'fistworks-places-'))
  const started: [string, LibsqlServer][] = []
  for (const name of names) started.push([name, await startLibsqlServer(join(folder, `${name}.db`), TRANSACTION_MS)])
  const servers = Object.fromEntries(started) as Record<N, LibsqlServer>
  const places: DatabasePlaces = Object.fromEntries(
    started.map(([name, { url, authToken }]) => [name, { url, authToken }]),
  )
  return {
    servers,
    places,
    async close() {
      for (const [, server] of started) await server.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
