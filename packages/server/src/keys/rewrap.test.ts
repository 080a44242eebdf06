import { sql } from 'drizzle-orm'
import { expect, onTestFinished, test } from 'vitest'
import { controlAuditEventStore } from '../audit/audit.ts'
import { startHome } from '../storage/testing/home.ts'
import { type KeyProvider, KeyUnavailable } from '../vault/key-provider.ts'
import { openLocalKeyFile } from '../vault/local-key-file.ts'
import { tenantKeyReader } from '../vault/store.ts'
import { createKeyOffice } from './office.ts'
import { createRewrapHandlers } from './rewrap.ts'
import { addSealedRows, openSealedWorld, SEALED_VALUES, versionOf, type WorldOptions } from './testing/sealed-world.ts'

const START = Date.parse('2026-11-21T10:00:00Z')
const MINUTE = 60_000
const lease = { signal: new AbortController().signal, assertHeld: async () => {} }

/** Sealed values of two organizations, and the job of a rotation asked for by hand. */
async function freshRewrap(options: (dataFolder: string) => Partial<WorldOptions> = () => ({})) {
  const home = await startHome()
  const dataFolder = home.folder
  const clock = { time: START }
  const now = () => new Date(clock.time)
  const world = await openSealedWorld({ dataFolder, now, ...options(dataFolder) })
  onTestFinished(async () => {
    await world.close()
    await home.close()
  })
  for (const id of ['org_1', 'org_2']) {
    await world.addOrganization(id)
    const keys = await world.vault.forOrganization(id)
    await world.storage.write((tx) => addSealedRows(tx, keys, id))
  }
  const { 'keys.rewrap': rewrap } = createRewrapHandlers({ ...world, now })
  const job = { id: 'job_1', organizationId: 'org_1', kind: 'keys.rewrap', payload: {}, attempt: 1, maxAttempts: 1 }
  const rowsOf = (organizationId: string) => tenantKeyReader(world.control.read).ofOrganization(organizationId)
  const states = async () => (await rowsOf('org_1')).filter(({ kind }) => kind === 'data').map(({ state }) => state)
  const actions = async (organizationId: string) => {
    const list = await controlAuditEventStore(world.control.read, organizationId).list({ limit: 20 })
    return list.map(({ action }) => action).toReversed()
  }
  const run = (held = lease) => rewrap(job, held)
  return { world, clock, run, states, rowsOf, actions }
}

test('older keys are retired twenty minutes after the rotation, to the millisecond, and once', async () => {
  const { world, clock, run, states, actions } = await freshRewrap()
  await world.office.rotateData('org_1')
  const notYet = { retryAt: new Date(START + 20 * MINUTE), error: 'The older keys are still in use.' }
  expect(await run()).toEqual(notYet)
  clock.time = START + 20 * MINUTE - 1
  expect(await run()).toEqual(notYet)
  expect(await states()).toEqual(['decrypt_only', 'active'])
  clock.time += 1
  expect(await run()).toEqual({ done: true })
  expect(await states()).toEqual(['retired', 'active'])
  expect(await run(), 'after a crash before it was noted').toEqual({ done: true })
  expect(await actions('org_1')).toEqual(['key.rotated', 'key.retired'])
})

test('a value that is sealed with an older key during the last pass keeps that key for another minute', async () => {
  const { world, clock, run, states } = await freshRewrap()
  await world.storage.write(async (tx) => {
    await tx.run(sql`CREATE TABLE old AS SELECT routing_number FROM recipients WHERE organization_id = 'org_1'`)
    await tx.run(sql`CREATE TRIGGER late AFTER UPDATE ON generated_files BEGIN
      UPDATE recipients SET routing_number = (SELECT routing_number FROM old) WHERE organization_id = 'org_1'; END`)
  })
  await world.office.rotateData('org_1')
  clock.time += 20 * MINUTE
  expect(await run()).toEqual({ retryAt: new Date(clock.time + MINUTE), error: '1 values are left.' })
  expect(await states()).toEqual(['decrypt_only', 'active'])
  expect(await run()).toEqual({ done: true })
})

test('two rotations in a row end at the newest key, in each organization its own', async () => {
  const { world, clock, run, states, rowsOf } = await freshRewrap()
  expect(await world.office.rotateData('org_1')).toBe(2)
  expect(await world.office.rotateData('org_2')).toBe(2)
  expect(await world.office.rotateData('org_1')).toBe(3)
  expect(
    (await world.office.status()).rotating.toSorted((a, b) => (a.organizationId < b.organizationId ? -1 : 1)),
  ).toEqual([
    { organizationId: 'org_1', left: SEALED_VALUES },
    { organizationId: 'org_2', left: SEALED_VALUES },
  ])
  expect(await world.office.organizations()).toEqual(['org_1', 'org_2'])
  clock.time += 20 * MINUTE
  expect(await run()).toEqual({ done: true })
  expect(await states()).toEqual(['retired', 'retired', 'active'])
  const cells = await world.cells()
  const versions = (id: string) => [...new Set(cells.filter((cell) => cell.organizationId === id).map(versionOf))]
  expect([versions('org_1'), versions('org_2')]).toEqual([[3], [1]])
  expect((await rowsOf('org_2')).map(({ state }) => state)).toEqual(['active', 'decrypt_only', 'active'])
})

test('the keys of an organization that was destroyed need nothing more', async () => {
  const { world, run } = await freshRewrap()
  await world.office.rotateData('org_1')
  await world.office.destroy('org_1', 'Name of org_1')
  expect(await run()).toEqual({ done: true })
  expect(await world.office.organizations()).toEqual(['org_2'])
})

test('an organization with its index key only has nothing to rotate, and destroying that one key is logged', async () => {
  const { world, actions } = await freshRewrap()
  await world.control.write((tx) =>
    tx.run(sql`UPDATE tenant_keys SET state = 'destroyed', wrapped_key = NULL
      WHERE organization_id = 'org_2' AND kind = 'data'`),
  )
  expect(await world.office.organizations()).toEqual(['org_1'])
  expect(await world.office.destroy('org_2', 'Name of org_2')).toBe(1)
  expect(await actions('org_2')).toEqual(['key.destroyed'])
})

test('who works on jobs is told of the one of a rotation', async () => {
  const { world } = await freshRewrap()
  let told = 0
  const now = () => new Date(START)
  const office = createKeyOffice({ ...world, now, newJobId: () => 'job_9', onEnqueued: () => told++ })
  await office.rotateData('org_1')
  expect(told).toBe(1)
})

test('who lost the job changes nothing', async () => {
  const { world, run } = await freshRewrap()
  const before = await world.cells()
  await world.office.rotateData('org_1')
  const lost = { ...lease, assertHeld: () => Promise.reject(new Error('lost')) }
  await expect(run(lost)).rejects.toThrow('lost')
  expect(await world.cells()).toEqual(before)
})

test('keys that are destroyed while the master key changes stay destroyed', async () => {
  let meanwhile: (() => Promise<unknown>) | null = null
  const { world, rowsOf, actions } = await freshRewrap((dataFolder) => {
    const file = openLocalKeyFile(dataFolder)
    const wrap: KeyProvider['wrap'] = async (...given) => {
      const act = meanwhile
      meanwhile = null
      await act?.()
      return file.wrap(...given)
    }
    return { keyProvider: { ...file, wrap } }
  })
  meanwhile = () => world.office.destroy('org_2', 'Name of org_2')
  expect((await world.office.rotateMaster()).rewrapped).toBe(2)
  expect((await rowsOf('org_2')).map(({ wrappedKey }) => wrappedKey)).toEqual([null, null])
  expect(await actions('org_1')).toEqual(['key.rewrapped', 'key.rewrapped'])
  expect(await actions('org_2')).toEqual(['key.destroyed'])
  await expect(world.vault.forOrganization('org_2')).rejects.toThrow(KeyUnavailable)
})
