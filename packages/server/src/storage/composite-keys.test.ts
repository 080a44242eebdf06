import { sql } from 'drizzle-orm'
import { expect, onTestFinished, test } from 'vitest'
import { applyMigrations, readMigrations } from './migrate.ts'
import { byHand } from './testing/by-hand.ts'
import { type Home, startHome } from './testing/home.ts'
import type { Storage } from './transaction.ts'

/** Keys that do not name the organization, and why nothing of another can be reached through them. */
const EXEMPT: Record<string, string> = {
  'main audit_events (seq)': 'the place in the log of the whole database, which its checkpoints sign',
  'main audit_events (id)': 'made by us of the owner, the place in its chain and the hash before',
  'control control_audit_events (seq)': 'the place in the log of the whole database, which its checkpoints sign',
  'control control_audit_events (id)': 'made by us of the owner, the place in its chain and the hash before',
  'control api_keys (id)': 'a request shows it before its organization is known',
  'control access_tokens (id)': 'a request shows it before its organization is known',
  'control access_tokens (api_key_id) -> api_keys': 'the trigger access_tokens_of_their_key holds them together',
  'control embed_sessions (id)': 'a request shows it before its organization is known',
  'control embed_sessions (api_key_id) -> api_keys': 'the trigger embed_sessions_of_their_key holds them together',
}

/** Tables of a tenant database without an owner. */
const OF_NOBODY = ['main schema_migrations']

async function freshHome(): Promise<Home> {
  const home = await startHome()
  onTestFinished(() => home.close())
  return home
}

interface Column {
  name: string
  pk: number
}

async function keysOf(storage: Storage, database: string) {
  const read = byHand(storage).read
  const found: { place: string; isOwned: boolean }[] = []
  const ofNobody: string[] = []
  const tables = await read.all<{ name: string; type: string }>(
    sql`SELECT name, type FROM sqlite_schema WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite_%'`,
  )
  const columnsOf = (table: string) => read.all<Column>(sql`SELECT name, pk FROM pragma_table_info(${table})`)
  const ownerOf = async (table: string) =>
    (await columnsOf(table)).find(({ name }) => name === 'organization_id' || name === 'owner_id')?.name
  for (const { name: table } of tables) {
    const owner = await ownerOf(table)
    if (owner === undefined) {
      ofNobody.push(`${database} ${table}`)
      continue
    }
    const note = (columns: string[], suffix = '', isOwned = columns.includes(owner)) =>
      found.push({ place: `${database} ${table} (${columns.join(', ')})${suffix}`, isOwned })
    const primary = (await columnsOf(table)).filter(({ pk }) => pk > 0)
    if (primary.length > 0) note(primary.map(({ name }) => name))
    for (const index of await read.all<{ name: string }>(
      sql`SELECT name FROM pragma_index_list(${table}) WHERE "unique" = 1`,
    )) {
      const parts = await read.all<{ name: string }>(sql`SELECT name FROM pragma_index_info(${index.name})`)
      note(parts.map(({ name }) => name))
    }
    const references = await read.all<{ id: number; table: string; from: string; to: string }>(
      sql`SELECT id, "table", "from", "to" FROM pragma_foreign_key_list(${table}) ORDER BY id, seq`,
    )
    for (const pairs of Map.groupBy(references, ({ id }) => id).values()) {
      const target = pairs[0]?.table ?? ''
      const theirs = await ownerOf(target)
      const isOwned = theirs === undefined || pairs.some(({ from, to }) => from === owner && to === theirs)
      note(
        pairs.map(({ from }) => from),
        ` -> ${target}`,
        isOwned,
      )
    }
  }
  return { found, ofNobody }
}

test('every key and every reference of rows of tenants carries the organization', async () => {
  const databases = await (await freshHome()).open()
  onTestFinished(() => databases.close())
  const [main] = databases.tenants()
  if (main === undefined) throw new Error('there is a tenant database')
  const [ofMain, ofControl] = [await keysOf(main, 'main'), await keysOf(databases.control, 'control')]
  const all = [...ofMain.found, ...ofControl.found]
  expect(all.length).toBeGreaterThan(30)
  const without = all.filter(({ isOwned }) => !isOwned).map(({ place }) => place)
  expect([...new Set(without)].sort()).toEqual(Object.keys(EXEMPT).sort())
  expect(ofMain.ofNobody).toEqual(OF_NOBODY)
})

const CONTROL = readMigrations(new URL('../../migrations/control/', import.meta.url))
const BEFORE = CONTROL.filter(({ name }) => name < '0040')

/** A control database as it was, with a session of a platform's key and one of an organization's own. */
async function earlierDatabase() {
  const storage = await (await freshHome()).openOne('control')
  onTestFinished(() => storage.close())
  await applyMigrations(storage, BEFORE)
  const control = byHand(storage)
  await control.write(async (tx) => {
    await tx.run(sql`INSERT INTO platforms VALUES ('plt_1', 'P', '2026'), ('plt_2', 'Q', '2026')`)
    await tx.run(sql`INSERT INTO organizations (id, platform_id, name, created_at)
      VALUES ('org_1', 'plt_1', 'A', '2026'), ('org_2', 'plt_2', 'B', '2026')`)
    await tx.run(sql`INSERT INTO api_keys (id, platform_id, organization_id, name, scopes, secret_hash, created_at, expires_at)
      VALUES ('key_p', 'plt_1', NULL, '', '[]', x'00', '2026', '2099'), ('key_o', NULL, 'org_1', '', '[]', x'00', '2026', '2099')`)
  })
  await addSession(control, 'ems_p', 'plt_1', 'org_1', 'key_p')
  await addSession(control, 'ems_o', null, 'org_1', 'key_o')
  return { storage, control }
}

const addSession = (control: Storage, id: string, platform: string | null, organization: string, key: string) =>
  control.write((tx) =>
    tx.run(sql`INSERT INTO embed_sessions (id, platform_id, organization_id, api_key_id, end_user_id, end_user_name,
      scopes, allowed_origins, secret_hash, created_at, expires_at)
      VALUES (${id}, ${platform}, ${organization}, ${key}, 'u', 'U', '[]', '[]', x'00', '2026', '2027')`),
  )

test('a database from before keeps its sessions, and takes none for an organization that the key cannot work in', async () => {
  const { storage, control } = await earlierDatabase()
  await applyMigrations(storage, CONTROL)
  const kept = await control.read.all<{ id: string }>(sql`SELECT id FROM embed_sessions ORDER BY id`)
  expect(kept.map(({ id }) => id)).toEqual(['ems_o', 'ems_p'])
  await addSession(control, 'ems_new', 'plt_1', 'org_1', 'key_p')
  const because = (text: string) => ({ cause: { message: expect.stringContaining(text) } })
  for (const [platform, organization, key] of [
    ['plt_1', 'org_2', 'key_p'],
    [null, 'org_2', 'key_o'],
    ['plt_2', 'org_1', 'key_p'],
    [null, 'org_1', 'key_p'],
  ] as const) {
    const foreign = addSession(control, 'ems_x', platform, organization, key)
    await expect(foreign).rejects.toMatchObject(because('a session belongs to'))
  }
  for (const [table, column, why] of [
    ['embed_sessions', 'organization_id', 'a session stays'],
    ['api_keys', 'organization_id', 'a key stays'],
    ['organizations', 'platform_id', 'an organization stays'],
  ] as const) {
    const moved = control.write((tx) =>
      tx.run(sql`UPDATE ${sql.identifier(table)} SET ${sql.identifier(column)} = NULL`),
    )
    await expect(moved).rejects.toMatchObject(because(why))
  }
})

test('a database that holds a session of a foreign key is not taken over silently', async () => {
  const { storage, control } = await earlierDatabase()
  await addSession(control, 'ems_x', 'plt_1', 'org_2', 'key_p')
  await expect(applyMigrations(storage, CONTROL)).rejects.toMatchObject({
    cause: { message: expect.stringContaining('count = 0') },
  })
  expect((await control.read.all(sql`SELECT id FROM embed_sessions`)).length).toBe(3)
})
