import { expect, test, vi } from 'vitest'
import type { BankSession } from '../banks/bank.ts'
import { BankFault } from '../banks/bank-fault.ts'
import { OUTSIDE_LANES } from '../lanes.ts'
import { connectToTestBank, type WorkerHooks } from './testing/delivery.ts'
import { useTestBank } from './testing/test-bank.ts'

const bank = useTestBank()
const HANGS = 1

/** Where a connection to the bank that hangs waits until the test lets go. */
function hangingLine() {
  const hang = Promise.withResolvers<BankSession>()
  const line = { calls: 0, release: () => hang.reject(new BankFault('timedOut')) }
  const worker = (lane: WorkerHooks['lane'] = {}) =>
    bank.deliveries.worker({
      lane,
      connect(settings) {
        if (settings.port !== HANGS) return connectToTestBank(settings)
        line.calls++
        return hang.promise
      },
    })
  return { line, worker }
}

test('one connection to a bank at a time, over all workers, and a bank that hangs keeps no other organization waiting', async () => {
  const { line, worker } = hangingLine()
  const first = await bank.deliveries.submit(bank.setup({ settings: { ...bank.server.settings, port: HANGS } }))
  const second = await bank.deliveries.alsoThrough(first)
  await bank.deliveries.alsoThrough(first)
  await bank.deliveries.alsoThrough(first)
  const others = [await bank.deliveries.submit(bank.setup()), await bank.deliveries.submit(bank.setup())]
  const workers = [worker(), worker()]
  for (const each of workers) each.start()
  await vi.waitFor(
    async () => {
      for (const file of others) expect((await file.submission()).state).toBe('done')
    },
    { timeout: 20_000 },
  )
  expect(line.calls).toBe(1)
  expect((await second.submission()).state).toBe('ready')
  line.release()
  await Promise.all(workers.map((each) => each.stop()))
})

test('many hanging connections of one organization take half of the places at most: another one’s file goes its way', async () => {
  const { line, worker } = hangingLine()
  const lane = OUTSIDE_LANES.find(({ kinds }) => kinds && 'only' in kinds && kinds.only.includes('submission.deliver'))
  const { slots = 0, mostOfOne = 0 } = lane ?? {}
  expect(slots).toBeGreaterThan(0)
  const hangs = bank.setup({ settings: { ...bank.server.settings, port: HANGS } })
  const first = await bank.deliveries.submit(hangs)
  for (let more = 1; more <= slots; more++) await bank.deliveries.elsewhere(first, hangs)
  const other = await bank.deliveries.submit(bank.setup())
  const one = worker({ slots, mostOfOne })
  one.start()
  await vi.waitFor(async () => expect((await other.submission()).state).toBe('done'), { timeout: 20_000 })
  expect(line.calls).toBe(slots / 2)
  line.release()
  await one.stop()
})

test('each kind of work that waits for other people’s servers leaves half of its places to others', () => {
  for (const { slots = 0, mostOfOne = Infinity } of OUTSIDE_LANES) expect(mostOfOne).toBeLessThanOrEqual(slots / 2)
})
