import { utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { resolveSubmission } from './resolve.ts'
import { auditActions, eventTypes, fileStatus, type OnItsWay, resolveByTwo } from './testing/delivery.ts'
import { BankFault } from '../banks/bank-fault.ts'
import { person } from '../testing/context.ts'
import { useTestBank } from './testing/test-bank.ts'

const bank = useTestBank()

/** Dated by the clock of the test, as the bank would by its own. */
async function put({ fileName }: OnItsWay, text: string, daysAgo = 0): Promise<void> {
  const path = join(bank.server.outbox, `${fileName}.ack`)
  await writeFile(path, text)
  const at = new Date(bank.deliveries.tenants.clock.now.getTime() - daysAgo * 86_400_000)
  await utimes(path, at, at)
}

describe('acknowledgements', () => {
  async function answered(text: (sha256: string) => string): Promise<OnItsWay> {
    const file = await bank.deliveries.submit(bank.setup({ acknowledgementDirectory: '/outbox' }))
    const { sha256 } = await file.submission()
    await put(file, text(sha256))
    await bank.deliveries.run()
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

  test('rejected without a hash, but before the file was ever submitted: it is about another file', async () => {
    const file = await bank.deliveries.submit(bank.setup({ acknowledgementDirectory: '/outbox' }))
    await put(file, 'REJECTED bad batch\n', 2)
    await bank.deliveries.run()
    expect(await file.submission()).toMatchObject({ state: 'done', problem: null })
    await put(file, `REJECTED ${(await file.submission()).sha256} bad batch\n`, 2)
    bank.deliveries.tenants.clock.now = new Date(bank.deliveries.tenants.clock.now.getTime() + 3_600_000)
    await bank.deliveries.run()
    expect(await file.submission()).toMatchObject({ state: 'rejectedByBank' })
  })

  test('rejected, but other bytes than ours: a person is asked', async () => {
    const file = await answered(() => `REJECTED ${'0'.repeat(64)} bad batch\n`)
    expect(await file.submission()).toMatchObject({ state: 'unknown' })
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
    await writeFile(join(bank.server.outbox, `${file.fileName}.ack`), `ACCEPTED ${sha256}\n`)
    bank.deliveries.tenants.clock.now = new Date(bank.deliveries.tenants.clock.now.getTime() + 3_600_000)
    await bank.deliveries.run()
    expect(await file.submission()).toMatchObject({ state: 'acknowledged' })
  })

  test('none within three days: a person asks the bank and says what it answered', async () => {
    const file = await bank.deliveries.submit(bank.setup({ acknowledgementDirectory: '/outbox' }))
    await bank.deliveries.run()
    bank.deliveries.tenants.clock.now = new Date(bank.deliveries.tenants.clock.now.getTime() + 4 * 86_400_000)
    await bank.deliveries.run()
    const submission = await file.submission()
    expect(submission).toMatchObject({ state: 'unknown' })
    expect(submission.problem).toContain('not acknowledged')
    expect(await fileStatus(file)).toBe('needsAttention')
    await resolveByTwo(file, 'delivered')
    expect(await file.submission()).toMatchObject({ state: 'done', problem: null })
    expect(await fileStatus(file)).toBe('delivered')
    await bank.deliveries.run()
    expect(await file.submission()).toMatchObject({ state: 'done' })
  })
})

describe('a delivery of which nobody knows whether it arrived', () => {
  const pass = async (ms: number, worker = bank.deliveries.worker()) => {
    bank.deliveries.tenants.clock.now = new Date(bank.deliveries.tenants.clock.now.getTime() + ms)
    while (await worker.runOnce());
  }
  /** The bank took it and never said so. */
  async function unknown(): Promise<OnItsWay> {
    bank.server.sweep(true)
    const file = await bank.deliveries.submit(bank.setup({ acknowledgementDirectory: '/outbox' }))
    await bank.deliveries.run()
    expect((await file.submission()).state).toBe('unknown')
    return file
  }
  const answer = async (file: OnItsWay, text: (sha256: string) => string) =>
    put(file, text((await file.submission()).sha256))

  test('is settled by the acknowledgement of the bank, whatever somebody has said meanwhile', async () => {
    const file = await unknown()
    const said = { outcome: 'notDelivered', reason: 'they have nothing' } as const
    await file.organization.write(person('carla'), (ctx) => resolveSubmission(ctx, file.id, said))
    await pass(3_600_000)
    expect((await file.submission()).state).toBe('unknown')
    await answer(file, (sha256) => `ACCEPTED ${sha256}\n`)
    await pass(3_600_000)
    const submission = await file.submission()
    expect(submission).toMatchObject({ state: 'acknowledged', problem: null, resolution: null })
    expect(submission.deliveredAt).not.toBeNull()
    expect(await fileStatus(file)).toBe('acknowledged')
    expect((await auditActions(file)).at(-1)).toBe('submission.acknowledged')
    expect((await eventTypes(file)).slice(-2)).toEqual(['submission.resolved', 'submission.acknowledged'])
    await pass(86_400_000)
    expect(await bank.copies(file)).toBe(1)
  })

  test('is settled by its refusal too', async () => {
    const file = await unknown()
    await answer(file, () => 'REJECTED bad batch\n')
    await pass(3_600_000)
    expect(await file.submission()).toMatchObject({
      state: 'rejectedByBank',
      problem: 'The bank refused the file: bad batch',
    })
    expect(await fileStatus(file)).toBe('failed')
  })

  test('is not settled by a refusal of a file of its name where the bank has another one, but by one of its bytes', async () => {
    const file = await bank.deliveries.submit(bank.setup({ acknowledgementDirectory: '/outbox' }))
    await writeFile(join(bank.server.inbox, file.fileName), 'another file')
    await bank.deliveries.run()
    expect((await file.submission()).state).toBe('unknown')
    await answer(file, () => 'REJECTED bad batch\n')
    await pass(3_600_000)
    expect((await file.submission()).state).toBe('unknown')
    await answer(file, (sha256) => `REJECTED ${sha256} bad batch\n`)
    await pass(2 * 3_600_000)
    expect((await file.submission()).state).toBe('rejectedByBank')
  })

  test('stays unknown while the bank speaks of other bytes, and is looked at for thirty days', async () => {
    const file = await unknown()
    await answer(file, () => `ACCEPTED ${'0'.repeat(64)}\n`)
    await pass(3_600_000)
    expect((await file.submission()).state).toBe('unknown')
    await pass(31 * 86_400_000)
    await answer(file, (sha256) => `ACCEPTED ${sha256}\n`)
    await pass(86_400_000)
    expect((await file.submission()).state).toBe('unknown')
  })

  test('for want of an acknowledgement is settled when that comes after all', async () => {
    const file = await bank.deliveries.submit(bank.setup({ acknowledgementDirectory: '/outbox' }))
    await bank.deliveries.run()
    await pass(4 * 86_400_000)
    expect((await file.submission()).state).toBe('unknown')
    await answer(file, (sha256) => `ACCEPTED ${sha256}\n`)
    await pass(3_600_000)
    expect((await file.submission()).state).toBe('acknowledged')
  })

  test('is not sent again when the bank has answered, although two people said that it has nothing', async () => {
    const file = await unknown()
    await resolveByTwo(file, 'notDelivered')
    await answer(file, (sha256) => `ACCEPTED ${sha256}\n`)
    await bank.deliveries.run()
    expect(['done', 'acknowledged']).toContain((await file.submission()).state)
    expect(await bank.copies(file)).toBe(1)
  })

  test('spares a bank that cannot be reached, as deliveries do', async () => {
    const file = await unknown()
    let calls = 0
    const worker = bank.deliveries.worker({
      connect: () => {
        calls++
        return Promise.reject(new BankFault('timedOut'))
      },
    })
    for (let minute = 0; minute < 60; minute++) await pass(60_000, worker)
    expect(calls).toBeGreaterThan(2)
    expect(calls).toBeLessThan(12)
    expect((await eventTypes(file)).filter((type) => type === 'bankConnection.unreachable')).toHaveLength(1)
    await answer(file, (sha256) => `ACCEPTED ${sha256}\n`)
    await pass(3_600_000)
    expect((await file.submission()).state).toBe('acknowledged')
    expect(await eventTypes(file)).toContain('bankConnection.reachable')
  })
})
