import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import Database from 'libsql'
import { collectGarbage } from '../collect-garbage.ts'
import { type DatabasePlaces, readDatabasePlaces } from '../database-places.ts'
import { type Databases, openDatabases } from '../directory.ts'
import { openStorage, type Storage } from '../transaction.ts'
import { startProcessPlaces } from './process-places.ts'
import { startPlaces } from './start-places.ts'

const NAMES = ['control', 'main'] as const
type Name = (typeof NAMES)[number]

/** In files of the data folder, or on stand-ins for libSQL servers: in this process, or in one of their own. */
export type Layout = 'files' | 'servers' | 'server process'

/** What a test stores in: a data folder, and databases in the layout that the tests run in. */
export interface Home {
  folder: string
  /** Databases that are not files of the folder. */
  places: DatabasePlaces
  /** The file that holds a database, ours or the server's. */
  file(name: Name): string
  /** The bytes of the file once nothing is left in its write-ahead log. */
  atRest(name: Name): Promise<Buffer>
  /** Copies a database while nobody uses it. What it gives puts the copy back in its place. */
  copy(name: Name): Promise<() => Promise<void>>
  /** Opens the databases as a process does; one at a time where they are files. */
  open(): Promise<Databases>
  /** Opens one of them alone, empty. */
  openOne(name: Name): Promise<Storage>
  /** Lets go of the servers and removes everything. Close what was opened first. */
  close(): Promise<void>
}

/** The layout that the tests run in: `vitest run --project servers` says `servers`. */
export const testLayout = (): Layout => (process.env['FISTWORKS_TEST_DATABASES'] === 'servers' ? 'servers' : 'files')

/** The same for a test that starts processes of its own, which it kills: then servers do not run in its process. */
export const processLayout = (): Layout => (testLayout() === 'servers' ? 'server process' : 'files')

export interface HomeOptions {
  places?: DatabasePlaces | undefined
  layout?: Layout
}

/** A data folder with its databases. Where `places` are given they are taken instead. */
export async function startHome({
  places,
  layout = places === undefined ? testLayout() : 'files',
}: HomeOptions = {}): Promise<Home> {
  const root = mkdtempSync(join(tmpdir(), 'fistworks-home-'))
  const folder = join(root, 'data')
  mkdirSync(folder, { mode: 0o700 })
  const servers = await serversOf(layout)
  const elsewhere = places ?? servers?.places ?? {}
  writePlaces(folder, elsewhere)
  const file = servers?.file ?? ((name: Name) => join(folder, `${name}.db`))
  return {
    folder,
    places: elsewhere,
    file,
    atRest: (name) => bytesAtRest(file(name)),
    async copy(name) {
      const bytes = await bytesAtRest(file(name))
      return async () => {
        await bytesAtRest(file(name))
        writeFileSync(file(name), bytes)
      }
    },
    open: () => openHome(folder),
    openOne: (name) => {
      const { url, authToken } = elsewhere[name] ?? { url: pathToFileURL(join(folder, `${name}.db`)).href }
      return openStorage({ url, ...(authToken === undefined ? {} : { authToken }) })
    },
    async close() {
      await servers?.close()
      rmSync(root, { recursive: true, force: true })
    },
  }
}

function serversOf(layout: Layout) {
  if (layout === 'servers') return startPlaces(...NAMES)
  return layout === 'server process' ? startProcessPlaces(...NAMES) : undefined
}

/** What a file holds once nothing is left in its write-ahead log. */
async function bytesAtRest(path: string): Promise<Buffer> {
  await collectGarbage()
  const database = new Database(path)
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)')
  database.close()
  await collectGarbage()
  return readFileSync(path)
}

/** What a process needs to find the databases of a folder that is not its own. */
const placesFile = (folder: string) => join(folder, 'databases.json')

function writePlaces(folder: string, places: DatabasePlaces): void {
  writeFileSync(placesFile(folder), JSON.stringify(places), { mode: 0o600 })
}

/** Where the databases of a folder are that `startHome` made, for any process. */
export const placesOf = (folder: string): DatabasePlaces => readDatabasePlaces(placesFile(folder))

/** Opens the databases of such a folder. */
export function openHome(folder: string): Promise<Databases> {
  return openDatabases({ dataFolder: folder, servers: placesOf(folder) })
}
