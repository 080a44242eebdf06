import fc from 'fast-check'
import { expect, test } from 'vitest'
import { startFaultySftpServer } from '../banks/testing/faulty-sftp-server.ts'
import { createDeliveries } from './testing/delivery.ts'
import { type FaultSchedule, faultSchedules, runFaultSchedule } from './testing/fault-schedule.ts'

const ofEachEnd: FaultSchedule[] = [
  { faults: [], sweepsAtOnce: false },
  { faults: [{ request: 'OPEN', at: 1, what: 'noPermission' }], sweepsAtOnce: false },
  { faults: [{ request: 'RENAME', at: 1, what: 'dropAfter' }], sweepsAtOnce: true },
]

test('whatever goes wrong, the bank ends with one complete copy or a person is asked; never two, never a part', {
  timeout: 120_000,
}, async () => {
  const deliveries = await createDeliveries()
  const server = await startFaultySftpServer()
  const ends = new Map<string, number>()
  await fc.assert(
    fc.asyncProperty(faultSchedules, async (drawn) => {
      const { state, breaches } = await runFaultSchedule(deliveries, server, drawn)
      ends.set(state, (ends.get(state) ?? 0) + 1)
      expect(breaches).toEqual([])
    }),
    { numRuns: 100, examples: ofEachEnd.map((example) => [example]) },
  )
  expect([...ends.keys()].toSorted(), 'the schedules reach every end').toEqual(['done', 'failed', 'unknown'])
  await deliveries.close()
  await server.stop()
})
