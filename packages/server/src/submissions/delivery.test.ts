import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { filesIn } from '../banks/testing/faulty-sftp-server.ts'
import { stopWriter } from '../deliveries/store.ts'
import { addOrganization } from '../organizations/store.ts'
import { Secret } from '../secret.ts'
import { auditActions, eventTypes, fileStatus, type OnItsWay } from './testing/delivery.ts'
import { useTestBank } from './testing/test-bank.ts'

const bank = useTestBank()

const SYSTEM = { type: 'system', id: 'test' } as const
const states = async (file: OnItsWay) => (await file.submission()).steps.map(({ state }) => state)

describe('a delivery without trouble', () => {
  test('records each state before and after its effect, and ends with one complete file', async () => {
    const file = await bank.deliveries.submit(bank.setup())
    await bank.deliveries.run()
    expect(await states(file)).toEqual(['ready', 'claimed', 'uploading', 'uploaded', 'renamed', 'verified', 'done'])
    expect(await filesIn(bank.server.inbox)).toEqual([{ name: file.fileName, bytes: file.bytes }])
    expect(await file.submission()).toMatchObject({ state: 'done', attempt: 1, problem: null, retryAt: null })
    expect(await fileStatus(file)).toBe('delivered')
    expect(await auditActions(file)).toEqual(['submission.delivered'])
  })

  test('a file that is there already, whole, is not sent again', async () => {
    const file = await bank.deliveries.submit(bank.setup())
    await writeFile(join(bank.server.inbox, file.fileName), file.bytes)
    await bank.deliveries.run()
    expect(await states(file)).toEqual(['ready', 'claimed', 'verified', 'done'])
    expect(await bank.copies(file)).toBe(1)
  })

  test('another file under the same name stops the delivery and asks a person', async () => {
    const file = await bank.deliveries.submit(bank.setup())
    const other = Buffer.from(file.bytes)
    other[100] = 0x58
    await writeFile(join(bank.server.inbox, file.fileName), other)
    await bank.deliveries.run()
    expect((await file.submission()).state).toBe('unknown')
    expect(await fileStatus(file)).toBe('needsAttention')
    expect(await auditActions(file)).toEqual(['submission.unknown'])
    expect(await filesIn(bank.server.inbox)).toEqual([{ name: file.fileName, bytes: other }])
  })

  test('a bank that takes files at once has it when it says so', async () => {
    bank.server.sweep(true)
    const file = await bank.deliveries.submit(bank.setup({ sweepsAtOnce: true }))
    await bank.deliveries.run()
    expect((await file.submission()).state).toBe('done')
    expect(await bank.copies(file)).toBe(1)
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
    const file = await bank.deliveries.submit(bank.setup())
    bank.server.plan([fault])
    await bank.deliveries.run()
    expect((await file.submission()).state).toBe('done')
    expect(await bank.copies(file)).toBe(1)
    expect(await filesIn(bank.server.inbox)).toHaveLength(1)
  })

  test.each([
    ['no permission to write', { request: 'OPEN', at: 1, what: 'noPermission' }, 'does not let this user'],
    ['a full disk', { request: 'WRITE', at: 1, what: 'failure' }, 'is full'],
    ['no permission to rename', { request: 'RENAME', at: 1, what: 'noPermission' }, 'does not let this user'],
  ] as const)('%s is a clear failure with nothing at the bank', async (_name, fault, words) => {
    const file = await bank.deliveries.submit(bank.setup())
    bank.server.plan([fault])
    await bank.deliveries.run()
    const submission = await file.submission()
    expect(submission).toMatchObject({ state: 'failed', attempt: 1 })
    expect(submission.problem).toContain(words)
    expect(await fileStatus(file)).toBe('failed')
    expect(await bank.copies(file)).toBe(0)
    expect(await auditActions(file)).toEqual(['submission.failed'])
  })

  test('a wrong password and a changed host key fail at once', async () => {
    const authentication = { method: 'password', password: Secret.of('other') } as const
    const wrong = await bank.deliveries.submit(bank.setup({ settings: { ...bank.server.settings, authentication } }))
    const hostKeyFingerprints = [`SHA256:${'A'.repeat(43)}`]
    const changed = await bank.deliveries.submit(
      bank.setup({ settings: { ...bank.server.settings, hostKeyFingerprints } }),
    )
    await bank.deliveries.run()
    expect(await wrong.submission()).toMatchObject({ state: 'failed', attempt: 1 })
    expect(await changed.submission()).toMatchObject({ state: 'failed', attempt: 1 })
    expect((await changed.submission()).problem).toContain('another key')
    expect(bank.server.seen.size).toBe(0)
  })

  test('an unreachable bank is tried eight times with growing pauses, then a person is asked', async () => {
    const file = await bank.deliveries.submit(bank.setup({ settings: { ...bank.server.settings, port: 1 } }))
    await bank.deliveries.run()
    const submission = await file.submission()
    expect(submission).toMatchObject({ state: 'failed', attempt: 8 })
    expect(submission.problem).toContain('After 8 tries')
    const retried = submission.steps.filter(({ state }) => state === 'retryWait').map(({ at }) => Date.parse(at))
    expect(retried).toHaveLength(7)
    expect(retried.at(-1)! - retried[0]!).toBeGreaterThan(60_000)
  })

  test('a lost answer to the rename at a bank that swept the file is unknown, and never sent again', async () => {
    bank.server.sweep(true)
    const file = await bank.deliveries.submit(bank.setup({ sweepsAtOnce: true }))
    bank.server.plan([{ request: 'RENAME', at: 1, what: 'dropAfter' }])
    await bank.deliveries.run()
    expect((await file.submission()).state).toBe('unknown')
    expect(await bank.copies(file)).toBe(1)
    expect(await auditActions(file)).toEqual(['submission.unknown'])
  })

  test('names at the bank that begin like the file are told, without what could be an account', async () => {
    bank.server.sweep(true)
    const setup = bank.setup({ sweepsAtOnce: true, acknowledgementDirectory: '/outbox' })
    const file = await bank.deliveries.submit(setup)
    await writeFile(join(bank.server.outbox, `${file.fileName}.for-8800123456789`), '')
    bank.server.plan([{ request: 'RENAME', at: 1, what: 'dropAfter' }])
    await bank.deliveries.run()
    expect((await file.submission()).problem).toContain(`there is: ${file.fileName}.for-••••6789.`)
  })

  test('the bank’s acknowledgement settles what the rename left open', async () => {
    bank.server.sweep(true)
    const file = await bank.deliveries.submit(bank.setup({ sweepsAtOnce: true, acknowledgementDirectory: '/outbox' }))
    const { sha256 } = await file.submission()
    await writeFile(join(bank.server.outbox, `${file.fileName}.ack`), `ACCEPTED ${sha256}\n`)
    bank.server.plan([{ request: 'RENAME', at: 1, what: 'dropAfter' }])
    await bank.deliveries.run()
    expect(await states(file)).toContain('verified')
    expect((await file.submission()).state).toMatch(/done|acknowledged/)
    expect(await bank.copies(file)).toBe(1)
  })
})

describe('what is only half known', () => {
  test('a permanent fault after a rename that may have happened is unknown, not failed', async () => {
    const file = await bank.deliveries.submit(bank.setup())
    bank.server.plan([
      { request: 'RENAME', at: 1, what: 'dropAfter' },
      { request: 'STAT', at: 3, what: 'noPermission' },
    ])
    await bank.deliveries.run()
    const submission = await file.submission()
    expect(submission.state).toBe('unknown')
    expect(submission.problem).toContain('An earlier try may have delivered the file')
    expect(await bank.copies(file)).toBe(1)
  })

  test('a file that vanishes from a bank that does not take files at once is unknown', async () => {
    bank.server.sweep(true)
    const file = await bank.deliveries.submit(bank.setup({ sweepsAtOnce: false }))
    await bank.deliveries.run()
    expect((await file.submission()).state).toBe('unknown')
    expect(await bank.copies(file)).toBe(1)
  })

  test('a bank that lets nobody read proves a delivery by name and size', async () => {
    const file = await bank.deliveries.submit(bank.setup())
    bank.server.plan([{ request: 'READ', at: 'every', what: 'noPermission' }])
    await bank.deliveries.run()
    expect((await file.submission()).state).toBe('done')
    expect(await bank.copies(file)).toBe(1)
  })

  test('where nobody may read, another size under the name is still not ours', async () => {
    const file = await bank.deliveries.submit(bank.setup())
    await writeFile(join(bank.server.inbox, file.fileName), 'short')
    bank.server.plan([{ request: 'READ', at: 'every', what: 'noPermission' }])
    await bank.deliveries.run()
    expect((await file.submission()).state).toBe('unknown')
  })
})

describe('a file that people no longer want delivered', () => {
  test.each([
    [1, 'before it is sent', ['ready', 'claimed', 'failed']],
    [2, 'before its rename is recorded', ['ready', 'claimed', 'uploading', 'failed']],
    [3, 'right before its rename', ['ready', 'claimed', 'uploading', 'uploaded', 'failed']],
  ] as const)('at look %i, %s, is not put in place and leaves nothing', async (look, _when, expected) => {
    const file = await bank.deliveries.submit(bank.setup())
    let looks = 0
    await bank.deliveries.run(bank.deliveries.worker({ isReleased: async () => ++looks < look }))
    expect(await states(file)).toEqual(expected)
    expect((await file.submission()).problem).toContain('no longer released')
    expect(await filesIn(bank.server.inbox)).toEqual([])
  })
})

describe('a file that became pointless on its way', () => {
  const overtakenAt = (look: number) => {
    let looks = 0
    return { overtaken: async () => (++looks < look ? null : 'It is gone.') }
  }

  test.each([
    [1, 'before it is sent', ['ready', 'claimed', 'canceled']],
    [2, 'before its rename is recorded', ['ready', 'claimed', 'uploading', 'canceled']],
    [3, 'right before its rename', ['ready', 'claimed', 'uploading', 'uploaded', 'canceled']],
  ] as const)('at look %i, %s, is canceled and leaves nothing', async (look, _when, expected) => {
    const file = await bank.deliveries.submit(bank.setup())
    await bank.deliveries.run(bank.deliveries.worker(overtakenAt(look)))
    expect(await states(file)).toEqual(expected)
    expect((await file.submission()).problem).toMatch(/^It is gone\. .*was not sent/)
    expect(await fileStatus(file)).toBe('canceled')
    expect(await auditActions(file)).toEqual(['submission.canceled'])
    expect(await eventTypes(file)).toEqual(['submission.canceled'])
    expect(await filesIn(bank.server.inbox)).toEqual([])
  })

  test('while its part cannot be taken away goes on until that is gone, and then is canceled', async () => {
    const file = await bank.deliveries.submit(bank.setup())
    bank.server.plan([{ request: 'REMOVE', at: 1, what: 'dropBefore' }])
    await bank.deliveries.run(bank.deliveries.worker(overtakenAt(3)))
    expect((await file.submission()).state).toBe('canceled')
    expect(await filesIn(bank.server.inbox)).toEqual([])
  })
})

describe('in an organization that is being closed', () => {
  async function close({ organization: { id } }: OnItsWay): Promise<void> {
    const at = bank.deliveries.tenants.clock.now.toISOString()
    const row = { id, name: 'Closing', createdAt: at, closingAt: at }
    await bank.deliveries.tenants.databases.control.write((tx) => addOrganization(tx, row))
  }
  async function stopDeliveries({ organization: { id, storage } }: OnItsWay): Promise<void> {
    const stop = { stoppedAt: '2026-11-23T15:00:00.000Z', stoppedBy: SYSTEM, reason: 'a doubt' }
    await storage.write((tx) => stopWriter(tx, id).add(stop))
  }

  test('nothing that waits is sent any more', async () => {
    const file = await bank.deliveries.submit(bank.setup())
    await close(file)
    await bank.deliveries.run()
    expect(await states(file)).toEqual(['ready', 'claimed', 'canceled'])
    expect((await file.submission()).problem).toContain('was closed before this was sent')
    expect(await filesIn(bank.server.inbox)).toEqual([])
  })

  test('a doubt is looked into though deliveries were stopped, and what is not at the bank is not sent again', async () => {
    const file = await bank.deliveries.submit(bank.setup())
    bank.server.plan([{ request: 'RENAME', at: 1, what: 'dropBefore' }])
    await bank.deliveries.worker().runOnce()
    expect((await file.submission()).state).toBe('retryWait')
    await stopDeliveries(file)
    await close(file)
    await bank.deliveries.run()
    expect(['canceled', 'failed']).toContain((await file.submission()).state)
    expect(await filesIn(bank.server.inbox)).toEqual([])
  })
})

test('nothing that a delivery leaves behind holds a secret', async () => {
  const errors: unknown[] = []
  const authentication = { method: 'password', password: Secret.of('not-to-be-repeated') } as const
  const file = await bank.deliveries.submit(bank.setup({ settings: { ...bank.server.settings, authentication } }))
  await bank.deliveries.run(bank.deliveries.worker({ onError: (error) => errors.push(error) }))
  const { auditEventStore } = await import('../audit/audit.ts')
  const { jobs } = await import('../jobs/table.ts')
  const { storage, id } = file.organization
  const told = JSON.stringify([
    await file.submission(),
    await auditEventStore(storage.read, id).list({ limit: 100 }),
    await storage.read.select().from(jobs).where(eq(jobs.organizationId, id)),
    errors.map((error) => String((error as Error).stack)),
  ])
  expect(told).toContain(file.id)
  expect(told).not.toContain('not-to-be-repeated')
})
