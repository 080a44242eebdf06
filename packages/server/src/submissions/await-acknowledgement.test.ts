import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { auditActions, fileStatus, type OnItsWay, resolveByTwo } from './testing/delivery.ts'
import { useTestBank } from './testing/test-bank.ts'

const bank = useTestBank()

describe('acknowledgements', () => {
  async function answered(text: (sha256: string) => string): Promise<OnItsWay> {
    const file = await bank.deliveries.submit(bank.setup({ acknowledgementDirectory: '/outbox' }))
    const { sha256 } = await file.submission()
    await writeFile(join(bank.server.outbox, `${file.fileName}.ack`), text(sha256))
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
