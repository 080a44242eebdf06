import { sql } from 'drizzle-orm'
import { expect, onTestFinished, test } from 'vitest'
import { applyMigrations, readMigrations } from '../storage/migrate.ts'
import { byHand } from '../storage/testing/by-hand.ts'
import { startHome } from '../storage/testing/home.ts'

const MEMBERS = [
  ['org_a', 'usr_2', 'administrator', '2026-01-02T00:00:00.000Z'],
  ['org_a', 'usr_1', 'administrator', '2026-01-02T00:00:00.000Z'],
  ['org_a', 'usr_3', 'viewer', '2026-01-01T00:00:00.000Z'],
  ['org_b', 'usr_1', 'administrator', '2026-03-01T00:00:00.000Z'],
  ['org_b', 'usr_3', 'administrator', '2026-02-01T00:00:00.000Z'],
  ['org_c', 'usr_2', 'approver', '2026-01-01T00:00:00.000Z'],
] as const

test('of each organization the one who administered it longest becomes its owner, and nobody else changes', async () => {
  const home = await startHome()
  const storage = byHand(await home.openOne('control'))
  onTestFinished(async () => {
    await storage.close()
    await home.close()
  })
  const all = readMigrations(new URL('../../migrations/control/', import.meta.url))
  await applyMigrations(
    storage,
    all.filter(({ name }) => name < '0060'),
  )
  const at = '2026-01-01T00:00:00.000Z'
  await storage.write(async (tx) => {
    for (const id of ['org_a', 'org_b', 'org_c']) {
      await tx.run(sql`INSERT INTO organizations (id, name, created_at) VALUES (${id}, ${id}, ${at})`)
    }
    for (const id of ['usr_1', 'usr_2', 'usr_3']) {
      await tx.run(sql`INSERT INTO users (id, email, name, created_at) VALUES (${id}, ${id}, ${id}, ${at})`)
    }
    for (const [organization, user, role, since] of MEMBERS) {
      await tx.run(
        sql`INSERT INTO members (organization_id, user_id, role, created_at)
            VALUES (${organization}, ${user}, ${role}, ${since})`,
      )
    }
  })
  await applyMigrations(storage, all)
  const rows = await storage.read.all(
    sql`SELECT organization_id AS organization, user_id AS user, role, created_at AS since FROM members`,
  )
  const owners = new Set(['org_a usr_1', 'org_b usr_3'])
  const expected = MEMBERS.map(([organization, user, role, since]) => ({
    organization,
    user,
    role: owners.has(`${organization} ${user}`) ? 'owner' : role,
    since,
  }))
  expect(new Set(rows.map((row) => JSON.stringify(row)))).toEqual(new Set(expected.map((row) => JSON.stringify(row))))
})
