import { sql } from 'drizzle-orm'
import { expect, onTestFinished, test } from 'vitest'
import { applyMigrations, MigrationRefused, migrate } from './migrate.ts'
import { byHand } from './testing/by-hand.ts'
import { startHome } from './testing/home.ts'
import type { Storage } from './transaction.ts'

async function freshStorage(): Promise<Storage> {
  const home = await startHome()
  const storage = await home.openOne('main')
  onTestFinished(async () => {
    await storage.close()
    await home.close()
  })
  return storage
}

async function tables(storage: Storage): Promise<string[]> {
  const rows = await storage.read.all<{ name: string }>(
    sql`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name`,
  )
  return rows.map(({ name }) => name)
}

const first = { name: '0001-first.sql', script: 'CREATE TABLE a (id TEXT PRIMARY KEY) STRICT;' }
const second = { name: '0002-second.sql', script: 'CREATE TABLE b (a TEXT REFERENCES a (id)) STRICT;' }

test.each(['control', 'tenant'] as const)(
  'the %s migrations apply to an empty database, and a second start changes nothing',
  async (kind) => {
    const storage = await freshStorage()
    await migrate(storage, kind)
    const schema = () => storage.read.all(sql`SELECT name, sql FROM sqlite_schema ORDER BY name`)
    const before = await schema()
    await migrate(storage, kind)
    expect(await schema()).toEqual(before)
    const loose = await storage.read.all<{ name: string }>(
      sql`SELECT name FROM pragma_table_list WHERE type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite_%'`,
    )
    expect(loose, 'every table is STRICT').toEqual([])
  },
)

test('in a tenant database every key and reference of a tenant table begins with its organization', async () => {
  const storage = await freshStorage()
  await migrate(storage, 'tenant')
  const references = await storage.read.all<{ name: string; columns: string }>(
    sql`SELECT m.name, group_concat(f."from") AS columns FROM sqlite_schema m, pragma_foreign_key_list(m.name) f
        WHERE m.type = 'table' GROUP BY m.name, f.id`,
  )
  expect(references.filter(({ columns }) => !columns.split(',').includes('organization_id'))).toEqual([])
  const keys = await storage.read.all<{ name: string; columns: string }>(
    sql`SELECT m.name, group_concat(c.name) AS columns FROM sqlite_schema m, pragma_table_info(m.name) c
        WHERE m.type = 'table' AND c.pk > 0 GROUP BY m.name`,
  )
  const ownOrder = ['schema_migrations', 'audit_events', 'idempotency_keys']
  const shared = keys.filter(
    ({ name, columns }) => !columns.split(',').includes('organization_id') && !ownOrder.includes(name),
  )
  expect(shared).toEqual([])
})

test('migrations are applied in order, each once', async () => {
  const storage = await freshStorage()
  await applyMigrations(storage, [first])
  await applyMigrations(storage, [first, second])
  await applyMigrations(storage, [first, second])
  expect(await tables(storage)).toEqual(['a', 'b', 'schema_migrations'])
})

test('a file that was changed after it was applied is refused', async () => {
  const storage = await freshStorage()
  await applyMigrations(storage, [first])
  const changed = { ...first, script: `${first.script}\nCREATE TABLE c (x TEXT) STRICT;` }
  await expect(applyMigrations(storage, [changed])).rejects.toThrow('was changed after it was applied')
})

test('a database of a newer program is refused', async () => {
  const storage = await freshStorage()
  await applyMigrations(storage, [first, second])
  await expect(applyMigrations(storage, [first])).rejects.toThrow('0002-second.sql')
})

test('a migration that fails half way leaves nothing of itself', async () => {
  const storage = await freshStorage()
  const broken = { name: '0002-broken.sql', script: `${second.script} CREATE TABLE a (again TEXT);` }
  await expect(applyMigrations(storage, [first, broken])).rejects.toThrow()
  expect(await tables(storage)).toEqual(['a', 'schema_migrations'])
})

test('a migration that leaves a reference to nothing is refused', async () => {
  const storage = await freshStorage()
  const dangling = {
    name: '0003-dangling.sql',
    script: `CREATE TABLE c (a TEXT REFERENCES a (id) DEFERRABLE INITIALLY DEFERRED) STRICT;
      INSERT INTO c (a) VALUES ('nobody');`,
  }
  await expect(applyMigrations(storage, [first, second, dangling])).rejects.toThrow(MigrationRefused)
  expect(await tables(storage)).toEqual(['a', 'b', 'schema_migrations'])
})

test('a file without a number is refused by name', async () => {
  const storage = await freshStorage()
  await expect(applyMigrations(storage, [{ ...first, name: 'first.sql' }])).rejects.toThrow('NNNN-what-it-does.sql')
})

test('a guard of the audit log that was taken away by hand is noticed at the next start', async () => {
  const storage = await freshStorage()
  await migrate(storage, 'tenant')
  await storage.write((tx) => tx.run(sql`DROP TRIGGER audit_events_no_delete`))
  await expect(migrate(storage, 'tenant')).rejects.toThrow('by hand')
})

test('a guard of the audit log that was made harmless by hand is noticed at the next start', async () => {
  const storage = await freshStorage()
  await migrate(storage, 'tenant')
  await byHand(storage).write(async (tx) => {
    await tx.run(sql`DROP TRIGGER audit_events_no_delete`)
    await tx.run(sql`CREATE TRIGGER audit_events_no_delete BEFORE DELETE ON audit_events BEGIN SELECT 1; END`)
  })
  await expect(migrate(storage, 'tenant')).rejects.toThrow('audit_events_no_delete')
})

test('a trigger that a later migration takes away is not missed', async () => {
  const storage = await freshStorage()
  const made = { name: '0002-made.sql', script: 'CREATE TRIGGER t BEFORE DELETE ON a BEGIN SELECT 1; END;' }
  const history = [first, made, { name: '0003-gone.sql', script: 'DROP TRIGGER t;' }]
  await applyMigrations(storage, history)
  await expect(applyMigrations(storage, history)).resolves.toBeUndefined()
})
