import { makeReturns } from '@fistworks/nacha'
import { beforeEach, expect, test } from 'vitest'
import { eventStore } from '../events/store.ts'
import { createInboundWorld, type InboundWorld, stamp } from '../inbound-files/testing/inbound.ts'
import { returnRates } from './rates.ts'

let world: InboundWorld
beforeEach(async () => {
  world = await createInboundWorld()
  return () => world.close()
})

const DAY_MS = 86_400_000
const rates = async () =>
  (await world.organization.read((ctx) => returnRates(ctx.db, ctx.organizationId, ctx.now))).rates
const warnings = async () =>
  (
    await eventStore(world.organization.storage.read, world.organization.id).list(
      { type: 'returnRate.warning' },
      0,
      100,
    )
  ).map(({ about, status }) => [about['level'], status, about['count']])

async function debits(count: number, returned: number, name: string, sequence = 1) {
  const payments = Array.from({ length: count }, (_, index) => ({
    amountCents: index + 1,
    direction: 'debit' as const,
  }))
  const { nacha } = await world.submit(payments)
  const orders = Array.from({ length: returned }, (_, entry) => ({ batch: 0, entry, code: 'R01' }))
  await world.put(name, makeReturns(nacha, orders, stamp(sequence)).file)
  await world.poll()
}

test('a rate near its threshold is told once for each time it comes there', async () => {
  await debits(30, 2, 'a.ach')
  expect(await warnings()).toEqual([])
  await debits(10, 3, 'b.ach', 100)
  expect((await rates())[0]).toMatchObject({
    secCode: 'CCD',
    debitCount: 40,
    returnCounts: [{ code: 'R01', count: 5 }],
    levels: [
      { level: 'unauthorized', returnedCount: 0, state: 'fine' },
      { level: 'administrative', returnedCount: 0, state: 'fine' },
      { level: 'overall', returnedCount: 5, basisPoints: 1_250, state: 'warning' },
    ],
  })
  expect(await warnings()).toEqual([['overall', 'warning', 5]])
  await debits(1, 1, 'c.ach', 200)
  expect(await warnings()).toEqual([['overall', 'warning', 5]])
  // Ten more debits bring it down to 6 of 51, and three returns of them up again.
  await debits(10, 3, 'd.ach', 300)
  expect(await warnings()).toEqual([
    ['overall', 'warning', 5],
    ['overall', 'exceeded', 9],
  ])
  expect((await rates())[0]?.levels.at(-1)).toMatchObject({ returnedCount: 9, state: 'exceeded' })

  world.pass(61 * DAY_MS)
  expect(await rates()).toEqual([])
})
