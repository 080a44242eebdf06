import { mkdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { eq } from 'drizzle-orm'
import type { DatabasePlaces } from './database-places.ts'
import { migrate } from './migrate.ts'
import { ownedBy } from './owned-by.ts'
import { organizations } from './table.ts'
import { openStorage, type Storage } from './transaction.ts'

/** The control database and the tenant databases. Their tables never join. */
export interface Databases {
  control: Storage
  /** The database an organization lives in, for the work of that organization alone. @throws OrganizationNotFound */
  tenantOf(organizationId: string): Promise<Storage>
  /** The name of the database an organization lives in. @throws OrganizationNotFound */
  nameOf(organizationId: string): Promise<string>
  tenants(): Storage[]
  /** The same with the names that `organizations.database` uses. */
  named(): { name: string; storage: Storage }[]
  close(): Promise<void>
}

export class OrganizationNotFound extends Error {
  constructor() {
    super('There is no organization with this id.')
    this.name = 'OrganizationNotFound'
  }
}

export interface DatabasesOptions {
  /** Where `control.db` and `main.db` lie. */
  dataFolder: string
  /**
   * Databases that are elsewhere, on libSQL servers for example: tenant databases by the name that
   * `organizations.database` uses, and `control`. Without them `control` and `main` are files of the data folder.
   */
  servers?: DatabasePlaces
  /** Called each time a lock sends a unit of work back to its start. */
  onBusy?: () => void
  /** Whether the guard refuses statements that name no owner; on unless told. */
  isGuarded?: boolean
}

const REMEMBERED_ORGANIZATIONS = 10_000

/** Opens all databases and brings them up to date. */
export async function openDatabases(options: DatabasesOptions): Promise<Databases> {
  mkdirSync(options.dataFolder, { recursive: true, mode: 0o700 })
  refuseOpenFolder(options.dataFolder)
  const opened: Storage[] = []
  const { dataFolder: _, servers: __, ...shared } = options

  async function open({ url, authToken }: DatabasePlaces[string], kind: 'control' | 'tenant'): Promise<Storage> {
    const storage = await openStorage({ url, ...(authToken === undefined ? {} : { authToken }), ...shared })
    opened.push(storage)
    await migrate(storage, kind)
    return storage
  }
  const file = (name: string) => ({ url: pathToFileURL(join(options.dataFolder, name)).href })
  const close = async () => {
    for (const storage of opened.reverse()) await storage.close()
  }

  try {
    const { control: controlPlace = file('control.db'), ...elsewhere } = options.servers ?? {}
    const control = await open(controlPlace, 'control')
    const tenants = new Map<string, Storage>()
    for (const [name, place] of Object.entries({ main: file('main.db'), ...elsewhere })) {
      tenants.set(name, await open(place, 'tenant'))
    }
    const homeOf = directoryOf(control, tenants)
    return {
      control,
      tenantOf: async (organizationId) => (await homeOf(organizationId)).storage,
      nameOf: async (organizationId) => (await homeOf(organizationId)).name,
      tenants: () => [...tenants.values()],
      named: () => [...tenants].map(([name, storage]) => ({ name, storage })),
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

/** Who may write into the folder can put other databases and another master key in the place of ours. */
function refuseOpenFolder(folder: string): void {
  const { mode, uid } = statSync(folder)
  if (uid !== process.getuid?.()) throw new Error(`${folder} belongs to another user (uid ${uid}) than this process.`)
  if ((mode & 0o022) !== 0) {
    const permissions = (mode & 0o777).toString(8)
    throw new Error(`${folder} can be written by others (mode 0${permissions}). Run: chmod 700 ${folder}`)
  }
}

function directoryOf(control: Storage, tenants: ReadonlyMap<string, Storage>) {
  const known = new Map<string, { name: string; storage: Storage }>()
  return async (organizationId: string): Promise<{ name: string; storage: Storage }> => {
    const remembered = known.get(organizationId)
    if (remembered) return remembered
    const [row] = await control.read
      .select({ name: organizations.database })
      .from(organizations)
      .where(eq(organizations.id, organizationId))
      .limit(1)
    if (!row) throw new OrganizationNotFound()
    const shared = tenants.get(row.name)
    if (!shared) {
      throw new Error(`Organization ${organizationId} lives in database ${row.name}, which is not configured.`)
    }
    if (known.size >= REMEMBERED_ORGANIZATIONS) known.clear()
    const home = { name: row.name, storage: ownedBy(organizationId, shared) }
    known.set(organizationId, home)
    return home
  }
}
