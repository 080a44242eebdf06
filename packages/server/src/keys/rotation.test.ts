import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { expect, onTestFinished, test } from 'vitest'
import { controlAuditEventStore } from '../audit/audit.ts'
import { SealedWithNewerKey } from '../vault/envelope.ts'
import { KeyUnavailable } from '../vault/key-provider.ts'
import { openLocalKeyFile } from '../vault/local-key-file.ts'
import { openTextWith } from '../vault/posted-keys.ts'
import { tenantKeyReader } from '../vault/store.ts'
import { createVault, EnvelopeRefused, type OrganizationVault } from '../vault/vault.ts'
import { startHome } from '../storage/testing/home.ts'
import { SEALED_TABLES, SEALED_TABLES_OF_PEOPLE } from './sealed-cells.ts'
import {
  addSealedRows,
  addSealedSeed,
  type Cell,
  openCell,
  openSealedWorld,
  textOf,
  versionOf,
  type WorldOptions,
  SEALED_VALUES,
} from './testing/sealed-world.ts'

const MINUTE = 60_000

async function freshWorld(options: Partial<WorldOptions> = {}) {
  const home = await startHome()
  const dataFolder = home.folder
  let time = Date.parse('2026-11-21T10:00:00Z')
  const open = (more: Partial<WorldOptions> = {}) =>
    openSealedWorld({ dataFolder, now: () => new Date(time), ...options, ...more })
  const world = await open()
  onTestFinished(async () => {
    await world.close()
    await home.close()
  })
  for (const id of ['org_1', 'org_2']) await world.addOrganization(id)
  const add = async (organizationId: string, suffix: string) => {
    const keys = await world.vault.forOrganization(organizationId)
    await world.storage.write((tx) => addSealedRows(tx, keys, suffix))
    return keys
  }
  const states = async (organizationId: string) => {
    const rows = await tenantKeyReader(world.control.read).ofOrganization(organizationId)
    return rows.filter(({ kind }) => kind === 'data').map(({ state }) => state)
  }
  const work = async () => {
    while (await world.worker.runOnce());
  }
  return { ...world, world, home, dataFolder, open, add, states, work, pass: (ms: number) => (time += ms) }
}

async function expectAllOpen(keys: OrganizationVault, world: { cells(): Promise<Cell[]> }) {
  const cells = (await world.cells()).filter(({ organizationId }) => organizationId === keys.organizationId)
  for (const cell of cells) expect(openCell(keys, cell)).toBe(textOf(cell.table, cell.column, cell.row))
  return cells
}

test('every column that holds bytes is either in the list of sealed values or known to hold none', async () => {
  const { storage, databases } = await freshWorld()
  const query = sql`SELECT m.name || '.' || c.name AS place FROM sqlite_schema m, pragma_table_info(m.name) c
    WHERE m.type = 'table' AND c.type = 'BLOB' ORDER BY place`
  const places = async (db: typeof storage) => (await db.read.all<{ place: string }>(query)).map(({ place }) => place)
  // The room of an entry holds zeros.
  const others =
    /\.(room|prev_hash|hash|\w*_index|fingerprint|secret_hash|code_hash|key_hash|nonce_hash|commitment|root|signature|public_key)$/
  const listed = (tables: typeof SEALED_TABLES) =>
    tables.flatMap(({ table, columns }) => columns.map((column) => `${table}.${column}`)).toSorted()
  expect((await places(storage)).filter((place) => !others.test(place))).toEqual(listed(SEALED_TABLES))
  const ofControl = (await places(databases.control)).filter((place) => !others.test(place))
  expect(ofControl).toEqual([...listed(SEALED_TABLES_OF_PEOPLE), 'tenant_keys.wrapped_key'])
})

test('a rotation seals every value anew, and then the old key opens nothing any more', async () => {
  const world = await freshWorld()
  const before = await world.add('org_1', 'a')
  await world.add('org_1', 'b')
  await world.add('org_2', 'c')
  const old = await world.cells()
  expect(await world.office.rotateData('org_1')).toBe(2)
  await world.work()
  const keys = await world.vault.forOrganization('org_1')
  const cells = await expectAllOpen(keys, world)
  expect(cells).toHaveLength(2 * SEALED_VALUES)
  expect(new Set(cells.map(versionOf))).toEqual(new Set([2]))
  expect(cells.map(({ bytes }) => bytes.length)).toEqual(
    old.filter(({ organizationId }) => organizationId === 'org_1').map(({ bytes }) => bytes.length),
  )
  expect(await world.states('org_1')).toEqual(['decrypt_only', 'active'])
  for (const cell of old.filter(({ organizationId }) => organizationId === 'org_1')) {
    expect(openCell(keys, cell), 'still opens: somebody may just have read it').toBe(openCell(before, cell))
  }

  world.pass(20 * MINUTE)
  await world.work()
  expect(await world.states('org_1')).toEqual(['retired', 'active'])
  const after = await world.vault.forOrganization('org_1')
  await expectAllOpen(after, world)
  for (const cell of old) expect(() => openCell(after, cell)).toThrow(EnvelopeRefused)
  expect(await world.states('org_2')).toEqual(['active'])
  await expectAllOpen(await world.vault.forOrganization('org_2'), world)
  expect(world.errors).toEqual([])
})

test('another process whose keys are from before a rotation says so once, and then has the new ones', async () => {
  const world = await freshWorld()
  await world.add('org_1', 'a')
  let elapsed = 0
  const keyProvider = openLocalKeyFile(world.dataFolder)
  const { control } = world
  const other = createVault({ control, keyProvider, now: () => new Date(), elapsedMs: () => elapsed })
  const before = await other.forOrganization('org_1')
  const posted = before.openingKeys('recipients', ['account_number'])
  await world.office.rotateData('org_1')
  const at = { table: 'recipients', column: 'account_number', row: 'rcp_1' }
  const sealed = (await world.vault.forOrganization('org_1')).seal(at, '123456789')
  const damaged = Uint8Array.from(sealed)
  damaged.set([0, 0, 0, 99], 2)

  elapsed = 2_000
  expect(() => openTextWith(posted, 'account_number', 'rcp_1', sealed)).toThrow(SealedWithNewerKey)
  expect(() => before.openText(at, sealed)).toThrow(KeyUnavailable)
  const after = await other.forOrganization('org_1')
  expect(after.openText(at, sealed).reveal()).toBe('123456789')
  expect(() => after.openText(at, damaged), 'no newer key than these').toThrow(EnvelopeRefused)
  await other.close()
})

async function withPerson() {
  const world = await freshWorld()
  await world.addPerson('usr_1')
  const before = await world.vault.forOrganization('usr_1')
  await world.control.write((tx) => addSealedSeed(tx, before, 'ata_1'))
  const work = async () => {
    while (await world.workerOfPeople.runOnce());
  }
  return { ...world, before, workOfPeople: work }
}

test('what is sealed for a person is sealed anew as well, and the old key retired', async () => {
  const world = await withPerson()
  const [old] = await world.cellsOfPeople()
  if (old === undefined) throw new Error('There is no sealed value of a person.')
  expect(await world.office.rotateData('usr_1')).toBe(2)
  expect((await world.office.status()).rotating).toEqual([{ organizationId: 'usr_1', left: 1 }])
  await world.workOfPeople()
  const keys = await world.vault.forOrganization('usr_1')
  const [fresh] = await world.cellsOfPeople()
  if (fresh === undefined) throw new Error('The sealed value is gone.')
  expect([versionOf(old), versionOf(fresh)]).toEqual([1, 2])
  expect(openCell(keys, fresh)).toBe(openCell(world.before, old))
  world.pass(20 * MINUTE)
  await world.workOfPeople()
  expect(await world.states('usr_1')).toEqual(['retired', 'active'])
  const after = await world.vault.forOrganization('usr_1')
  expect(() => openCell(after, old)).toThrow(EnvelopeRefused)
  expect(openCell(after, fresh)).toBe(textOf('authenticator_apps', 'seed', 'ata_1'))
  expect(world.errors).toEqual([])
})

test('the keys of a person are destroyed by their address, and nothing they sealed opens again', async () => {
  const world = await withPerson()
  const [cell] = await world.cellsOfPeople()
  if (cell === undefined) throw new Error('There is no sealed value of a person.')
  await expect(world.office.destroy('usr_1', 'usr_2@example.com')).rejects.toThrow('Nothing was destroyed')
  expect(await world.office.destroy('usr_1', 'usr_1@example.com')).toBe(2)
  expect(() => openCell(world.before, cell)).toThrow(KeyUnavailable)
  await expect(world.vault.forOrganization('usr_1')).rejects.toThrow(KeyUnavailable)
})

test('a seal of one person does not open for another, nor for an organization', async () => {
  const world = await withPerson()
  const [cell] = await world.cellsOfPeople()
  if (cell === undefined) throw new Error('There is no sealed value of a person.')
  await world.addPerson('usr_2')
  for (const owner of ['usr_2', 'org_1']) {
    const keys = await world.vault.forOrganization(owner)
    expect(() => openCell(keys, cell)).toThrow(EnvelopeRefused)
  }
})

test('who still holds the old key goes on sealing, and a later pass seals that anew too', async () => {
  const world = await freshWorld()
  const held = await world.add('org_1', 'a')
  await world.office.rotateData('org_1')
  await world.work()
  await world.storage.write((tx) => addSealedRows(tx, held, 'late'))
  expect((await world.cells()).map(versionOf)).toContain(1)
  expect((await world.office.status()).rotating).toEqual([{ organizationId: 'org_1', left: SEALED_VALUES }])
  world.pass(20 * MINUTE)
  await world.work()
  const keys = await world.vault.forOrganization('org_1')
  expect((await expectAllOpen(keys, world)).map(versionOf)).toEqual(Array.from({ length: 2 * SEALED_VALUES }, () => 2))
  expect(await world.states('org_1')).toEqual(['retired', 'active'])
  expect((await world.office.status()).rotating).toEqual([])
})

test('keys held longer than fifteen minutes seal nothing, so that no old version comes after the last pass', async () => {
  let elapsed = 0
  const world = await freshWorld({ elapsedMs: () => elapsed })
  const keys = await world.add('org_1', 'a')
  elapsed = 15 * MINUTE
  await world.storage.write((tx) => addSealedRows(tx, keys, 'b'))
  elapsed += 1
  await expect(world.storage.write((tx) => addSealedRows(tx, keys, 'c'))).rejects.toThrow('held too long')
})

test('a rotation in many batches takes every row, each of them once', async () => {
  const world = await freshWorld()
  const keys = await world.vault.forOrganization('org_1', { seals: 1_100 * SEALED_VALUES })
  for (const part of [0, 1]) {
    await world.storage.write(async (tx) => {
      for (let row = 0; row < 15; row++) await addSealedRows(tx, keys, `${part}${row + 10}`)
    })
  }
  const counted = async () =>
    (await world.office.status()).keys.find(({ kind, version }) => kind === 'data' && version === 2)
  await world.office.rotateData('org_1')
  await world.work()
  expect((await expectAllOpen(await world.vault.forOrganization('org_1'), world)).map(versionOf)).not.toContain(1)
  await world.vault.close()
  expect((await counted())?.sealCount).toBe(30 * SEALED_VALUES)
})

test('a value that does not open stops the rotation: the old key is not retired, and nothing is written over', async () => {
  const world = await freshWorld()
  await world.add('org_1', 'a')
  await world.storage.write((tx) =>
    tx.run(sql`UPDATE recipients SET account_number = (SELECT account_number FROM bank_accounts)`),
  )
  const before = await world.cells()
  await world.office.rotateData('org_1')
  world.pass(20 * MINUTE)
  await world.worker.runOnce()
  expect(world.errors).toHaveLength(1)
  expect(await world.cells()).toEqual(before)
  expect(await world.states('org_1')).toEqual(['decrypt_only', 'active'])
})

test('a value that is not stored as it was sealed anew is noticed in the same transaction', async () => {
  const world = await freshWorld()
  await world.add('org_1', 'a')
  const before = await world.cells()
  await world.storage.write((tx) =>
    tx.run(sql`CREATE TRIGGER keeps_old AFTER UPDATE ON recipients BEGIN
      UPDATE recipients SET account_number = OLD.account_number WHERE id = OLD.id; END`),
  )
  await world.office.rotateData('org_1')
  await world.worker.runOnce()
  expect(world.errors.map(String)).toEqual([
    'Error: A value of recipients.account_number was not stored as it was sealed anew.',
  ])
  expect(await world.cells()).toEqual(before)
})

test('of two rotations at once one is done and the other is told', async () => {
  const world = await freshWorld()
  await world.add('org_1', 'a')
  const ended = await Promise.allSettled([world.office.rotateData('org_1'), world.office.rotateData('org_1')])
  expect(ended.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  expect(ended.find(({ status }) => status === 'rejected')).toMatchObject({
    reason: { message: 'The keys of organization org_1 were changed at the same time.' },
  })
  expect(await world.states('org_1')).toEqual(['decrypt_only', 'active'])
})

test('keys of an organization that is in no directory are not rotated: its values could not be found', async () => {
  const world = await freshWorld()
  await world.vault.forOrganization('org_9')
  await expect(world.office.rotateData('org_9')).rejects.toThrow('no organization')
  expect(await world.states('org_9')).toEqual(['active'])
})

test('a crash between the new key and its job is made good at the next start', async () => {
  const world = await freshWorld()
  await world.add('org_1', 'a')
  await world.office.rotateData('org_1')
  await world.storage.write((tx) => tx.run(sql`DELETE FROM jobs`))
  await world.work()
  expect((await world.cells()).map(versionOf)).toContain(1)
  await world.office.resume()
  await world.office.resume()
  const [jobs] = await world.storage.read.all<{ count: number }>(sql`SELECT count(*) AS count FROM jobs`)
  expect(jobs?.count).toBe(1)
  await world.work()
  expect((await world.cells()).map(versionOf)).not.toContain(1)
})

test('a new master key wraps all keys anew and touches no value; the first file is not needed any more', async () => {
  const world = await freshWorld()
  for (const id of ['org_1', 'org_2']) await world.add(id, id)
  const cells = await world.cells()
  const first = await world.keyProvider.currentKek()
  const { kekId, rewrapped } = await world.office.rotateMaster()
  expect(kekId).not.toBe(first)
  expect(rewrapped).toBe(4)
  expect(new Set((await world.office.status()).keys.map((key) => key.kekId))).toEqual(new Set([kekId]))
  expect(await world.cells()).toEqual(cells)
  rmSync(join(world.dataFolder, `master-${first.slice('local-file:'.length)}.key`))
  await world.close()
  const again = await world.open()
  onTestFinished(again.close)
  await expectAllOpen(await again.vault.forOrganization('org_1'), again)
})

test('a change of the master key that was interrupted is finished before another one is made', async () => {
  const world = await freshWorld()
  for (const id of ['org_1', 'org_2']) await world.add(id, id)
  const second = await world.keyProvider.renewKek()
  expect(await world.office.rotateMaster()).toEqual({ kekId: second, rewrapped: 4 })
  expect((await world.office.rotateMaster()).kekId).not.toBe(second)
})

test('a destroyed organization opens nothing, at once and for ever, and its wrapped keys are in no file', async () => {
  const world = await freshWorld()
  const held = await world.add('org_1', 'a')
  await world.add('org_2', 'b')
  const cells = (await world.cells()).filter(({ organizationId }) => organizationId === 'org_1')
  const rows = await tenantKeyReader(world.control.read).ofOrganization('org_1')
  await expect(world.office.destroy('org_1', 'Name of org_2')).rejects.toThrow('is not called that')
  await expect(world.office.destroy('org_3', 'x')).rejects.toThrow('There is no organization org_3')
  expect(openCell(held, cells[0] as never)).toBe('recipients.routing_number of rc')
  expect(await world.office.destroy('org_1', 'Name of org_1')).toBe(2)
  for (const cell of cells) expect(() => openCell(held, cell)).toThrow(KeyUnavailable)
  expect(() => held.seal({ table: 't', column: 'c', row: 'r' }, 'x')).toThrow('destroyed')
  expect(() => held.blindIndex('x')).toThrow('destroyed')
  await expect(world.vault.forOrganization('org_1')).rejects.toThrow('destroyed')
  await expect(world.office.rotateData('org_1')).rejects.toThrow('has no keys')
  const path = world.home.file('control')
  // A server writes its log over when it is time to; a file is done with at once.
  const isFile = world.control.kind === 'file'
  for (const file of isFile
    ? [path, `${path}-wal`].map((one) => readFileSync(one))
    : [await world.home.atRest('control')]) {
    for (const { wrappedKey } of rows) expect(file.includes(wrappedKey ?? '-')).toBe(false)
  }
  await expectAllOpen(await world.vault.forOrganization('org_2'), world)
  expect(await world.office.destroy('org_1', 'Name of org_1'), 'nothing is left').toBe(0)
  const log = controlAuditEventStore(world.control.read, 'org_1')
  expect((await log.list({ limit: 9 })).map(({ action }) => action)).toEqual(['key.destroyed'])
})

test('every change of keys is one event in the log of its organization', async () => {
  const world = await freshWorld()
  await world.add('org_1', 'a')
  await world.office.rotateData('org_1')
  world.pass(20 * MINUTE)
  await world.work()
  await world.office.rotateMaster()
  await world.office.destroy('org_1', 'Name of org_1')
  const log = controlAuditEventStore(world.control.read, 'org_1')
  const actions = (await log.list({ limit: 20 })).map(({ action }) => action)
  const rewrapped = Array.from({ length: 3 }, () => 'key.rewrapped')
  expect(actions.toReversed()).toEqual(['key.rotated', 'key.retired', ...rewrapped, 'key.destroyed'])
  expect(await log.verify()).toMatchObject({ ok: true })
})

test('a generated file takes a newer seal of the same length and no other change', async () => {
  const world = await freshWorld()
  const keys = await world.add('org_1', 'a')
  const at = { table: 'generated_files', column: 'bytes', row: 'ach_a' }
  const same = keys.seal(at, textOf(at.table, at.column, at.row))
  const newer = Buffer.from(same)
  newer.writeUInt32BE(2, 2)
  const longer = Buffer.concat([newer, Buffer.alloc(1)])
  const change = (set: ReturnType<typeof sql>) =>
    world.storage.write((tx) => tx.run(sql`UPDATE generated_files SET ${set}`))
  for (const set of [
    sql`bytes = ${same}`,
    sql`bytes = ${longer}`,
    sql`bytes = ${newer}, sha256 = 'y'`,
    sql`bytes = ${newer}, size_bytes = 2`,
    sql`bytes = ${newer}, file_name = 'y'`,
  ]) {
    await expect(change(set)).rejects.toThrow()
  }
  await change(sql`bytes = ${newer}`)
})
