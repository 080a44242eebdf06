import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { sql } from 'drizzle-orm'
import { acrossTenants } from './on-behalf-of.ts'
import { splitStatements } from './split-statements.ts'
import type { Storage, Tx } from './transaction.ts'

export interface Migration {
  name: string
  script: string
}

/** The database and the program disagree about its history. */
export class MigrationRefused extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'MigrationRefused'
  }
}

/**
 * Brings a database up to date with the SQL files of its kind, each in one transaction of its own.
 * @throws MigrationRefused when an applied file was changed or is missing, rows would point at nothing, or a trigger
 * is not the one that was made
 */
export async function migrate(storage: Storage, kind: 'control' | 'tenant'): Promise<void> {
  await applyMigrations(storage, readMigrations(new URL(`../../migrations/${kind}/`, import.meta.url)))
}

/** The SQL files of a folder in the order of their numbers. */
export function readMigrations(folder: URL): Migration[] {
  return readdirSync(fileURLToPath(folder))
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .map((name) => ({ name, script: readFileSync(new URL(name, folder), 'utf8') }))
}

export async function applyMigrations(storage: Storage, migrations: readonly Migration[]): Promise<void> {
  await acrossTenants('migrate', () => applyAll(storage, migrations))
  await storage.watchTenantTables()
}

async function applyAll(storage: Storage, migrations: readonly Migration[]): Promise<void> {
  const odd = migrations.find(({ name }) => !/^\d{4}-[a-z0-9-]+\.sql$/.test(name))
  if (odd) throw new MigrationRefused(`Migration ${odd.name} must be named NNNN-what-it-does.sql.`)
  await storage.write((tx) =>
    tx.run(sql`CREATE TABLE IF NOT EXISTS schema_migrations (
      name TEXT NOT NULL PRIMARY KEY, sha256 TEXT NOT NULL, applied_at INTEGER NOT NULL) STRICT`),
  )
  await refuseUnknown(storage, migrations)
  for (const migration of migrations) await storage.write((tx) => applyOne(tx, migration))
  await verifyTriggers(storage, migrations)
}

/** Triggers keep the audit log from being rewritten; whoever takes one away or changes it is noticed at the next start. */
async function verifyTriggers(storage: Storage, migrations: readonly Migration[]): Promise<void> {
  const found = await storage.read.all<{ name: string; sql: string }>(
    sql`SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'`,
  )
  const fault = triggerFault(triggersOf(migrations), found)
  if (fault !== null) throw new MigrationRefused(fault)
}

/** The triggers that a database of this kind has, by name, as they were written. */
export function expectedTriggers(kind: 'control' | 'tenant'): ReadonlyMap<string, string> {
  return triggersOf(readMigrations(new URL(`../../migrations/${kind}/`, import.meta.url)))
}

/** What is wrong with the triggers of a database, or `null`. One too many can make a write vanish, so it counts too. */
export function triggerFault(
  wanted: ReadonlyMap<string, string>,
  found: readonly { name: string; sql: string }[],
): string | null {
  const there = new Map(found.map((trigger) => [trigger.name, trigger.sql]))
  const byHand = 'somebody worked on the database by hand'
  for (const [name, statement] of wanted) {
    if (there.get(name) !== statement) return `Trigger ${name} was changed or removed: ${byHand}.`
  }
  const strange = found.find(({ name }) => !wanted.has(name))
  return strange === undefined ? null : `Trigger ${strange.name} is none of ours: ${byHand}.`
}

function triggersOf(migrations: readonly Migration[]): Map<string, string> {
  const wanted = new Map<string, string>()
  for (const statement of migrations.flatMap(({ script }) => splitStatements(script))) {
    const created = /^CREATE TRIGGER (?!IF )(\w+)/i.exec(statement)?.[1]
    const dropped = /^DROP TRIGGER (?:IF EXISTS )?(\w+)/i.exec(statement)?.[1]
    if (created) wanted.set(created, statement)
    if (dropped) wanted.delete(dropped)
  }
  return wanted
}

async function refuseUnknown(storage: Storage, migrations: readonly Migration[]): Promise<void> {
  const names = new Set(migrations.map(({ name }) => name))
  const applied = await storage.read.all<{ name: string }>(sql`SELECT name FROM schema_migrations ORDER BY name`)
  const unknown = applied.find(({ name }) => !names.has(name))
  if (unknown) {
    throw new MigrationRefused(
      `The database has migration ${unknown.name}, which this program does not know: it is newer.`,
    )
  }
}

async function applyOne(tx: Tx, { name, script }: Migration): Promise<void> {
  const sha256 = createHash('sha256').update(script).digest('hex')
  const [applied] = await tx.all<{ sha256: string }>(sql`SELECT sha256 FROM schema_migrations WHERE name = ${name}`)
  if (applied) {
    if (applied.sha256 === sha256) return
    throw new MigrationRefused(`Migration ${name} was changed after it was applied; write a new one instead.`)
  }
  for (const statement of splitStatements(script)) {
    // oxlint-disable-next-line fistworks/no-raw-sql -- our own files, no value in them
    await tx.run(sql.raw(statement))
  }
  const [dangling] = await tx.all<{ table: string }>(sql`PRAGMA foreign_key_check`)
  if (dangling)
    throw new MigrationRefused(`After migration ${name} rows of ${dangling.table} point at rows that are not there.`)
  await tx.run(
    sql`INSERT INTO schema_migrations (name, sha256, applied_at) VALUES (${name}, ${sha256}, unixepoch('subsec') * 1000)`,
  )
}
