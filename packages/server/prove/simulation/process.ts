import type { Hono } from 'hono'
import { type Access, createAccess } from '../../src/access/authenticate.ts'
import { createApp } from '../../src/app.ts'
import type { HttpEnv } from '../../src/http/env.ts'
import { createRateLimits } from '../../src/http/rate-limits.ts'
import type { Mailer } from '../../src/mail/mailer.ts'
import { allOperations } from '../../src/operations.ts'
import { createParts, type Parts } from '../../src/parts.ts'
import type { Databases } from '../../src/storage/directory.ts'
import { ownedBy } from '../../src/storage/owned-by.ts'
import type { Storage } from '../../src/storage/transaction.ts'
import type { Surroundings } from '../../src/surroundings.ts'
import { TEST_ORIGIN, testConfig } from '../../src/testing/api.ts'
import { faultyStorage, type StorageFaults, underWay } from './faulty-storage.ts'
import type { Owner, VirtualTime } from './virtual-time.ts'

/** What a simulated process is given. */
export interface ProcessWorld {
  time: VirtualTime
  /** Opened once: they outlive every process. */
  databases: Databases
  storageFaults: StorageFaults
  mailer: Mailer
  surroundings(owner: Owner): Omit<Surroundings, 'databases' | 'every' | 'elapsedMs'>
  onError(process: string, error: unknown): void
}

export interface SimulatedProcess extends Owner {
  name: string
  parts: Parts
  access: Access
  app: Hono<HttpEnv>
  /** Comes when it is killed. */
  death: Promise<void>
  kill(): void
}

/** Starts a server without its socket and its timers: it goes on only when the simulation lets it. */
export async function startProcess(world: ProcessWorld, name: string, folder: string): Promise<SimulatedProcess> {
  const owner: Owner = { isAlive: true, stoppedUntil: 0 }
  const { time } = world
  const parts = await createParts(testConfig(folder, {}), world.mailer, time.now, {
    ...world.surroundings(owner),
    databases: databasesOf(world, owner),
    every: time.every(owner),
    elapsedMs: () => time.ms,
  })
  parts.log.level = 'silent'
  const access = freshlyProven(
    createAccess({ control: parts.databases.control, keyMode: 'test', publicOrigin: TEST_ORIGIN }),
    time,
  )
  const app = createApp({
    deps: {
      ...parts,
      access,
      newId: parts.newId,
      rateLimits: createRateLimits(() => time.ms),
      addressOf: () => '192.0.2.1',
      onCommitted: () => {},
    },
    operations: allOperations(parts),
    isReady: parts.isReady,
    onError: (error) => world.onError(name, error),
    onAnswer: () => {},
    newRequestId: () => underWay.getStore()?.requestId ?? 'req_none',
  })
  const death = Promise.withResolvers<void>()
  return Object.assign(owner, {
    name,
    parts,
    access,
    app,
    death: death.promise,
    kill() {
      owner.isAlive = false
      death.resolve()
    },
  })
}

function databasesOf({ databases, storageFaults }: ProcessWorld, owner: Owner): Databases {
  const control = faultyStorage(databases.control, owner, storageFaults)
  const named = databases
    .named()
    .map(({ name, storage }) => ({ name, storage: faultyStorage(storage, owner, storageFaults) }))
  return {
    control,
    async tenantOf(organizationId): Promise<Storage> {
      const home = await databases.nameOf(organizationId)
      const found = named.find(({ name }) => name === home)
      if (found === undefined) throw new Error(`There is no database ${home}.`)
      return ownedBy(organizationId, found.storage)
    },
    nameOf: (organizationId) => databases.nameOf(organizationId),
    tenants: () => named.map(({ storage }) => storage),
    named: () => named,
    close: async () => {},
  }
}

/** People sign in anew and prove that it is they whenever they are asked; how they do it is not what is tried here. */
function freshlyProven(access: Access, time: VirtualTime): Access {
  const { rows } = access
  return {
    ...access,
    rows: {
      ...rows,
      async portalSession(id) {
        const found = await rows.portalSession(id)
        if (found === undefined) return undefined
        const at = time.now().toISOString()
        const session = { ...found.portal_sessions, seenAt: at, steppedUpAt: at }
        return { ...found, portal_sessions: session }
      },
    },
  }
}
