import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { authorsOf } from '../ach-files/authors.ts'
import { onFileProgress } from '../ach-files/delivery.ts'
import type { FaultySftpServer } from '../banks/testing/faulty-sftp-server.ts'
import { filesIn, startFaultySftpServer } from '../banks/testing/faulty-sftp-server.ts'
import { ANNA, BEN, machine, person } from '../testing/context.ts'
import { resolveSubmission, retrySubmission } from './service.ts'
import {
  auditActions,
  type BankSetup,
  connectToTestBank,
  createDeliveries,
  fileStatus,
  type OnItsWay,
} from './testing/delivery.ts'

const deps = { authorsOf, onFileProgress }
const CARLA = person('carla')

let deliveries: Awaited<ReturnType<typeof createDeliveries>>
let server: FaultySftpServer

beforeEach(async () => {
  deliveries = await createDeliveries()
  server = await startFaultySftpServer()
  return async () => {
    await deliveries.close()
    await server.stop()
  }
})

const setup = (over: Partial<BankSetup> = {}): BankSetup => ({
  settings: server.settings,
  uploadDirectory: '/inbox',
  ...over,
})

async function copies({ fileName, bytes }: OnItsWay): Promise<number> {
  const inbox = (await filesIn(server.inbox)).filter(({ name }) => name === fileName)
  const taken = (await filesIn(server.taken)).filter(({ name }) => name.startsWith(fileName))
  for (const file of [...inbox, ...taken]) expect(file.bytes.equals(bytes)).toBe(true)
  return inbox.length + taken.length
}

const states = async (file: OnItsWay) => (await file.submission()).steps.map(({ state }) => state)

describe('a delivery without trouble', () => {
  test('records each state before and after its effect, and ends with one complete file', async () => {
    const file = await deliveries.submit(setup())
    await deliveries.run()
    expect(await states(file)).toEqual(['ready', 'claimed', 'uploading', 'uploaded', 'renamed', 'verified', 'done'])
    expect(await filesIn(server.inbox)).toEqual([{ name: file.fileName, bytes: file.bytes }])
    expect(await file.submission()).toMatchObject({ state: 'done', attempt: 1, problem: null, retryAt: null })
    expect(await fileStatus(file)).toBe('delivered')
    expect(await auditActions(file)).toEqual(['submission.delivered'])
  })

  test('a file that is there already, whole, is not sent again', async () => {
    const file = await deliveries.submit(setup())
    await writeFile(join(server.inbox, file.fileName), file.bytes)
    await deliveries.run()
    expect(await states(file)).toEqual(['ready', 'claimed', 'verified', 'done'])
    expect(await copies(file)).toBe(1)
  })

  test('another file under the same name stops the delivery and asks a person', async () => {
    const file = await deliveries.submit(setup())
    const other = Buffer.from(file.bytes)
    other[100] = 0x58
    await writeFile(join(server.inbox, file.fileName), other)
    await deliveries.run()
    expect((await file.submission()).state).toBe('unknown')
    expect(await fileStatus(file)).toBe('needsAttention')
    expect(await auditActions(file)).toEqual(['submission.unknown'])
    expect(await filesIn(server.inbox)).toEqual([{ name: file.fileName, bytes: other }])
  })

  test('a bank that takes files at once has it when it says so', async () => {
    server.sweep(true)
    const file = await deliveries.submit(setup({ sweepsAtOnce: true }))
    await deliveries.run()
    expect((await file.submission()).state).toBe('done')
    expect(await copies(file)).toBe(1)
  })
})

describe('faults', () => {
  test.each([
    ['a lost connection while writing', { request: 'WRITE', at: 1, what: 'dropAfter' }],
    ['a lost connection before the file is opened', { request: 'OPEN', at: 1, what: 'dropBefore' }],
    ['a lost connection before the rename', { request: 'RENAME', at: 1, what: 'dropBefore' }],
    ['a lost answer to the rename', { request: 'RENAME', at: 1, what: 'dropAfter' }],
    ['a rename that is refused although it was done', { request: 'RENAME', at: 1, what: 'lieFailed' }],
    ['a rename that is confirmed although it was not done', { request: 'RENAME', at: 1, what: 'lieDone' }],
    ['a rename that is refused once', { request: 'RENAME', at: 1, what: 'failure' }],
    ['a write that is confirmed although it was not done', { request: 'WRITE', at: 1, what: 'lieDone' }],
    ['a wrong size', { request: 'STAT', at: 2, what: 'wrongSize' }],
    ['no answer to the rename', { request: 'RENAME', at: 1, what: 'silent' }],
  ] as const)('%s ends with one complete file', async (_name, fault) => {
    const file = await deliveries.submit(setup())
    server.plan([fault])
    await deliveries.run()
    expect((await file.submission()).state).toBe('done')
    expect(await copies(file)).toBe(1)
    expect(await filesIn(server.inbox)).toHaveLength(1)
  })

  test.each([
    ['no permission to write', { request: 'OPEN', at: 1, what: 'noPermission' }, 'does not let this user'],
    ['a full disk', { request: 'WRITE', at: 1, what: 'failure' }, 'is full'],
    ['no permission to rename', { request: 'RENAME', at: 1, what: 'noPermission' }, 'does not let this user'],
  ] as const)('%s is a clear failure with nothing at the bank', async (_name, fault, words) => {
    const file = await deliveries.submit(setup())
    server.plan([fault])
    await deliveries.run()
    const submission = await file.submission()
    expect(submission).toMatchObject({ state: 'failed', attempt: 1 })
    expect(submission.problem).toContain(words)
    expect(await fileStatus(file)).toBe('failed')
    expect(await copies(file)).toBe(0)
    expect(await auditActions(file)).toEqual(['submission.failed'])
  })

  test('a wrong password and a changed host key fail at once', async () => {
    const authentication = { method: 'password', password: 'other' } as const
    const wrong = await deliveries.submit(setup({ settings: { ...server.settings, authentication } }))
    const hostKeyFingerprints = [`SHA256:${'A'.repeat(43)}`]
    const changed = await deliveries.submit(setup({ settings: { ...server.settings, hostKeyFingerprints } }))
    await deliveries.run()
    expect(await wrong.submission()).toMatchObject({ state: 'failed', attempt: 1 })
    expect(await changed.submission()).toMatchObject({ state: 'failed', attempt: 1 })
    expect((await changed.submission()).problem).toContain('another key')
    expect(server.seen.size).toBe(0)
  })

  test('an unreachable bank is tried eight times with growing pauses, then a person is asked', async () => {
    const file = await deliveries.submit(setup({ settings: { ...server.settings, port: 1 } }))
    await deliveries.run()
    const submission = await file.submission()
    expect(submission).toMatchObject({ state: 'failed', attempt: 8 })
    expect(submission.problem).toContain('After 8 tries')
    const retried = submission.steps.filter(({ state }) => state === 'retryWait').map(({ at }) => Date.parse(at))
    expect(retried).toHaveLength(7)
    expect(retried.at(-1)! - retried[0]!).toBeGreaterThan(60_000)
  })

  test('a lost answer to the rename at a bank that swept the file is unknown, and never sent again', async () => {
    server.sweep(true)
    const file = await deliveries.submit(setup({ sweepsAtOnce: true }))
    server.plan([{ request: 'RENAME', at: 1, what: 'dropAfter' }])
    await deliveries.run()
    expect((await file.submission()).state).toBe('unknown')
    expect(await copies(file)).toBe(1)
    expect(await auditActions(file)).toEqual(['submission.unknown'])
  })

  test('the bank’s acknowledgement settles what the rename left open', async () => {
    server.sweep(true)
    const file = await deliveries.submit(setup({ sweepsAtOnce: true, acknowledgementDirectory: '/outbox' }))
    const { sha256 } = await file.submission()
    await writeFile(join(server.outbox, `${file.fileName}.ack`), `ACCEPTED ${sha256}\n`)
    server.plan([{ request: 'RENAME', at: 1, what: 'dropAfter' }])
    await deliveries.run()
    expect(await states(file)).toContain('verified')
    expect((await file.submission()).state).toMatch(/done|acknowledged/)
    expect(await copies(file)).toBe(1)
  })
})

describe('what is only half known', () => {
  test('a permanent fault after a rename that may have happened is unknown, not failed', async () => {
    const file = await deliveries.submit(setup())
    server.plan([
      { request: 'RENAME', at: 1, what: 'dropAfter' },
      { request: 'STAT', at: 3, what: 'noPermission' },
    ])
    await deliveries.run()
    const submission = await file.submission()
    expect(submission.state).toBe('unknown')
    expect(submission.problem).toContain('An earlier try may have delivered the file')
    expect(await copies(file)).toBe(1)
  })

  test('a file that vanishes from a bank that does not take files at once is unknown', async () => {
    server.sweep(true)
    const file = await deliveries.submit(setup({ sweepsAtOnce: false }))
    await deliveries.run()
    expect((await file.submission()).state).toBe('unknown')
    expect(await copies(file)).toBe(1)
  })

  test('a bank that lets nobody read proves a delivery by name and size', async () => {
    const file = await deliveries.submit(setup())
    server.plan([{ request: 'READ', at: 'every', what: 'noPermission' }])
    await deliveries.run()
    expect((await file.submission()).state).toBe('done')
    expect(await copies(file)).toBe(1)
  })

  test('where nobody may read, another size under the name is still not ours', async () => {
    const file = await deliveries.submit(setup())
    await writeFile(join(server.inbox, file.fileName), 'short')
    server.plan([{ request: 'READ', at: 'every', what: 'noPermission' }])
    await deliveries.run()
    expect((await file.submission()).state).toBe('unknown')
  })
})

describe('a file that people no longer want delivered', () => {
  test.each([
    [1, 'before it is sent', ['ready', 'claimed', 'failed']],
    [2, 'before its rename is recorded', ['ready', 'claimed', 'uploading', 'failed']],
    [3, 'right before its rename', ['ready', 'claimed', 'uploading', 'uploaded', 'failed']],
  ] as const)('at look %i, %s, is not put in place and leaves nothing', async (look, _when, expected) => {
    const file = await deliveries.submit(setup())
    let looks = 0
    await deliveries.worker({ isReleased: async () => ++looks < look }).runOnce()
    expect(await states(file)).toEqual(expected)
    expect((await file.submission()).problem).toContain('no longer released')
    expect(await filesIn(server.inbox)).toEqual([])
  })
})

describe('acknowledgements', () => {
  async function answered(text: (sha256: string) => string): Promise<OnItsWay> {
    const file = await deliveries.submit(setup({ acknowledgementDirectory: '/outbox' }))
    const { sha256 } = await file.submission()
    await writeFile(join(server.outbox, `${file.fileName}.ack`), text(sha256))
    await deliveries.run()
    return file
  }

  test('accepted', async () => {
    const file = await answered((sha256) => `ACCEPTED ${sha256}\n`)
    expect(await file.submission()).toMatchObject({ state: 'acknowledged', problem: null })
    expect(await fileStatus(file)).toBe('acknowledged')
    expect(await auditActions(file)).toEqual(['submission.delivered', 'submission.acknowledged'])
  })

  test('rejected, with the reason masked', async () => {
    const file = await answered(() => 'REJECTED unknown originator account 70004455667788\n')
    const submission = await file.submission()
    expect(submission).toMatchObject({ state: 'rejectedByBank' })
    expect(submission.problem).toBe('The bank refused the file: unknown originator account ••••7788')
    expect(await fileStatus(file)).toBe('failed')
  })

  test('for other bytes than ours, a person is asked', async () => {
    const file = await answered(() => `ACCEPTED ${'0'.repeat(64)}\n`)
    expect(await file.submission()).toMatchObject({ state: 'unknown' })
    expect(await fileStatus(file)).toBe('needsAttention')
  })

  test('one that is still being written is read later', async () => {
    const file = await answered((sha256) => `ACCEPTED ${sha256}`)
    expect(await file.submission()).toMatchObject({ state: 'done' })
    const { sha256 } = await file.submission()
    await writeFile(join(server.outbox, `${file.fileName}.ack`), `ACCEPTED ${sha256}\n`)
    deliveries.tenants.clock.now = new Date(deliveries.tenants.clock.now.getTime() + 3_600_000)
    await deliveries.run()
    expect(await file.submission()).toMatchObject({ state: 'acknowledged' })
  })

  test('none within three days: a person is told, the delivery stays done', async () => {
    const file = await deliveries.submit(setup({ acknowledgementDirectory: '/outbox' }))
    await deliveries.run()
    deliveries.tenants.clock.now = new Date(deliveries.tenants.clock.now.getTime() + 4 * 86_400_000)
    await deliveries.run()
    const submission = await file.submission()
    expect(submission).toMatchObject({ state: 'done' })
    expect(submission.problem).toContain('not acknowledged')
    expect(await fileStatus(file)).toBe('needsAttention')
  })
})

describe('two workers', () => {
  test.each([false, true])(
    'one that slept before its rename cannot make a second copy (bank takes files at once: %s)',
    async (sweepsAtOnce) => {
      server.sweep(sweepsAtOnce)
      const file = await deliveries.submit(setup({ sweepsAtOnce }))
      let wake = () => {}
      const sleeping = new Promise<void>((resolve) => (wake = resolve))
      let fellAsleep = () => {}
      const asleep = new Promise<void>((resolve) => (fellAsleep = resolve))
      const sleeper = deliveries.worker({
        async connect(settings) {
          const session = await connectToTestBank(settings)
          return {
            ...session,
            hostKeyFingerprint: session.hostKeyFingerprint,
            async rename(from, to) {
              fellAsleep()
              await sleeping
              return session.rename(from, to)
            },
          }
        },
      })
      const slept = sleeper.runOnce()
      await asleep
      deliveries.tenants.clock.now = new Date(deliveries.tenants.clock.now.getTime() + 61_000)
      await deliveries.run()
      wake()
      await slept
      expect((await file.submission()).state).toBe('done')
      expect(await copies(file)).toBe(1)
      expect((await filesIn(server.inbox)).filter(({ name }) => name.startsWith('.'))).toEqual([])
    },
  )

  test('one that slept while writing changes nothing when it wakes', async () => {
    const file = await deliveries.submit(setup())
    const pause = server.pauseAt('WRITE')
    const slept = deliveries.worker().runOnce()
    await pause.reached
    deliveries.tenants.clock.now = new Date(deliveries.tenants.clock.now.getTime() + 61_000)
    await deliveries.run()
    pause.resume()
    await slept
    expect((await file.submission()).state).toBe('done')
    expect(await filesIn(server.inbox)).toEqual([{ name: file.fileName, bytes: file.bytes }])
  })
})

describe('what a person does', () => {
  async function unknown(): Promise<OnItsWay> {
    server.sweep(true)
    const file = await deliveries.submit(setup({ sweepsAtOnce: true }))
    server.plan([{ request: 'RENAME', at: 1, what: 'dropAfter' }])
    await deliveries.run()
    server.plan([])
    return file
  }
  const resolve = (file: OnItsWay, who: typeof ANNA, outcome: 'delivered' | 'notDelivered') =>
    file.organization.write(who, (ctx) => resolveSubmission(deps, ctx, file.id, { outcome, reason: 'they said so' }))

  test('a failed delivery is tried again when somebody asks', async () => {
    const file = await deliveries.submit(setup())
    server.plan([{ request: 'WRITE', at: 1, what: 'failure' }])
    await deliveries.run()
    await file.organization.write(BEN, (ctx) => retrySubmission(ctx, file.id))
    expect(await file.submission()).toMatchObject({ state: 'ready', problem: null })
    server.plan([])
    await deliveries.run()
    expect(await file.submission()).toMatchObject({ state: 'done', attempt: 2 })
    expect(await filesIn(server.inbox)).toEqual([{ name: file.fileName, bytes: file.bytes }])
    expect(await fileStatus(file)).toBe('delivered')
  })

  test('only what failed can be tried again', async () => {
    const file = await deliveries.submit(setup())
    await expect(file.organization.write(BEN, (ctx) => retrySubmission(ctx, file.id))).rejects.toMatchObject({
      code: 'state-conflict',
    })
  })

  test('a machine, an author, and a delivery that is not unknown are refused', async () => {
    const file = await unknown()
    await expect(resolve(file, machine, 'delivered')).rejects.toMatchObject({ code: 'person-required' })
    await expect(resolve(file, ANNA, 'delivered')).rejects.toMatchObject({ code: 'second-person-required' })
    await resolve(file, CARLA, 'delivered')
    await expect(resolve(file, CARLA, 'delivered')).rejects.toMatchObject({ code: 'state-conflict' })
  })

  test('the bank has it: done, with the person as evidence', async () => {
    const file = await unknown()
    expect(await resolve(file, CARLA, 'delivered')).toMatchObject({ state: 'done', problem: null })
    await deliveries.run()
    expect(await fileStatus(file)).toBe('delivered')
    expect(await copies(file)).toBe(1)
    expect(await auditActions(file)).toEqual(['submission.unknown', 'submission.resolved'])
  })

  test('the bank does not have it: sent anew, after another look', async () => {
    const file = await deliveries.submit(setup())
    await writeFile(join(server.inbox, file.fileName), 'something else')
    await deliveries.run()
    expect((await file.submission()).state).toBe('unknown')
    await resolve(file, CARLA, 'notDelivered')
    await deliveries.run()
    expect((await file.submission()).state).toBe('unknown')
    const { rm } = await import('node:fs/promises')
    await rm(join(server.inbox, file.fileName))
    await resolve(file, CARLA, 'notDelivered')
    await deliveries.run()
    expect((await file.submission()).state).toBe('done')
    expect(await filesIn(server.inbox)).toEqual([{ name: file.fileName, bytes: file.bytes }])
  })
})

test('nothing that a delivery leaves behind holds a secret', async () => {
  const errors: unknown[] = []
  const authentication = { method: 'password', password: 'not-to-be-repeated' } as const
  const file = await deliveries.submit(setup({ settings: { ...server.settings, authentication } }))
  await deliveries.run(deliveries.worker({ onError: (error) => errors.push(error) }))
  const { auditEventStore } = await import('../audit/audit.ts')
  const { jobs } = await import('../jobs/table.ts')
  const { storage, id } = file.organization
  const told = JSON.stringify([
    await file.submission(),
    await auditEventStore(storage.read, id).list({ limit: 100 }),
    await storage.read.select().from(jobs),
    errors.map((error) => String((error as Error).stack)),
  ])
  expect(told).toContain(file.id)
  expect(told).not.toContain('not-to-be-repeated')
})
