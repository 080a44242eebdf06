import { and, eq } from 'drizzle-orm'
import { expect, onTestFinished, test } from 'vitest'
import { migrate } from '../storage/migrate.ts'
import { byHand } from '../storage/testing/by-hand.ts'
import { startHome } from '../storage/testing/home.ts'
import { type KeyProvider, KeyUnavailable } from './key-provider.ts'
import { openLocalKeyFile } from './local-key-file.ts'
import { tenantKeys } from './table.ts'
import { ACCOUNT_NUMBER_BYTES, comparableNumber, createVault, EnvelopeRefused } from './vault.ts'

async function freshVault() {
  const home = await startHome()
  const control = byHand(await home.openOne('control'))
  onTestFinished(async () => {
    await control.close()
    await home.close()
  })
  await migrate(control, 'control')
  const file = openLocalKeyFile(home.folder)
  let unwraps = 0
  const keyProvider: KeyProvider = {
    ...file,
    unwrap: (...args) => {
      unwraps++
      return file.unwrap(...args)
    },
  }
  let time = Date.parse('2026-11-21T10:00:00Z')
  const options = { control, keyProvider, now: () => new Date(time) }
  return {
    control,
    vault: createVault(options),
    restart: () => createVault(options),
    unwraps: () => unwraps,
    pass: (ms: number) => (time += ms),
  }
}

const at = { table: 'recipients', column: 'account_number', row: 'rcp_1' }

test('what one process sealed, the next one opens', async () => {
  const { vault, restart } = await freshVault()
  const sealed = (await vault.forOrganization('org_1')).seal(at, '123456789', { padTo: 32 })
  expect((await restart().forOrganization('org_1')).openText(at, sealed).reveal()).toBe('123456789')
})

test('a sealed account number has 82 bytes, however long it is', async () => {
  const { vault } = await freshVault()
  const organization = await vault.forOrganization('org_1')
  const sizes = ['1', '12345678901234567'].map((text) => {
    return organization.seal(at, text, { padTo: ACCOUNT_NUMBER_BYTES }).length
  })
  expect(sizes).toEqual([82, 82])
})

test('bytes come back as they were, and the caller keeps its own', async () => {
  const { vault } = await freshVault()
  const organization = await vault.forOrganization('org_1')
  const clear = new Uint8Array([0, 255, 1])
  expect(Array.from(organization.open(at, organization.seal(at, clear)))).toEqual([0, 255, 1])
  expect(clear).toEqual(new Uint8Array([0, 255, 1]))
})

test('another tenant opens nothing, and its indexes differ', async () => {
  const { vault } = await freshVault()
  const [one, two] = [await vault.forOrganization('org_1'), await vault.forOrganization('org_2')]
  expect(() => two.open(at, one.seal(at, '123456789'))).toThrow(EnvelopeRefused)
  expect(one.blindIndex('account', '1')).not.toEqual(two.blindIndex('account', '1'))
})

test('a blind index is equal for equal parts only', async () => {
  const { vault, restart } = await freshVault()
  const one = await vault.forOrganization('org_1')
  const again = await restart().forOrganization('org_1')
  expect(again.blindIndex('account', '12', '3')).toEqual(one.blindIndex('account', '12', '3'))
  const others = [
    one.blindIndex('account', '1', '23'),
    one.blindIndex('routing', '12', '3'),
    one.blindIndex('account', '123'),
  ]
  for (const other of others) expect(other).not.toEqual(one.blindIndex('account', '12', '3'))
})

test('one number written in different ways is one comparable number', () => {
  expect(comparableNumber(' 0012-34 ab ')).toBe('001234AB')
  expect(comparableNumber('1234')).not.toBe(comparableNumber('01234'))
})

test('keys made twice, also at the same time, are one set of keys', async () => {
  const { vault, control } = await freshVault()
  await Promise.all([vault.createKeys('org_1'), vault.createKeys('org_1'), vault.createKeys('org_1')])
  await vault.createKeys('org_1')
  expect(await control.read.select().from(tenantKeys)).toHaveLength(2)
})

test('unwrapped keys are kept for five minutes', async () => {
  const { vault, unwraps, pass } = await freshVault()
  await vault.forOrganization('org_1')
  const first = unwraps()
  pass(4 * 60_000)
  await vault.forOrganization('org_1')
  expect(unwraps()).toBe(first)
  pass(61_000)
  await vault.forOrganization('org_1')
  expect(unwraps()).toBe(2 * first)
})

test('a wrapped key put into the row of another organization or kind is refused', async () => {
  const { vault, control, restart } = await freshVault()
  await vault.createKeys('org_1')
  await vault.createKeys('org_2')
  const rows = await control.read.select().from(tenantKeys)
  const keyOf = (organizationId: string, kind: 'data' | 'blind') => {
    const row = rows.find((one) => one.organizationId === organizationId && one.kind === kind)
    return { wrappedKey: row?.wrappedKey, commitment: row?.commitment }
  }
  for (const stolen of [keyOf('org_2', 'data'), keyOf('org_1', 'blind')]) {
    const place = and(eq(tenantKeys.organizationId, 'org_1'), eq(tenantKeys.kind, 'data'))
    await control.write((tx) => tx.update(tenantKeys).set(stolen).where(place))
    await expect(restart().forOrganization('org_1')).rejects.toThrow(KeyUnavailable)
  }
})

test('the keys of an organization that were destroyed are not made again', async () => {
  const { vault, control, restart } = await freshVault()
  await vault.createKeys('org_1')
  await control.write((tx) => tx.update(tenantKeys).set({ state: 'destroyed', wrappedKey: null }))
  await expect(restart().forOrganization('org_1')).rejects.toThrow('were destroyed')
})

test('an organization that lost its index key seals nothing either', async () => {
  const { vault, control, restart } = await freshVault()
  await vault.createKeys('org_1')
  const isBlind = and(eq(tenantKeys.organizationId, 'org_1'), eq(tenantKeys.kind, 'blind'))
  await control.write((tx) => tx.update(tenantKeys).set({ state: 'destroyed', wrappedKey: null }).where(isBlind))
  await expect(restart().forOrganization('org_1')).rejects.toThrow('were destroyed')
})

test('an organization without an active data key seals nothing', async () => {
  const { vault, control, restart } = await freshVault()
  await vault.createKeys('org_1')
  const isData = and(eq(tenantKeys.organizationId, 'org_1'), eq(tenantKeys.kind, 'data'))
  await control.write((tx) => tx.update(tenantKeys).set({ state: 'decrypt_only' }).where(isData))
  await expect(restart().forOrganization('org_1')).rejects.toThrow('one active data key')
})

test('the row of a key cannot be taken away, so nobody is given new keys without a word', async () => {
  const { vault, control } = await freshVault()
  await vault.createKeys('org_1')
  await expect(control.write((tx) => tx.delete(tenantKeys))).rejects.toThrow(/Failed query/)
  expect(await control.read.select().from(tenantKeys)).toHaveLength(2)
})
