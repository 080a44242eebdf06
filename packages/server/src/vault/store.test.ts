import { expect, onTestFinished, test } from 'vitest'
import { migrate } from '../storage/migrate.ts'
import { byHand } from '../storage/testing/by-hand.ts'
import { startHome } from '../storage/testing/home.ts'
import { tenantKeyReader, tenantKeyStore } from './store.ts'

type State = 'active' | 'decrypt_only' | 'retired' | 'destroyed'

/** Data keys of one organization in these states, versions from 1 up. */
async function freshKeys(...states: State[]) {
  const home = await startHome()
  const control = byHand(await home.openOne('control'))
  onTestFinished(async () => {
    await control.close()
    await home.close()
  })
  await migrate(control, 'control')
  const key = { organizationId: 'org_1', kekId: 'x', commitment: Buffer.alloc(16), createdAt: 'x' }
  const row = (version: number, state: State) => {
    const wrappedKey = state === 'destroyed' ? null : Buffer.alloc(60, version)
    return { ...key, kind: 'data' as const, version, state, wrappedKey }
  }
  const reader = tenantKeyReader(control.read)
  const before = await reader.hasAny()
  await control.write((tx) => tenantKeyStore(tx).add(states.map((state, index) => row(index + 1, state))))
  const change = <T>(work: (store: ReturnType<typeof tenantKeyStore>) => Promise<T>) =>
    control.write((tx) => work(tenantKeyStore(tx)))
  const now = async () => (await reader.ofOrganization('org_1')).map(({ state }) => state)
  return { reader, before, change, now, row }
}

test('one key is enough for there being any', async () => {
  const { reader, before } = await freshKeys('active')
  expect(before).toBe(false)
  expect(await reader.hasAny()).toBe(true)
})

test('keys before a version are retired, that version and later ones are not', async () => {
  const { change, now } = await freshKeys('retired', 'decrypt_only', 'decrypt_only', 'decrypt_only', 'active')
  expect(await change((store) => store.retireBefore('org_1', 3))).toEqual([2])
  expect(await now()).toEqual(['retired', 'retired', 'decrypt_only', 'decrypt_only', 'active'])
  expect(await change((store) => store.retireBefore('org_1', 9)), 'never the one in use').toEqual([3, 4])
})

test('a new key takes the place of the active one right before it and of no other', async () => {
  const { change, now, row } = await freshKeys('decrypt_only', 'active')
  for (const version of [2, 4]) expect(await change((store) => store.supersede(row(version, 'active')))).toBe(false)
  expect(await now()).toEqual(['decrypt_only', 'active'])
  expect(await change((store) => store.supersede(row(3, 'active')))).toBe(true)
  expect(await now()).toEqual(['decrypt_only', 'decrypt_only', 'active'])
})

test('a count reaches its limit and nothing, and goes beyond neither', async () => {
  const { change } = await freshKeys('active', 'decrypt_only', 'retired', 'destroyed')
  const count = (version: number, block: number) =>
    change((store) => store.count({ organizationId: 'org_1', kind: 'data', version }, block, 10))
  for (const version of [1, 2]) {
    expect(await count(version, 11)).toBeNull()
    expect(await count(version, 10)).toBe(10)
    expect(await count(version, 1)).toBeNull()
    expect(await count(version, -11)).toBeNull()
    expect(await count(version, -10)).toBe(0)
  }
  for (const version of [3, 4, 5]) expect(await count(version, 1)).toBeNull()
})

test('a key that was destroyed or wrapped by another hand is not wrapped anew', async () => {
  const { reader, change } = await freshKeys('active', 'destroyed')
  const [live, gone] = await reader.ofOrganization('org_1')
  if (!live || !gone) throw new Error('two keys were made')
  const fresh = Buffer.alloc(60, 7)
  expect(await change((store) => store.rewrapped(gone, fresh, 'y'))).toBe(false)
  expect(await change((store) => store.rewrapped({ ...live, kekId: 'z' }, fresh, 'y'))).toBe(false)
  expect(await reader.wrappedByOthers('y')).toEqual([live])
  expect(await change((store) => store.rewrapped(live, fresh, 'y'))).toBe(true)
  expect(await reader.wrappedByOthers('y')).toEqual([])
  expect(await change((store) => store.destroy('org_1'))).toBe(1)
})
