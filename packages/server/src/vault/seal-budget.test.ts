import { expect, onTestFinished, test } from 'vitest'
import { byHand } from '../storage/testing/by-hand.ts'
import { migrate } from '../storage/migrate.ts'
import { startHome } from '../storage/testing/home.ts'
import { KeyUnavailable } from './key-provider.ts'
import { createSealBudget, SEAL_LIMITS } from './seal-budget.ts'
import { tenantKeys } from './table.ts'

async function freshBudget(limits = { rotateAt: 60, refuseAt: 100, block: 20 }) {
  const home = await startHome()
  const control = await home.openOne('control')
  onTestFinished(async () => {
    await control.close()
    await home.close()
  })
  await migrate(control, 'control')
  const key = { organizationId: 'org_1', wrappedKey: Buffer.alloc(60), kekId: 'x', commitment: Buffer.alloc(16) }
  await byHand(control).write((tx) =>
    tx.insert(tenantKeys).values([
      { ...key, kind: 'data', version: 1, state: 'decrypt_only', createdAt: 'x' },
      { ...key, kind: 'data', version: 2, state: 'active', createdAt: 'x' },
      { ...key, kind: 'blind', version: 2, state: 'active', createdAt: 'x' },
    ]),
  )
  const due: string[] = []
  const open = () => createSealBudget(control, limits, (organizationId) => due.push(organizationId))
  const budget = open()
  const count = async () => {
    const rows = await byHand(control).read.select().from(tenantKeys).orderBy(tenantKeys.kind, tenantKeys.version)
    return rows.map(({ kind, version, sealCount }) => [kind, version, sealCount])
  }
  const take = (times: number, version = 2) => {
    for (let time = 0; time < times; time++) budget.take('org_1', version)
  }
  return { control, budget, due, open, count, take }
}
const counted = (one: number, two: number) => [
  ['blind', 2, 0],
  ['data', 1, one],
  ['data', 2, two],
]

test('values are counted before they are sealed, in blocks, for their own key', async () => {
  const { budget, count, take } = await freshBudget()
  await budget.ensure('org_1', 2)
  expect(await count()).toEqual(counted(0, 20))
  take(10)
  await budget.ensure('org_1', 2)
  expect(await count(), 'half a block is enough').toEqual(counted(0, 20))
  take(1)
  await budget.ensure('org_1', 2)
  expect(await count()).toEqual(counted(0, 40))
  await budget.ensure('org_1', 1)
  expect(await count()).toEqual(counted(20, 40))
})

test('more is not sealed than was counted', async () => {
  const { budget, take } = await freshBudget()
  expect(() => take(1)).toThrow(KeyUnavailable)
  await budget.ensure('org_1', 2)
  take(20)
  expect(() => take(1)).toThrow(KeyUnavailable)
})

test('who needs many gets them at once', async () => {
  const { budget, count, take } = await freshBudget()
  await budget.ensure('org_1', 2, 50)
  expect(await count()).toEqual(counted(0, 50))
  take(50)
})

test('those who come together count one block', async () => {
  const { budget, count } = await freshBudget()
  await Promise.all([1, 2, 3, 4].map(() => budget.ensure('org_1', 2)))
  expect(await count()).toEqual(counted(0, 20))
})

test('a clean end gives back what was not used, a crash never counts too few', async () => {
  const { budget, open, count, take } = await freshBudget()
  await budget.ensure('org_1', 2)
  take(7)
  const afterCrash = open()
  await afterCrash.ensure('org_1', 2)
  expect(await count()).toEqual(counted(0, 40))
  await afterCrash.flush()
  expect(await count()).toEqual(counted(0, 20))
  await budget.flush()
  expect(await count()).toEqual(counted(0, 7))
  await budget.flush()
  expect(await count()).toEqual(counted(0, 7))
  expect(() => take(1)).toThrow(KeyUnavailable)
})

test('it is told when a key is due, and beyond the limit nothing is sealed', async () => {
  const { budget, due, count, take } = await freshBudget()
  for (const _ of [1, 2]) {
    await budget.ensure('org_1', 2)
    take(20)
  }
  expect(due).toEqual([])
  await budget.ensure('org_1', 2)
  expect(due).toEqual(['org_1'])
  take(20)
  for (const _ of [1, 2]) {
    await budget.ensure('org_1', 2)
    take(20)
  }
  expect(await count()).toEqual(counted(0, 100))
  await budget.ensure('org_1', 2)
  expect(await count()).toEqual(counted(0, 100))
  expect(() => take(1)).toThrow('rotate it')
})

test('a key that was retired or destroyed is not counted on', async () => {
  const { control, budget, take } = await freshBudget()
  for (const change of [{ state: 'retired' } as const, { state: 'destroyed', wrappedKey: null } as const]) {
    await byHand(control).write((tx) => tx.update(tenantKeys).set(change))
    await budget.ensure('org_1', 2)
    expect(() => take(1)).toThrow(KeyUnavailable)
  }
})

test('what somebody set lower by hand is not given back below nothing', async () => {
  const { control, budget, count } = await freshBudget()
  await budget.ensure('org_1', 2)
  await byHand(control).write((tx) => tx.update(tenantKeys).set({ sealCount: 5 }))
  await budget.flush()
  expect((await count()).map(([, , sealed]) => sealed)).toEqual([5, 5, 5])
})

test('the limits are those of random nonces', () => {
  expect(SEAL_LIMITS).toEqual({ rotateAt: 2 ** 31, refuseAt: 2 ** 32, block: 2_000 })
})
