import { sql } from 'drizzle-orm'
import { appendAuditEvent, auditEventStore } from '../../src/audit/audit.ts'
import { type AuditLog, openAuditLog } from '../../src/audit/audit-log.ts'
import { checkpointFile, checkpointPath } from '../../src/audit/checkpoint-file.ts'
import { signerOf } from '../../src/audit/signed-note.ts'
import { auditEvents } from '../../src/audit/table.ts'
import { migrate } from '../../src/storage/migrate.ts'
import { ownedBy } from '../../src/storage/owned-by.ts'
import { openStorage, type Storage } from '../../src/storage/transaction.ts'

/** What a new process finds. Units, counter and events are equal when no unit is there in part. */
export interface RunState {
  units: number
  counter: number
  events: number
  lost: string[]
  chain: string
  file: string
}

const ORGANIZATION = 'org_crash'

export async function openCrashed(url: string): Promise<Storage> {
  const storage = await openStorage({ url })
  await migrate(storage, 'tenant')
  await storage.write(async (tx) => {
    await tx.run(sql`CREATE TABLE IF NOT EXISTS crash_units (id TEXT PRIMARY KEY) STRICT`)
    await tx.run(sql`CREATE TABLE IF NOT EXISTS crash_counter (value INTEGER NOT NULL) STRICT`)
    await tx.run(sql`INSERT INTO crash_counter (value) SELECT 0 WHERE NOT EXISTS (SELECT 1 FROM crash_counter)`)
  })
  return storage
}

/** The log with its checkpoints beside it. @throws when what is there is not what was signed */
export function openCheckpoints(storage: Storage, folder: string): Promise<AuditLog> {
  const signer = signerOf('crash/audit/main', Buffer.alloc(32, 1))
  const places = [checkpointFile(checkpointPath(folder, 'main'))]
  return openAuditLog({ name: 'main', db: storage.read, table: auditEvents, signer, places })
}

/** A unit of work as a room does it: a row, something derived from it, and its audit event. */
export async function writeUnit(storage: Storage, id: string): Promise<void> {
  await ownedBy(ORGANIZATION, storage).write(async (tx) => {
    await tx.run(sql`INSERT INTO crash_units (id) VALUES (${id})`)
    await tx.run(sql`UPDATE crash_counter SET value = value + 1`)
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

/** Everything that must hold after a crash. */
export async function checkCrashed(storage: Storage, acknowledged: readonly string[]): Promise<RunState> {
  const found = await storage.read.all<{ id: string }>(sql`SELECT id FROM crash_units`)
  const [counter] = await storage.read.all<{ value: number }>(sql`SELECT value FROM crash_counter`)
  const [file] = await storage.read.all<{ quick_check: string }>(sql`PRAGMA quick_check`)
  const chain = await auditEventStore(ownedBy(ORGANIZATION, storage).read, ORGANIZATION).verify()
  const ids = new Set(found.map(({ id }) => id))
  return {
    units: ids.size,
    counter: counter?.value ?? 0,
    events: chain.ok ? chain.count : ids.size,
    lost: acknowledged.filter((id) => !ids.has(id)),
    chain: chain.ok ? 'ok' : `event ${chain.seq}: ${chain.why}`,
    file: file?.quick_check ?? 'no answer',
  }
}
