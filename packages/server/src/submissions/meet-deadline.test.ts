import { describe, expect, test } from 'vitest'
import { authorsOf } from '../ach-files/authors.ts'
import { onFileProgress } from '../ach-files/delivery.ts'
import { doublesOf } from '../ach-files/possible-duplicates.ts'
import { filesIn } from '../banks/testing/faulty-sftp-server.ts'
import { stopDeliveries } from '../deliveries/service.ts'
import { BEN, machine } from '../testing/context.ts'
import { retrySubmission } from './service.ts'
import {
  connectToTestBank,
  eventTypes,
  fileStatus,
  type OnItsWay,
  resolveByTwo,
  setCutoff,
} from './testing/delivery.ts'
import { useTestBank } from './testing/test-bank.ts'

const deps = { authorsOf, doublesOf, onFileProgress }
const bank = useTestBank()
const MISSED = ['submission.failed', 'submission.cutoffMissed']

const inMinutes = (minutes: number) =>
  new Date(bank.deliveries.tenants.clock.now.getTime() + minutes * 60_000).toISOString()
const wait = (minutes: number) => {
  bank.deliveries.tenants.clock.now = new Date(inMinutes(minutes))
}
/** Does what is due now, without moving the clock. */
async function work(worker = bank.deliveries.worker()): Promise<void> {
  while (await worker.runOnce());
}
async function submitted(minutes: number): Promise<OnItsWay> {
  const file = await bank.deliveries.submit(bank.setup())
  await setCutoff(file, inMinutes(minutes))
  return file
}
const retry = (file: OnItsWay, who: typeof BEN, input?: { late: boolean }) =>
  file.organization.write(who, (ctx) => retrySubmission(deps, ctx, file.id, input))

describe('a delivery with a cutoff', () => {
  test('that arrives in time hears nothing of it', async () => {
    const file = await submitted(60)
    await bank.deliveries.run()
    wait(120)
    await work()
    expect(await file.submission()).toMatchObject({ state: 'done', cutoffMissedAt: null })
    expect(await eventTypes(file)).toEqual(['submission.delivered'])
  })

  test('fails a quarter of an hour before it, with nothing at the bank, and people are told once', async () => {
    const file = await submitted(60)
    bank.server.plan([{ request: 'WRITE', at: 'every', what: 'dropBefore' }])
    await work()
    expect((await file.submission()).state).toBe('retryWait')
    wait(45)
    await Promise.all([work(), work()])
    expect(await file.submission()).toMatchObject({ state: 'failed', cutoffMissedAt: inMinutes(0) })
    expect(await eventTypes(file)).toEqual(MISSED)
    bank.server.plan([])
    wait(600)
    await work()
    expect(await fileStatus(file)).toBe('failed')
    expect(await bank.copies(file)).toBe(0)
    expect(await eventTypes(file)).toEqual(MISSED)
  })

  test('that nobody came to while the server was down is not sent late', async () => {
    const file = await submitted(60)
    wait(300)
    await work()
    expect((await file.submission()).state).toBe('failed')
    expect((await eventTypes(file)).toSorted()).toEqual(MISSED.toSorted())
    expect(await bank.copies(file)).toBe(0)
  })

  test('that waits for stopped deliveries fails when its time is over', async () => {
    const file = await submitted(60)
    const control = bank.deliveries.tenants.databases.control.read
    await file.organization.write(BEN, (ctx) => stopDeliveries({ control }, ctx, { reason: 'wait' }))
    await work()
    expect(await file.submission()).toMatchObject({ state: 'retryWait', attempt: 0 })
    wait(45)
    await work()
    expect((await file.submission()).state).toBe('failed')
    expect(await eventTypes(file)).toEqual(['deliveries.stopped', ...MISSED])
  })

  test('whose time ends between upload and rename leaves nothing at the bank', async () => {
    const file = await submitted(60)
    const worker = bank.deliveries.worker({
      async connect(settings) {
        const session = await connectToTestBank(settings)
        return {
          ...session,
          hostKeyFingerprint: session.hostKeyFingerprint,
          async uploadExclusive(path, bytes) {
            await session.uploadExclusive(path, bytes)
            wait(44.9)
            wait(0.2)
          },
        }
      },
      leaseMs: 24 * 3_600_000,
    })
    await worker.runOnce()
    expect((await file.submission()).state).toBe('failed')
    expect(await filesIn(bank.server.inbox)).toEqual([])
    await work()
    expect(await eventTypes(file)).toEqual(MISSED)
  })

  test('whose rename got no answer is looked for until the cutoff, then a person is asked', async () => {
    const file = await submitted(60)
    bank.server.plan([{ request: 'RENAME', at: 1, what: 'dropAfter' }])
    await work()
    expect((await file.submission()).state).toBe('retryWait')
    bank.server.plan([{ request: 'STAT', at: 'every', what: 'dropBefore' }])
    wait(46)
    await work()
    expect(await eventTypes(file)).toEqual([])
    wait(15)
    const control = bank.deliveries.tenants.databases.control.read
    await file.organization.write(BEN, (ctx) => stopDeliveries({ control }, ctx, { reason: 'wait' }))
    await work()
    expect((await file.submission()).state).toBe('unknown')
    expect(await eventTypes(file)).toEqual(['deliveries.stopped', 'submission.unknown', 'submission.cutoffMissed'])
    await resolveByTwo(file, 'notDelivered')
    expect(await file.submission()).toMatchObject({ state: 'failed', isLate: false })
    expect(await fileStatus(file)).toBe('failed')
  })

  test('goes out late only when a person says so', async () => {
    const file = await submitted(60)
    wait(60)
    await work()
    await expect(retry(file, BEN)).rejects.toMatchObject({
      code: 'state-conflict',
      message: expect.stringMatching(/on \d{4}-\d\d-\d\d at \d\d:\d\d in New York.*late/),
      errors: [{ pointer: '/late', code: 'cutoff-passed' }],
    })
    await expect(retry(file, machine, { late: true })).rejects.toMatchObject({ code: 'person-required' })
    await retry(file, BEN, { late: true })
    expect(file.organization.events.at(-1)).toMatchObject({ action: 'submission.retried', data: { late: true } })
    await bank.deliveries.run()
    expect(await file.submission()).toMatchObject({ state: 'done', isLate: true })
    expect(await bank.copies(file)).toBe(1)
  })

  test('has a try a minute before its time is over, although a longer pause was due', async () => {
    const file = await submitted(17)
    const lastTry = inMinutes(1)
    bank.server.plan([{ request: 'WRITE', at: 'every', what: 'dropBefore' }])
    const tries: (string | null)[] = []
    for (let turn = 0; turn < 5; turn++) {
      await work(bank.deliveries.worker({ random: () => 0.999 }))
      const { retryAt } = await file.submission()
      tries.push(retryAt)
      if (retryAt !== null) bank.deliveries.tenants.clock.now = new Date(retryAt)
    }
    expect(tries).toContain(lastTry)
    await work()
    expect(await file.submission()).toMatchObject({ state: 'failed', attempt: 5 })
    expect(await eventTypes(file)).toEqual(MISSED)
  })
})
