import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { DatabasePlaces } from '../database-places.ts'
import { type LibsqlServer, startLibsqlServer } from './libsql-server.ts'

/** Databases on stand-ins for libSQL servers, one each, for as long as a test needs them. */
export async function startPlaces<N extends string>(...names: N[]) {
  const folder = mkdtempSync(join(tmpdir(), 'fistworks-places-'))
  const started: [string, LibsqlServer][] = []
  for (const name of names) started.push([name, await startLibsqlServer(fileIn(folder, name))])
  const servers = Object.fromEntries(started) as Record<N, LibsqlServer>
  const places: DatabasePlaces = Object.fromEntries(
    started.map(([name, { url, authToken }]) => [name, { url, authToken }]),
  )
  return {
    servers,
    places,
    /** The file that a server keeps its database in. */
    file: (name: string) => fileIn(folder, name),
    async close() {
      for (const [, server] of started) await server.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const fileIn = (folder: string, name: string) => join(folder, `${name}.db`)

/** One more database, in a file of its own. */
export function startFile(name: string) {
  const folder = mkdtempSync(join(tmpdir(), 'fistworks-place-'))
  const places: DatabasePlaces = { [name]: { url: pathToFileURL(fileIn(folder, name)).href } }
  return { places, close: async () => rmSync(folder, { recursive: true, force: true }) }
}
