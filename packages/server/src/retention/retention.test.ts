import { type SQL, sql } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import { byHand } from '../storage/testing/by-hand.ts'
import { startHome } from '../storage/testing/home.ts'
import type { Databases } from '../storage/directory.ts'
import type { Storage } from '../storage/transaction.ts'
import { createRetention } from './retention.ts'
import { BATCH, KEPT_DAYS, keysToForget } from './rules.ts'

const NOW = new Date('2026-11-23T15:00:00Z')
const daysAgo = (days: number) => new Date(NOW.getTime() - days * 86_400_000).toISOString()

let databases: Databases
let tenant: Storage
let control: Storage
beforeEach(async () => {
  const home = await startHome()
  databases = await home.open()
  const [first] = databases.tenants()
  if (first === undefined) throw new Error('There is no tenant database.')
  tenant = byHand(first)
  control = byHand(databases.control)
  return async () => {
    await databases.close()
    await home.close()
  }
})

const idsIn = async (storage: Storage, query: SQL) =>
  (await storage.read.all<{ id: string }>(query)).map(({ id }) => id)

test('deliveries of webhooks that came to their end go with their attempts, in parts; those that wait stay', async () => {
  const at = daysAgo(400)
  const kept = KEPT_DAYS.webhookDeliveries
  await tenant.write(async (tx) => {
    await tx.run(sql`INSERT INTO webhook_endpoints (organization_id, id, url, secret, state, failures, created_at)
      VALUES ('org_1', 'whe_1', 'https://hooks.example', x'00', 'enabled', 0, ${at})`)
    const add = async (id: string, state: string, createdAt: string) => {
      await tx.run(sql`INSERT INTO events (organization_id, sequence, id, type, object_type, object_id, about, at)
        VALUES ('org_1', (SELECT count(*) + 1 FROM events), ${id}, 'achFile.approved', 'achFile', 'ach_1', '{}', ${at})`)
      await tx.run(sql`INSERT INTO webhook_deliveries
          (organization_id, id, endpoint_id, event_id, event_type, state, round, tries, next_attempt_at, created_at)
        VALUES ('org_1', ${id}, 'whe_1', ${id}, 'achFile.approved', ${state}, 1, 1,
          ${state === 'waiting' ? at : null}, ${createdAt})`)
      await tx.run(sql`INSERT INTO webhook_attempts (organization_id, delivery_id, position, at, duration_ms)
        VALUES ('org_1', ${id}, 1, ${at}, 1)`)
    }
    for (let count = 0; count <= BATCH; count++) await add(`old${count}`, 'delivered', daysAgo(kept + 1))
    await add('failed', 'failed', daysAgo(kept + 1))
    await add('waits', 'waiting', daysAgo(kept + 1))
    await add('new', 'delivered', daysAgo(kept - 1))
  })
  const retention = createRetention(databases)
  expect(await retention.tick(NOW)).toBe(BATCH)
  expect(await retention.tick(NOW), 'there were more, so it goes on').toBe(2)
  expect(await retention.tick(NOW)).toBe(0)
  expect(await idsIn(tenant, sql`SELECT id FROM webhook_deliveries ORDER BY id`)).toEqual(['new', 'waits'])
  const attempts = sql`SELECT delivery_id AS id FROM webhook_attempts ORDER BY delivery_id`
  expect(await idsIn(tenant, attempts)).toEqual(['new', 'waits'])
  expect(await idsIn(tenant, sql`SELECT id FROM events`), 'events stay').toHaveLength(BATCH + 4)
})

test('keys of requests go, but none that keeps something from being made or sent twice', async () => {
  const operations = ['recipients.create', 'achFiles.create', 'achFiles.submit', 'submissions.retry', 'returns.retry']
  for (const storage of [tenant, control]) {
    await storage.write(async (tx) => {
      for (const [operation, days] of [...operations.map((one) => [one, 400] as const), ['new.one', 29] as const]) {
        await tx.run(sql`INSERT INTO idempotency_keys
            (owner_id, principal, operation, key, body_hash, status, response_body, created_at)
          VALUES ('org_1', 'p', ${operation}, 'k', 'h', 200, '{}', ${daysAgo(days)})`)
      }
    })
  }
  expect(await createRetention(databases).tick(NOW)).toBe(2)
  const left = sql`SELECT operation AS id FROM idempotency_keys ORDER BY operation`
  for (const storage of [tenant, control]) {
    expect(await idsIn(storage, left)).toEqual([...operations.slice(1), 'new.one'].toSorted())
  }
  expect(KEPT_DAYS.idempotencyKeys).toBeGreaterThanOrEqual(1)
})

test('keys that are kept for ever are not walked to find those that go', async () => {
  for (const { read } of [tenant, control]) {
    const asked = keysToForget(read, NOW).getSQL()
    const plan = await read.all<{ detail: string }>(sql`EXPLAIN QUERY PLAN ${asked}`)
    expect(plan.map(({ detail }) => detail)).toEqual([
      expect.stringMatching(/^SEARCH .* INDEX idempotency_keys_to_forget \(created_at<\?\)$/),
    ])
  }
})

test('what let somebody in goes when it has long ended; the last session of a person stays, and what is under way', async () => {
  await control.write(async (tx) => {
    const secret = sql`x'00'`
    await tx.run(
      sql`INSERT INTO users (id, email, name, created_at) VALUES ('usr_1', 'a@b.example', 'A', ${daysAgo(900)})`,
    )
    const session = (id: string, createdAt: string, expiresAt: string) =>
      tx.run(sql`INSERT INTO portal_sessions (id, user_id, secret_hash, created_at, seen_at, expires_at)
        VALUES (${id}, 'usr_1', ${secret}, ${createdAt}, ${createdAt}, ${expiresAt})`)
    await session('old', daysAgo(200), daysAgo(199))
    await session('raised', daysAgo(200), daysAgo(199))
    await session('last', daysAgo(150), daysAgo(149))
    await tx.run(sql`INSERT INTO passkey_challenges (session_id, purpose, challenge, expires_at)
      VALUES ('old', 'stepUp', 'c', ${daysAgo(199)})`)
    for (const [id, days] of [
      ['sic_old', 2],
      ['sic_new', 0],
    ] as const) {
      await tx.run(sql`INSERT INTO sign_in_codes (id, email, code_hash, created_at, expires_at)
        VALUES (${id}, 'a@b.example', ${secret}, ${daysAgo(days)}, ${daysAgo(days)})`)
    }
    await tx.run(sql`INSERT INTO organizations (id, name, created_at) VALUES ('org_1', 'Bakery', ${daysAgo(900)})`)
    await tx.run(sql`INSERT INTO api_keys (id, organization_id, owner_id, name, scopes, secret_hash, created_at, expires_at)
      VALUES ('key_1', 'org_1', 'org_1', 'K', '[]', ${Buffer.alloc(32)}, ${daysAgo(900)}, ${daysAgo(0)})`)
    for (const [id, days] of [
      ['emb_old', 181],
      ['emb_raised', 181],
      ['emb_new', 179],
    ] as const) {
      await tx.run(sql`INSERT INTO embed_sessions (id, organization_id, api_key_id, end_user_id, end_user_name, scopes,
          allowed_origins, secret_hash, created_at, expires_at)
        VALUES (${id}, 'org_1', 'key_1', 'u', 'U', '[]', '[]', ${secret}, ${daysAgo(days)}, ${daysAgo(days)})`)
    }
    for (const [embed, days] of [
      ['emb_old', 100],
      ['emb_raised', 29],
    ] as const) {
      await tx.run(sql`INSERT INTO embed_raises (organization_id, embed_session_id, secret_hash, user_id,
          portal_session_id, scopes, created_at, expires_at)
        VALUES ('org_1', ${embed}, ${secret}, 'usr_1', ${embed === 'emb_old' ? 'old' : 'raised'}, '[]', ${daysAgo(days)}, ${daysAgo(days)})`)
    }
    for (const [id, days] of [
      ['tok_old', 31],
      ['tok_new', 29],
    ] as const) {
      await tx.run(sql`INSERT INTO access_tokens (id, owner_id, api_key_id, scopes, secret_hash, created_at, expires_at)
        VALUES (${id}, 'org_1', 'key_1', '[]', ${Buffer.alloc(32)}, ${daysAgo(days)}, ${daysAgo(days)})`)
    }
  })
  await createRetention(databases).tick(NOW)
  expect(await idsIn(control, sql`SELECT id FROM portal_sessions ORDER BY id`)).toEqual(['last', 'raised'])
  expect(await idsIn(control, sql`SELECT id FROM sign_in_codes`)).toEqual(['sic_new'])
  expect(await idsIn(control, sql`SELECT id FROM embed_sessions ORDER BY id`)).toEqual(['emb_new', 'emb_raised'])
  expect(await idsIn(control, sql`SELECT id FROM access_tokens`)).toEqual(['tok_new'])
})

test('while nothing is to be done it rests for an hour', async () => {
  const retention = createRetention(databases)
  await retention.tick(NOW)
  const add = sql`INSERT INTO sign_in_codes (id, email, code_hash, created_at, expires_at)
    VALUES ('sic_1', 'a@b.example', x'00', ${daysAgo(9)}, ${daysAgo(9)})`
  await control.write((tx) => tx.run(add))
  expect(await retention.tick(new Date(NOW.getTime() + 59 * 60_000))).toBe(0)
  expect(await retention.tick(new Date(NOW.getTime() + 60 * 60_000))).toBe(1)
})
