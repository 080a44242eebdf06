import { mkdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { eq } from 'drizzle-orm'
import { migrate } from './migrate.ts'
import { organizations } from './table.ts'
import { openStorage, type Storage } from './transaction.ts'

/** The control database and the tenant databases. Their tables never join. */
export interface Databases {
  control: Storage
  /** @throws OrganizationNotFound */
  tenantOf(organizationId: string): Promise<Storage>
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
  /** Tenant databases on libSQL servers, by the name that `organizations.database` uses. */
  servers?: Readonly<Record<string, { url: string; authToken?: string }>>
  /** Called each time a lock sends a unit of work back to its start. */
  onBusy?: () => void
}

const REMEMBERED_ORGANIZATIONS = 10_000

/** Opens all databases and brings them up to date. */
export async function openDatabases(options: DatabasesOptions): Promise<Databases> {
  mkdirSync(options.dataFolder, { recursive: true, mode: 0o700 })
  refuseOpenFolder(options.dataFolder)
  const opened: Storage[] = []
  const busy = options.onBusy === undefined ? {} : { onBusy: options.onBusy }

  async function open(place: { url: string; authToken?: string }, kind: 'control' | 'tenant'): Promise<Storage> {
    const storage = await openStorage({ ...place, ...busy })
    opened.push(storage)
    await migrate(storage, kind)
    return storage
  }
  const file = (name: string) => ({ url: pathToFileURL(join(options.dataFolder, name)).href })
  const close = async () => {
    for (const storage of opened.reverse()) await storage.close()
  }

  try {
    const control = await open(file('control.db'), 'control')
    const tenants = new Map([['main', await open(file('main.db'), 'tenant')]])
    for (const [name, server] of Object.entries(options.servers ?? {})) tenants.set(name, await open(server, 'tenant'))
    return {
      control,
      tenantOf: directoryOf(control, tenants),
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
  const known = new Map<string, Storage>()
  return async (organizationId: string): Promise<Storage> => {
    const remembered = known.get(organizationId)
    if (remembered) return remembered
    const [row] = await control.read
      .select({ database: organizations.database })
      .from(organizations)
      .where(eq(organizations.id, organizationId))
      .limit(1)
    if (!row) throw new OrganizationNotFound()
    const storage = tenants.get(row.database)
    if (!storage)
      throw new Error(`Organization ${organizationId} lives in database ${row.database}, which is not configured.`)
    if (known.size >= REMEMBERED_ORGANIZATIONS) known.clear()
    known.set(organizationId, storage)
    return storage
  }
}
