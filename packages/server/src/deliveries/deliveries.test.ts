import { expect, test } from 'vitest'
import { filesIn } from '../banks/testing/faulty-sftp-server.ts'
import { connectToTestBank, eventTypes, type OnItsWay } from '../submissions/testing/delivery.ts'
import { useTestBank } from '../submissions/testing/test-bank.ts'
import { BEN, MONDAY } from '../testing/context.ts'
import { resumeDeliveries, retrieveDeliveries, stopDeliveries } from './service.ts'
import { serverStopWriter } from './store.ts'

const bank = useTestBank()
const deps = () => ({ control: bank.deliveries.tenants.databases.control.read })
const stop = (file: OnItsWay) =>
  file.organization.write(BEN, (ctx) => stopDeliveries(deps(), ctx, { reason: 'a wrong payment' }))
const resume = (file: OnItsWay) =>
  file.organization.write(BEN, (ctx) => resumeDeliveries(deps(), ctx, { reason: 'it was found' }))
async function work(worker = bank.deliveries.worker()): Promise<void> {
  while (await worker.runOnce());
}
/** A worker at whose bank this happens before each rename, or after each upload. */
function workerThat(when: 'afterUpload' | 'beforeConnect', happens: () => Promise<unknown>) {
  return bank.deliveries.worker({
    async connect(settings) {
      if (when === 'beforeConnect') await happens()
      const session = await connectToTestBank(settings)
      return {
        ...session,
        hostKeyFingerprint: session.hostKeyFingerprint,
        async uploadExclusive(path, bytes) {
          await session.uploadExclusive(path, bytes)
          if (when === 'afterUpload') await happens()
        },
      }
    },
  })
}

test('nothing is sent while they are stopped, no try is used up, and it goes at once when they are resumed', async () => {
  const file = await bank.deliveries.submit(bank.setup())
  const other = await bank.deliveries.submit(bank.setup())
  await stop(file)
  await work()
  expect(await file.submission()).toMatchObject({ state: 'retryWait', attempt: 0 })
  expect((await file.submission()).problem).toContain('stopped')
  expect((await other.submission()).state).toBe('done')
  for (let look = 0; look < 20; look++) {
    const { clock } = bank.deliveries.tenants
    clock.now = new Date(clock.now.getTime() + 60_000)
    await work()
  }
  expect((await file.submission()).steps.map(({ state }) => state)).toEqual(['ready', 'retryWait'])
  expect(await file.organization.read((ctx) => retrieveDeliveries(deps(), ctx))).toMatchObject({
    isStopped: true,
    stops: [{ by: 'organization', reason: 'a wrong payment', actor: BEN.actor, at: MONDAY.toISOString() }],
  })
  expect(await other.organization.read((ctx) => retrieveDeliveries(deps(), ctx))).toMatchObject({ isStopped: false })
  await resume(file)
  await work()
  expect(await file.submission()).toMatchObject({ state: 'done', problem: null, attempt: 1 })
  expect(await bank.copies(file)).toBe(1)
  expect(await eventTypes(file)).toEqual(['deliveries.stopped', 'deliveries.resumed', 'submission.delivered'])
  await expect(resume(file)).rejects.toMatchObject({ code: 'state-conflict' })
})

test.each(['beforeConnect', 'afterUpload'] as const)(
  'a stop %s keeps the file from its final name and leaves nothing',
  async (when) => {
    const file = await bank.deliveries.submit(bank.setup())
    await work(workerThat(when, () => stop(file)))
    expect((await file.submission()).state).toBe('retryWait')
    expect(await filesIn(bank.server.inbox)).toEqual([])
    await resume(file)
    await bank.deliveries.run()
    expect((await file.submission()).state).toBe('done')
    expect(await bank.copies(file)).toBe(1)
  },
)

test('the operator stops every organization; only the operator ends that', async () => {
  const file = await bank.deliveries.submit(bank.setup())
  const { control } = bank.deliveries.tenants.databases
  await control.write((tx) => serverStopWriter(tx).add(MONDAY.toISOString(), 'maintenance'))
  await work()
  expect((await file.submission()).problem).toContain('operator')
  await expect(resume(file)).rejects.toMatchObject({ code: 'state-conflict' })
  const told = await file.organization.read((ctx) => retrieveDeliveries(deps(), ctx))
  expect(told.stops).toEqual([{ by: 'operator', reason: 'maintenance', at: MONDAY.toISOString(), actor: null }])
  await control.write((tx) => serverStopWriter(tx).remove())
  await bank.deliveries.run()
  expect(await file.submission()).toMatchObject({ state: 'done', attempt: 1 })
})

test('where a rename got no answer, nothing is asked of the bank while they are stopped, and it is found afterwards', async () => {
  const file = await bank.deliveries.submit(bank.setup())
  bank.server.plan([{ request: 'RENAME', at: 1, what: 'dropAfter' }])
  await work()
  bank.server.plan([])
  await stop(file)
  const { clock } = bank.deliveries.tenants
  clock.now = new Date(clock.now.getTime() + 3_600_000)
  await work()
  expect((await file.submission()).state).toBe('retryWait')
  await resume(file)
  await work()
  expect((await file.submission()).state).toBe('done')
  expect(await bank.copies(file)).toBe(1)
})
