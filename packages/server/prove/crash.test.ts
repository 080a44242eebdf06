import { sql } from 'drizzle-orm'
import { expect, onTestFinished, test } from 'vitest'
import { SEALED_VALUES } from '../src/keys/testing/sealed-world.ts'
import { byHand } from '../src/storage/testing/by-hand.ts'
import { startHome, testLayout } from '../src/storage/testing/home.ts'
import { checkCrashed, openCrashed, SLOWER_ON_SERVERS, writeUnit } from './crash/unit.ts'
import { defaults, prove } from './crash.ts'

/** A server keeps the lock of a process that is gone for a while. */
const ROUNDS_ON_SERVERS = 20

test('after kill -9 at any moment, also of a key rotation, no acknowledged write is lost, half there or unreadable', {
  timeout: 300_000,
}, async () => {
  const rounds = testLayout() === 'files' ? defaults.rounds : ROUNDS_ON_SERVERS
  const { figures, breaches } = await prove({ rounds, seed: 20_261_121, log: () => {} })
  expect(breaches).toEqual([])
  expect(figures).toMatchObject({ rounds, lost: 0, halfTransactions: 0, undecryptable: 0 })
  // How many there are is a matter of how busy the machine is; that there are enough to lose one is not.
  expect(figures['acknowledged'], 'commits that could be lost').toBeGreaterThan(rounds / 2)
  if (rounds === defaults.rounds) expect(figures['rotations'], 'keys were rotated to the end').toBeGreaterThan(10)
})

test('the check sees a lost unit, a half one, a moved value, a seal not counted and a broken chain', async () => {
  const home = await startHome()
  const world = await openCrashed(home.folder, testLayout() === 'files' ? 1 : SLOWER_ON_SERVERS)
  const { storage, databases } = world
  onTestFinished(async () => {
    await world.close()
    await home.close()
  })
  await writeUnit(world, 'a')
  await writeUnit(world, 'b')
  const sealed = { undecryptable: 0, opened: 2 * SEALED_VALUES, undercounted: 0, rotations: 0 }
  const whole = { units: 2, counter: 2, events: 2, lost: [], ...sealed, chain: 'ok', file: 'ok' }
  expect(await checkCrashed(world, ['a', 'b'])).toEqual(whole)
  expect(await checkCrashed(world, ['a', 'b', 'c'])).toEqual({ ...whole, lost: ['c'] })
  await storage.write((tx) => tx.run(sql`DELETE FROM crash_units WHERE id = 'b'`))
  expect(await checkCrashed(world, ['a', 'b'])).toEqual({ ...whole, units: 1, lost: ['b'] })
  await byHand(storage).write((tx) =>
    tx.run(sql`UPDATE recipients SET account_number = routing_number WHERE id = 'rcp_a'`),
  )
  expect((await checkCrashed(world, ['a'])).undecryptable).toBe(1)
  await byHand(databases.control).write((tx) =>
    tx.run(sql`UPDATE tenant_keys SET enc_count = ${2 * SEALED_VALUES - 1}`),
  )
  expect((await checkCrashed(world, ['a'])).undercounted).toBe(1)
  await byHand(storage).write(async (tx) => {
    await tx.run(sql`DROP TRIGGER audit_events_no_update`)
    await tx.run(sql`UPDATE audit_events SET target_id = 'c' WHERE seq = 1`)
  })
  expect((await checkCrashed(world, ['a'])).chain).toContain('event 1')
})
