import { ownedBy } from '../storage/owned-by.ts'
import type { Job, JobOutcome } from '../jobs/job.ts'
import type { Lease } from '../jobs/lease.ts'
import { appendControlAuditEvent } from '../audit/audit.ts'
import type { Databases } from '../storage/directory.ts'
import type { Storage } from '../storage/transaction.ts'
import { tenantKeyReader, tenantKeyStore } from '../vault/store.ts'
import { HELD_MS, type OrganizationVault, type Vault } from '../vault/vault.ts'
import type { SealedTable } from './sealed-cells.ts'
import { type SealedHome, sealedHomeOf } from './sealed-home.ts'
import { replaceSealed, type SealedRow, sealedReader } from './sealed-store.ts'

export const REWRAP_JOB = 'keys.rewrap'

/** Nobody seals with the key before any more when so long has gone by since the new one was made. */
const RETIRE_AFTER_MS = HELD_MS + 5 * 60 * 1000
const LOOK_AGAIN_MS = 60_000

export interface RewrapDependencies {
  databases: Databases
  vault: Vault
  now(): Date
  /** How long older keys still open after a rotation; 20 minutes unless told. */
  retireAfterMs?: number
}

/** Values of an owner of keys that are sealed with an older data key than this one. */
export async function countOutdated(home: SealedHome, ownerId: string, version: number): Promise<number> {
  let count = 0
  for (const sealed of home.tables) {
    count += await sealedReader(home.storage.read, ownerId, sealed).countOutdated(version)
  }
  return count
}

/**
 * The job after a rotation: seals every value with the newest data key, and retires the older keys when none is left
 * and nobody can hold them any more. Killed at any moment it goes on where it was, because it looks for old values.
 */
export function createRewrapHandlers(dependencies: RewrapDependencies) {
  const { databases, vault, now, retireAfterMs = RETIRE_AFTER_MS } = dependencies
  const { control } = databases

  async function rewrap({ organizationId }: Job, lease: Lease): Promise<JobOutcome> {
    const rows = await tenantKeyReader(ownedBy(organizationId, control).read).ofOrganization(organizationId)
    const active = rows.find(({ kind, state }) => kind === 'data' && state === 'active')
    if (!active) return { done: true }
    const home = await sealedHomeOf(databases, organizationId)
    const retireAt = Date.parse(active.createdAt) + retireAfterMs
    const startedAt = now().getTime()
    for (const sealed of home.tables) await rewrapTable(home.storage, vault, organizationId, sealed, lease)
    if (startedAt < retireAt) {
      return { retryAt: new Date(retireAt), error: 'The older keys are still in use.' }
    }
    const left = await countOutdated(home, organizationId, active.version)
    if (left > 0) return { retryAt: new Date(startedAt + LOOK_AGAIN_MS), error: `${left} values are left.` }
    await retire(organizationId, active.version)
    return { done: true }
  }

  async function retire(organizationId: string, version: number): Promise<void> {
    await ownedBy(organizationId, control).write(async (tx) => {
      const retired = await tenantKeyStore(tx).retireBefore(organizationId, version)
      if (retired.length === 0) return
      await appendControlAuditEvent(tx, organizationId, now(), {
        action: 'key.retired',
        actor: { type: 'system', id: REWRAP_JOB },
        targetType: 'key',
        targetId: organizationId,
        outcome: 'succeeded',
        requestId: null,
        data: { kind: 'data', versions: retired, inUse: version },
      })
    })
    vault.forget(organizationId, 'rotated')
  }

  return { [REWRAP_JOB]: rewrap }
}

async function rewrapTable(
  storage: Storage,
  vault: Vault,
  organizationId: string,
  sealed: SealedTable,
  lease: Lease,
): Promise<void> {
  let after = ''
  for (;;) {
    const keys = await vault.forOrganization(organizationId, { seals: sealed.batch * sealed.columns.length })
    const last = await storage.write(async (tx) => {
      await lease.assertHeld(tx)
      const rows = await sealedReader(tx, organizationId, sealed).outdated(keys.version, after)
      if (rows.length === 0) return null
      const fresh = rows.map((row) => resealed(keys, sealed, row))
      await replaceSealed(tx, organizationId, sealed, fresh)
      const written = await sealedReader(tx, organizationId, sealed).find(rows.map(({ row }) => row))
      verify(keys, sealed, fresh, written)
      return rows.at(-1)?.row ?? null
    })
    if (last === null) return
    after = last
  }
}

function resealed(keys: OrganizationVault, { table }: SealedTable, { row, cells }: SealedRow): SealedRow {
  const fresh = [...cells].map(([column, bytes]) => [column, keys.reseal({ table, column, row }, bytes)] as const)
  return { row, cells: new Map(fresh) }
}

/** What lies in the database now is what was sealed, and opens. */
function verify(
  keys: OrganizationVault,
  { table }: SealedTable,
  fresh: readonly SealedRow[],
  written: readonly SealedRow[],
): void {
  const found = new Map(written.map(({ row, cells }) => [row, cells]))
  for (const { row, cells } of fresh) {
    for (const [column, bytes] of cells) {
      const there = found.get(row)?.get(column)
      if (!there || Buffer.compare(there, bytes) !== 0) {
        throw new Error(`A value of ${table}.${column} was not stored as it was sealed anew.`)
      }
      keys.open({ table, column, row }, there).fill(0)
    }
  }
}
