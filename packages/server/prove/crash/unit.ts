import { setImmediate as turn } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { appendAuditEvent, auditEventStore, controlAuditEventStore } from '../../src/audit/audit.ts'
import { type AuditLog, openAuditLog } from '../../src/audit/audit-log.ts'
import { checkpointFile, checkpointPath } from '../../src/audit/checkpoint-file.ts'
import { signerOf } from '../../src/audit/signed-note.ts'
import { auditEvents } from '../../src/audit/table.ts'
import { addSealedRows, openCell, openSealedWorld, textOf, versionOf } from '../../src/keys/testing/sealed-world.ts'
import { ownedBy } from '../../src/storage/owned-by.ts'
import { KeyUnavailable } from '../../src/vault/key-provider.ts'

/** What a new process finds. Units, counter and events are equal when no unit is there in part. */
export interface RunState {
  units: number
  counter: number
  events: number
  lost: string[]
  /** Sealed values that do not open, or open to something else. */
  undecryptable: number
  /** Sealed values that were looked at. */
  opened: number
  /** Data keys that were counted to have sealed less than lies there sealed with them. */
  undercounted: number
  /** Rotations that came to their end. */
  rotations: number
  chain: string
  file: string
}

const ORGANIZATION = 'org_crash'
/** Minutes made milliseconds, in the same order: kept, held, retired. */
const PACE = { keptMs: 20, heldMs: 80, retireAfterMs: 100, leaseMs: 150, heartbeatMs: 50 }

/** How much longer everything takes when each statement is a request to a server. */
export const SLOWER_ON_SERVERS = 5

/** Databases, keys and the job of a rotation, as the server has them. */
export async function openCrashed(dataFolder: string, slower = 1) {
  const pace = Object.fromEntries(Object.entries(PACE).map(([name, ms]) => [name, ms * slower]))
  const world = await openSealedWorld({ dataFolder, now: () => new Date(), ...pace })
  await world.storage.write(async (tx) => {
    await tx.run(sql`CREATE TABLE IF NOT EXISTS crash_units (id TEXT PRIMARY KEY) STRICT`)
    await tx.run(sql`CREATE TABLE IF NOT EXISTS crash_counter (value INTEGER NOT NULL) STRICT`)
    await tx.run(sql`INSERT INTO crash_counter (value) SELECT 0 WHERE NOT EXISTS (SELECT 1 FROM crash_counter)`)
  })
  await world.addOrganization(ORGANIZATION)
  return world
}

type Crashed = Awaited<ReturnType<typeof openCrashed>>

/** The log with its checkpoints beside it. @throws when what is there is not what was signed */
export function openCheckpoints({ storage }: Crashed, folder: string): Promise<AuditLog> {
  const signer = signerOf('crash/audit/main', Buffer.alloc(32, 1))
  const places = [checkpointFile(checkpointPath(folder, 'main'))]
  return openAuditLog({ name: 'main', db: storage.read, table: auditEvents, signer, places, onError: () => {} })
}

/** A unit of work as a room does it: rows with sealed values, something derived from them, and its audit event. */
export async function writeUnit(world: Crashed, id: string): Promise<void> {
  const keys = await world.vault.forOrganization(ORGANIZATION)
  const storage = await world.databases.tenantOf(ORGANIZATION)
  await storage.write(async (tx) => {
    await tx.run(sql`INSERT INTO crash_units (id) VALUES (${id})`)
    await tx.run(sql`UPDATE crash_counter SET value = value + 1`)
    await addSealedRows(tx, keys, id)
    await appendAuditEvent(tx, ORGANIZATION, new Date(), {
      action: 'unit.written',
      actor: { type: 'system', id: 'crash' },
      targetType: 'unit',
      targetId: id,
      outcome: 'succeeded',
      requestId: null,
    })
  })
}

/** Starts a rotation as soon as the one before is over, and now and then wraps the keys anew. */
export async function rotateOn(world: Crashed, turn: number): Promise<void> {
  const { rotating } = await world.office.status()
  if (rotating.length > 0) return
  if (turn % 3 === 0) await world.office.rotateMaster()
  else await world.office.rotateData(ORGANIZATION)
}

/** Keys held too long are asked for again. */
export async function untilSealed(work: () => Promise<void>): Promise<void> {
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof KeyUnavailable)) throw error
      await turn()
    }
  }
}

/** Everything that must hold after a crash. */
export async function checkCrashed(world: Crashed, acknowledged: readonly string[]): Promise<RunState> {
  const { read } = world.storage
  const found = await read.all<{ id: string }>(sql`SELECT id FROM crash_units`)
  const [counter] = await read.all<{ value: number }>(sql`SELECT value FROM crash_counter`)
  const [file] = await read.all<{ quick_check: string }>(sql`PRAGMA quick_check`)
  const chain = await auditEventStore((await world.databases.tenantOf(ORGANIZATION)).read, ORGANIZATION).verify()
  const { read: control } = ownedBy(ORGANIZATION, world.databases.control)
  const ofKeys = await controlAuditEventStore(control, ORGANIZATION).verify()
  const ids = new Set(found.map(({ id }) => id))
  return {
    units: ids.size,
    counter: counter?.value ?? 0,
    events: chain.ok ? chain.count : ids.size,
    lost: acknowledged.filter((id) => !ids.has(id)),
    ...(await checkSealed(world)),
    chain: !chain.ok ? `event ${chain.seq}: ${chain.why}` : ofKeys.ok ? 'ok' : `key event ${ofKeys.seq}: ${ofKeys.why}`,
    file: file?.quick_check ?? 'no answer',
  }
}

async function checkSealed(world: Crashed) {
  const vault = await world.vault.forOrganization(ORGANIZATION)
  const cells = await world.cells()
  const isWhole = (cell: (typeof cells)[number]) => {
    try {
      return openCell(vault, cell) === textOf(cell.table, cell.column, cell.row)
    } catch {
      return false
    }
  }
  const data = (await world.office.status()).keys.filter(({ kind }) => kind === 'data')
  const sealedWith = (version: number) => cells.filter((cell) => versionOf(cell) === version).length
  return {
    undecryptable: cells.filter((cell) => !isWhole(cell)).length,
    opened: cells.length,
    undercounted: data.filter(({ version, sealCount }) => sealCount < sealedWith(version)).length,
    rotations: data.filter(({ state }) => state === 'retired').length,
  }
}
