import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { authorsOf } from '../ach-files/authors.ts'
import { onFileProgress } from '../ach-files/delivery.ts'
import type { FaultySftpServer } from '../banks/testing/faulty-sftp-server.ts'
import { filesIn, startFaultySftpServer } from '../banks/testing/faulty-sftp-server.ts'
import { ANNA, BEN, machine, person } from '../testing/context.ts'
import { resolveSubmission, retrySubmission } from './service.ts'
import { auditActions, type BankSetup, createDeliveries, fileStatus, type OnItsWay } from './testing/delivery.ts'

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
    await file.organization.write(BEN, (ctx) => retrySubmission(deps, ctx, file.id))
    expect(await file.submission()).toMatchObject({ state: 'ready', problem: null })
    server.plan([])
    await deliveries.run()
    expect(await file.submission()).toMatchObject({ state: 'done', attempt: 2 })
    expect(await filesIn(server.inbox)).toEqual([{ name: file.fileName, bytes: file.bytes }])
    expect(await fileStatus(file)).toBe('delivered')
  })

  test('only what failed can be tried again', async () => {
    const file = await deliveries.submit(setup())
    await expect(file.organization.write(BEN, (ctx) => retrySubmission(deps, ctx, file.id))).rejects.toMatchObject({
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
