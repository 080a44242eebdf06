import { eq, sql } from 'drizzle-orm'
import { ownedBy } from '../storage/owned-by.ts'
import { appendControlAuditEvent } from '../audit/audit.ts'
import { enqueueJob } from '../jobs/job.ts'
import type { Databases } from '../storage/directory.ts'
import { users } from '../access/table.ts'
import { organizations } from '../storage/table.ts'
import type { Storage, Tx } from '../storage/transaction.ts'
import type { KeyProvider } from '../vault/key-provider.ts'
import { type TenantKeyRow, tenantKeyReader, tenantKeyStore } from '../vault/store.ts'
import { newTenantKey, rewrapTenantKey } from '../vault/tenant-keys.ts'
import type { Vault } from '../vault/vault.ts'
import { countOutdated, REWRAP_JOB } from './rewrap.ts'
import { sealedHomeOf } from './sealed-home.ts'

/** One key as an operator sees it. */
export interface KeyState
  extends Pick<TenantKeyRow, 'kind' | 'version' | 'state' | 'sealCount' | 'kekId' | 'createdAt'> {
  organizationId: string
}

export interface KeyStatus {
  /** The master key in use. */
  kekId: string
  keys: KeyState[]
  /** Organizations whose values are being sealed anew, and how many values are left. */
  rotating: { organizationId: string; left: number }[]
}

/** What an operator does with keys. Works while the server runs. */
export interface KeyOffice {
  status(): Promise<KeyStatus>
  /** Wraps all keys anew with the current master key; when that is done already, with a new one. No value is touched. */
  rotateMaster(): Promise<{ kekId: string; rewrapped: number }>
  /** A new data key seals from now on; a job seals every value anew. @returns the new version */
  rotateData(organizationId: string): Promise<number>
  /**
   * Destroys all keys of an organization: nothing it sealed ever opens again.
   * @param name as the organization is called, or the e-mail address of the person, so that no mistyped id destroys another one
   * @returns how many keys were destroyed
   */
  destroy(organizationId: string, name: string): Promise<number>
  /** Those that have keys to rotate. */
  organizations(): Promise<string[]>
  /** Takes up rotations that a crash interrupted before their job was there. */
  resume(): Promise<void>
}

export interface KeyOfficeDependencies {
  databases: Databases
  keyProvider: KeyProvider
  vault: Vault
  now(): Date
  newJobId(): string
  /** Called after a job was enqueued. */
  onEnqueued(): void
}

/** A rotation takes as many attempts as it takes. */
const ATTEMPTS = 1_000_000

export function createKeyOffice(dependencies: KeyOfficeDependencies): KeyOffice {
  const { databases, keyProvider, vault, now } = dependencies
  const { control } = databases
  const reader = tenantKeyReader(control.read)

  async function enqueueRewrap(organizationId: string): Promise<void> {
    const active = await activeKey(organizationId)
    const { storage } = await sealedHomeOf(databases, organizationId)
    const id = dependencies.newJobId()
    const dedupeKey = `${REWRAP_JOB}:${active.version}`
    const job = { id, organizationId, kind: REWRAP_JOB, payload: {}, dedupeKey, runAt: now(), maxAttempts: ATTEMPTS }
    await storage.write((tx) => enqueueJob(tx, job))
    dependencies.onEnqueued()
  }

  async function activeKey(organizationId: string): Promise<TenantKeyRow> {
    const rows = await tenantKeyReader(ownedBy(organizationId, control).read).ofOrganization(organizationId)
    const active = rows.find(({ kind, state }) => kind === 'data' && state === 'active')
    if (active) return active
    throw new Error(`Organization ${organizationId} has no keys.`)
  }

  return {
    status: () => statusOf(databases, keyProvider),

    rotateMaster: () => rotateMaster(dependencies),

    async rotateData(organizationId) {
      await sealedHomeOf(databases, organizationId)
      const { version: before } = await activeKey(organizationId)
      const version = before + 1
      const next = await newTenantKey(keyProvider, { organizationId, kind: 'data', version }, now().toISOString())
      const isMine = await ownedBy(organizationId, control).write(async (tx) => {
        if (!(await tenantKeyStore(tx).supersede(next))) return false
        await record(tx, now(), organizationId, 'key.rotated', { kind: 'data', before, after: version })
        return true
      })
      vault.forget(organizationId, 'rotated')
      if (!isMine) throw new Error(`The keys of organization ${organizationId} were changed at the same time.`)
      await enqueueRewrap(organizationId)
      return version
    },

    async organizations() {
      const active = (await reader.all()).filter(({ kind, state }) => kind === 'data' && state === 'active')
      return active.map(({ organizationId }) => organizationId)
    },

    destroy: (organizationId, name) => destroyKeys(dependencies, organizationId, name),

    async resume() {
      for (const organizationId of await reader.rotating()) await enqueueRewrap(organizationId)
    },
  }
}

async function rotateMaster({ databases, keyProvider, now }: KeyOfficeDependencies) {
  const reader = tenantKeyReader(databases.control.read)
  let kekId = await keyProvider.currentKek()
  if ((await reader.wrappedByOthers(kekId)).length === 0) kekId = await keyProvider.renewKek()
  let rewrapped = 0
  for (const row of await reader.wrappedByOthers(kekId)) {
    const fresh = await rewrapTenantKey(keyProvider, row)
    const isMine = await ownedBy(row.organizationId, databases.control).write(async (tx) => {
      if (!(await tenantKeyStore(tx).rewrapped(row, fresh.wrappedKey, fresh.kekId))) return false
      await record(tx, now(), row.organizationId, 'key.rewrapped', { kind: row.kind, version: row.version })
      return true
    })
    if (isMine) rewrapped += 1
  }
  return { kekId, rewrapped }
}

async function destroyKeys(dependencies: KeyOfficeDependencies, organizationId: string, name: string) {
  const { databases, vault, now } = dependencies
  const { control } = databases
  await refuseOtherName(control, organizationId, name)
  const mine = ownedBy(organizationId, control)
  await mine.write((tx) => tenantKeyStore(tx).overwrite(organizationId))
  const destroyed = await mine.write(async (tx) => {
    const count = await tenantKeyStore(tx).destroy(organizationId)
    if (count > 0) await record(tx, now(), organizationId, 'key.destroyed', { keys: count })
    return count
  })
  vault.forget(organizationId, 'destroyed')
  // The write-ahead log still holds the page as it was.
  if (control.kind === 'file') await control.read.all(sql`PRAGMA wal_checkpoint(TRUNCATE)`)
  return destroyed
}

function record(
  tx: Tx,
  at: Date,
  organizationId: string,
  action: string,
  data: Record<string, unknown>,
): Promise<void> {
  return appendControlAuditEvent(tx, organizationId, at, {
    action,
    actor: { type: 'system', id: 'command-line' },
    targetType: 'key',
    targetId: organizationId,
    outcome: 'succeeded',
    requestId: null,
    data,
  })
}

async function refuseOtherName({ read }: Storage, organizationId: string, name: string): Promise<void> {
  const isPerson = organizationId.startsWith('usr_')
  const [found] = isPerson
    ? await read.select({ name: users.email }).from(users).where(eq(users.id, organizationId))
    : await read.select({ name: organizations.name }).from(organizations).where(eq(organizations.id, organizationId))
  const owner = `${isPerson ? 'person' : 'organization'} ${organizationId}`
  if (found === undefined) throw new Error(`There is no ${owner}.`)
  if (found.name !== name) throw new Error(`The ${owner} is not called that. Nothing was destroyed.`)
}

async function statusOf(databases: Databases, keyProvider: KeyProvider): Promise<KeyStatus> {
  const reader = tenantKeyReader(databases.control.read)
  const keys = (await reader.all()).map(({ organizationId, kind, version, state, sealCount, kekId, createdAt }) => {
    return { organizationId, kind, version, state, sealCount, kekId, createdAt }
  })
  const rotating: KeyStatus['rotating'] = []
  for (const organizationId of await reader.rotating()) {
    const active = keys.find(
      (key) => key.organizationId === organizationId && key.kind === 'data' && key.state === 'active',
    )
    const left = await countOutdated(
      await sealedHomeOf(databases, organizationId),
      organizationId,
      active?.version ?? 0,
    )
    rotating.push({ organizationId, left })
  }
  return { kekId: await keyProvider.currentKek(), keys, rotating }
}
