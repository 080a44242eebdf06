import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { authorsOf } from '../ach-files/authors.ts'
import { onFileProgress } from '../ach-files/delivery.ts'
import { doublesOf } from '../ach-files/possible-duplicates.ts'
import { listBankConnections, updateBankConnection } from '../bank-connections/service.ts'
import { filesIn } from '../banks/testing/faulty-sftp-server.ts'
import { ANNA, BEN, machine, person } from '../testing/context.ts'
import { confirmResolution, resolveSubmission } from './resolve.ts'
import { retrySubmission } from './service.ts'
import type { OnItsWay } from './testing/delivery.ts'
import { useTestBank } from './testing/test-bank.ts'

const deps = { authorsOf, doublesOf, onFileProgress }
const CARLA = person('carla')

const bank = useTestBank()

const redirect = (file: OnItsWay, who: typeof ANNA) =>
  file.organization.write(who, async (ctx) => {
    const [connection] = (await listBankConnections(ctx, {})).data
    return updateBankConnection(ctx, connection?.id ?? '', { uploadDirectory: '/outbox' })
  })
const retry = (file: OnItsWay, who: typeof ANNA) =>
  file.organization.write(who, (ctx) => retrySubmission(deps, ctx, file.id))

test('a changed connection takes no file along until a person lets it who neither wrote it nor changed it', async () => {
  const file = await bank.deliveries.submit(bank.setup())
  await redirect(file, BEN)
  await bank.deliveries.run()
  expect(await file.submission()).toMatchObject({ state: 'failed', problem: expect.stringContaining('was changed') })
  expect(await filesIn(bank.server.inbox)).toEqual([])
  await expect(retry(file, machine)).rejects.toMatchObject({ code: 'person-required' })
  for (const who of [ANNA, BEN]) {
    await expect(retry(file, who)).rejects.toMatchObject({ code: 'second-person-required' })
  }
  await retry(file, CARLA)
  await bank.deliveries.run()
  expect(await file.submission()).toMatchObject({ state: 'done', problem: null })
  expect(await filesIn(bank.server.outbox)).toEqual([{ name: file.fileName, bytes: file.bytes }])
})

test('who changed the connection does not say what the earlier bank has, either', async () => {
  bank.server.sweep(true)
  const file = await bank.deliveries.submit(bank.setup({ sweepsAtOnce: true }))
  bank.server.plan([{ request: 'RENAME', at: 1, what: 'dropAfter' }])
  await bank.deliveries.run()
  bank.server.plan([])
  await redirect(file, BEN)
  await bank.deliveries.run()
  expect(await file.submission()).toMatchObject({ state: 'unknown' })
  const answer = { outcome: 'notDelivered', reason: 'I say so' } as const
  await file.organization.write(CARLA, (ctx) => resolveSubmission(ctx, file.id, answer))
  const { outcome } = answer
  const confirmed = file.organization.write(BEN, (ctx) => confirmResolution(deps, ctx, file.id, { outcome }))
  await expect(confirmed).rejects.toMatchObject({ code: 'second-person-required' })
})

test('the answer to a delivered file is not fetched where somebody pointed the connection since', async () => {
  const file = await bank.deliveries.submit(bank.setup({ acknowledgementDirectory: '/outbox' }))
  await bank.deliveries.run()
  const { sha256, state } = await file.submission()
  expect(state).toBe('done')
  await redirect(file, BEN)
  await writeFile(join(bank.server.outbox, `${file.fileName}.ack`), `ACCEPTED ${sha256}\n`)
  bank.deliveries.tenants.clock.now = new Date(bank.deliveries.tenants.clock.now.getTime() + 3_600_000)
  await bank.deliveries.run()
  const submission = await file.submission()
  expect(submission).toMatchObject({ state: 'unknown', problem: expect.stringContaining('pointed elsewhere') })
})
