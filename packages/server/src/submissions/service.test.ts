import { beforeEach, expect, test } from 'vitest'
import { startFaultySftpServer } from '../banks/testing/faulty-sftp-server.ts'
import { ANNA } from '../testing/context.ts'
import { createSubmission } from './create.ts'
import { listSubmissions, retrieveSubmission } from './service.ts'
import { createDeliveries, type OnItsWay } from './testing/delivery.ts'

let deliveries: Awaited<ReturnType<typeof createDeliveries>>
let file: OnItsWay
beforeEach(async () => {
  deliveries = await createDeliveries()
  const server = await startFaultySftpServer()
  file = await deliveries.submit({ settings: server.settings, uploadDirectory: '/inbox' })
  return async () => {
    await deliveries.close()
    await server.stop()
  }
})

test('another tenant’s submission is one that never was', async () => {
  const other = await deliveries.tenants.organization()
  await expect(other.read((ctx) => retrieveSubmission(ctx, file.id))).rejects.toMatchObject({ code: 'not-found' })
  expect(await other.read((ctx) => listSubmissions(ctx, {}))).toMatchObject({ data: [] })
})

test('a file has one submission, ever', async () => {
  const { bankConnectionId, sizeBytes, sha256 } = await file.submission()
  const again = file.organization.write(ANNA, (ctx) =>
    createSubmission(ctx, { achFileId: file.achFileId, bankConnectionId, fileName: 'other.ach', sizeBytes, sha256 }),
  )
  await expect(again).rejects.toMatchObject({ code: 'state-conflict' })
})

test('a list names what was asked for, with its steps', async () => {
  await deliveries.run()
  const list = (query: Parameters<typeof listSubmissions>[1]) =>
    file.organization.read((ctx) => listSubmissions(ctx, query))
  const { data } = await list({ achFileId: file.achFileId, state: 'done' })
  expect(data).toEqual([await file.submission()])
  expect(data[0]?.steps.length).toBeGreaterThan(5)
  expect((await list({ state: 'failed' })).data).toEqual([])
})

test('names and bytes of a submission cannot be changed, and no row goes away', async () => {
  const { sql } = await import('drizzle-orm')
  const { storage } = file.organization
  for (const change of [
    sql`UPDATE submissions SET file_name = 'other.ach'`,
    sql`UPDATE submissions SET sha256 = ${'0'.repeat(64)}`,
    sql`DELETE FROM submission_steps`,
    sql`UPDATE submission_steps SET detail = 'other'`,
  ]) {
    await expect(storage.write((tx) => tx.run(change))).rejects.toThrow()
  }
})
