import { expect, test } from 'vitest'
import { BankFault } from '../banks/bank-fault.ts'
import { connectToTestBank, eventTypes, type OnItsWay } from '../submissions/testing/delivery.ts'
import { useTestBank } from '../submissions/testing/test-bank.ts'

const bank = useTestBank()

/** A worker whose bank cannot be reached while `isDown` says so; it counts who tried. */
function lineTo() {
  const line = { isDown: true, tries: 0 }
  const worker = bank.deliveries.worker({
    async connect(settings) {
      line.tries++
      if (line.isDown) throw new BankFault('unreachable', 'ECONNREFUSED')
      return connectToTestBank(settings)
    },
  })
  return { line, worker }
}
async function minutes(count: number, work: () => Promise<void>): Promise<void> {
  const { clock } = bank.deliveries.tenants
  for (let second = 0; second < count * 60; second += 5) {
    clock.now = new Date(clock.now.getTime() + 5_000)
    await work()
  }
}
const attempts = async (files: OnItsWay[]) => {
  const all = await Promise.all(files.map((file) => file.submission()))
  return all.map(({ attempt }) => attempt)
}

test('a bank that cannot be reached is tried by one file at a time, ever more rarely; the others keep their tries', async () => {
  const first = await bank.deliveries.submit(bank.setup())
  const files = [first, await bank.deliveries.alsoThrough(first), await bank.deliveries.alsoThrough(first)]
  const { line, worker } = lineTo()
  const work = async () => {
    while (await worker.runOnce());
  }
  await work()
  await minutes(10, work)
  expect(line.tries).toBeLessThanOrEqual(8)
  const used = await attempts(files)
  expect(used.reduce((sum, each) => sum + each, 0)).toBe(line.tries)
  for (const file of files) expect(await file.submission()).toMatchObject({ state: 'retryWait' })
  expect(await eventTypes(first)).toEqual(['bankConnection.unreachable'])

  line.isDown = false
  await minutes(16, work)
  for (const file of files) {
    expect((await file.submission()).state).toBe('done')
    expect(await bank.copies(file)).toBe(1)
  }
  expect(await eventTypes(first)).toEqual([
    'bankConnection.unreachable',
    'bankConnection.reachable',
    ...files.map(() => 'submission.delivered'),
  ])
})

test('a fault after the connection stood does not count, and another organization’s bank goes its own way', async () => {
  const down = await bank.deliveries.submit(bank.setup({ settings: { ...bank.server.settings, port: 1 } }))
  const fine = await bank.deliveries.submit(bank.setup())
  bank.server.plan([{ request: 'OPEN', at: 'every', what: 'dropBefore' }])
  await bank.deliveries.worker().runOnce()
  await bank.deliveries.run()
  expect((await down.submission()).state).toBe('failed')
  expect((await fine.submission()).attempt).toBe(8)
  expect(await eventTypes(down)).toEqual(['bankConnection.unreachable', 'submission.failed'])
  expect(await eventTypes(fine)).toEqual(['submission.failed'])
})
