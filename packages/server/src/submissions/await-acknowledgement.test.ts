import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import type { FaultySftpServer } from '../banks/testing/faulty-sftp-server.ts'
import { startFaultySftpServer } from '../banks/testing/faulty-sftp-server.ts'
import { auditActions, type BankSetup, createDeliveries, fileStatus, type OnItsWay } from './testing/delivery.ts'

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
