import type { Actor, Id } from '@fistworks/contract'
import { appendAuditEvent } from '../audit/audit.ts'
import type { AuditEntry, ReadContext, WriteContext } from '../context.ts'
import { newId } from '../new-id.ts'
import type { Databases } from '../storage/directory.ts'
import { ownedBy } from '../storage/owned-by.ts'
import { type Home, type HomeOptions, startHome } from '../storage/testing/home.ts'
import type { Storage, Tx } from '../storage/transaction.ts'
import { openLocalKeyFile } from '../vault/local-key-file.ts'
import { createVault, type Vault } from '../vault/vault.ts'

/** Monday, 23 November 2026, 10:00 in New York. */
export const MONDAY = new Date('2026-11-23T15:00:00Z')

/** Somebody who calls services in tests. */
export interface Caller {
  actor: Actor
  isPerson: boolean
}

export const person = (id: string): Caller => ({ actor: { type: 'user', id, name: id }, isPerson: true })
export const machine: Caller = { actor: { type: 'apiKey', id: 'key_test' }, isPerson: false }
export const ANNA = person('anna')
export const BEN = person('ben')

/** Real databases in a folder of their own, with a clock that tests move. */
export interface TestTenants {
  home: Home
  /** Its data folder. */
  folder: string
  databases: Databases
  /** The tenant database, on behalf of nobody. */
  shared: Storage
  clock: { now: Date }
  organization(): Promise<TestOrganization>
  close(): Promise<void>
}

export interface TestOrganization {
  id: Id<'org'>
  storage: Storage
  read<T>(work: (ctx: ReadContext) => Promise<T>): Promise<T>
  /** One unit of work, as the wrapper of operations runs it. */
  write<T>(caller: Caller, work: (ctx: WriteContext) => Promise<T>): Promise<T>
  /** What was appended to the audit log by committed work, oldest first. */
  events: AuditEntry[]
}

export async function createTestTenants(options?: HomeOptions): Promise<TestTenants> {
  const home = await startHome(options)
  const { folder } = home
  const databases = await home.open()
  const clock = { now: MONDAY }
  const keyProvider = openLocalKeyFile(folder)
  const vault = createVault({ control: databases.control, keyProvider, now: () => clock.now })
  const [shared] = databases.tenants()
  if (shared === undefined) throw new Error('There is no tenant database.')

  const organization = () => organizationIn({ databases, vault, clock }, newId('org', clock.now))

  return {
    home,
    folder,
    databases,
    shared,
    clock,
    organization,
    async close() {
      await databases.close()
      await home.close()
    },
  }
}

/** One organization of databases that somebody opened, as services see it. */
export async function organizationIn(
  { databases, vault, clock }: { databases: Databases; vault: Vault; clock: { now: Date } },
  id: Id<'org'>,
): Promise<TestOrganization> {
  const [shared] = databases.tenants()
  if (shared === undefined) throw new Error('There is no tenant database.')
  const ofOrganization = await vault.forOrganization(id)
  const storage = ownedBy(id, shared)
  const events: AuditEntry[] = []
  const base = () => ({
    requestId: 'req_test',
    now: clock.now,
    newId: (prefix: Parameters<WriteContext['newId']>[0]) => newId(prefix, clock.now),
    organizationId: id,
    vault: ofOrganization,
  })
  return {
    id,
    storage,
    events,
    read: (work) => work({ ...base(), ...machine, db: storage.read } as ReadContext),
    async write(caller, work) {
      let appended: AuditEntry[] = []
      const unit = (tx: Tx) => {
        appended = []
        const audit = async (entry: AuditEntry) => {
          appended.push(entry)
          await appendAuditEvent(tx, id, clock.now, {
            ...entry,
            actor: caller.actor,
            outcome: 'succeeded',
            requestId: 'req_test',
          })
        }
        return work({ ...base(), ...caller, db: tx, audit } as WriteContext)
      }
      const result = await storage.write(unit)
      events.push(...appended)
      return result
    },
  }
}
