import fc from 'fast-check'
import { expect, test } from 'vitest'
import { startFaultySftpServer } from '../banks/testing/faulty-sftp-server.ts'
import { createDeliveries } from './testing/delivery.ts'
import { FAULT_KINDS, FAULTY_REQUESTS, type FaultSchedule, runFaultSchedule } from './testing/fault-schedule.ts'

const faultOf = (requests: readonly (typeof FAULTY_REQUESTS)[number][], atMost: number) =>
  fc.record({
    request: fc.constantFrom(...requests),
    at: fc.integer({ min: 1, max: atMost }),
    what: fc.constantFrom(...FAULT_KINDS),
  })
/** The rename is where a file can be lost or doubled, so it goes wrong more often than anything else. */
const schedule = fc.record({
  faults: fc
    .tuple(fc.array(faultOf(['RENAME'], 3), { maxLength: 3 }), fc.array(faultOf(FAULTY_REQUESTS, 8), { maxLength: 4 }))
    .map(([atRename, elsewhere]) => [...atRename, ...elsewhere]),
  sweepsAtOnce: fc.boolean(),
})
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
    fc.asyncProperty(schedule, async (drawn) => {
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
