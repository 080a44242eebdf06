import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { sql } from 'drizzle-orm'
import { expect, onTestFinished, test } from 'vitest'
import { byHand } from '../src/storage/testing/by-hand.ts'
import { checkCrashed, openCrashed, writeUnit } from './crash/unit.ts'
import { defaults, prove } from './crash.ts'

test('after kill -9 at any moment no acknowledged write is lost and none is there in part', {
  timeout: 300_000,
}, async () => {
  const { figures, breaches } = await prove({ ...defaults, seed: 20_261_121, log: () => {} })
  expect(breaches).toEqual([])
  expect(figures).toMatchObject({ rounds: 200, lost: 0, halfTransactions: 0 })
  expect(figures.acknowledged, 'several commits per round').toBeGreaterThan(400)
})

test('the check sees a lost unit, a half one and a broken chain', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'fistworks-'))
  const storage = await openCrashed(pathToFileURL(join(folder, 'main.db')).href)
  onTestFinished(async () => {
    await storage.close()
    rmSync(folder, { recursive: true, force: true })
  })
  await writeUnit(storage, 'a')
  await writeUnit(storage, 'b')
  const whole = { units: 2, counter: 2, events: 2, lost: [], chain: 'ok', file: 'ok' }
  expect(await checkCrashed(storage, ['a', 'b'])).toEqual(whole)
  expect(await checkCrashed(storage, ['a', 'b', 'c'])).toEqual({ ...whole, lost: ['c'] })
  await storage.write((tx) => tx.run(sql`DELETE FROM crash_units WHERE id = 'b'`))
  expect(await checkCrashed(storage, ['a', 'b'])).toEqual({ ...whole, units: 1, lost: ['b'] })
  await byHand(storage).write(async (tx) => {
    await tx.run(sql`DROP TRIGGER audit_events_no_update`)
    await tx.run(sql`UPDATE audit_events SET target_id = 'c' WHERE seq = 1`)
  })
  expect((await checkCrashed(storage, ['a'])).chain).toContain('event 1')
})
