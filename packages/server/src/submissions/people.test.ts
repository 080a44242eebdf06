import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { authorsOf } from '../ach-files/authors.ts'
import { onFileProgress } from '../ach-files/delivery.ts'
import { filesIn } from '../banks/testing/faulty-sftp-server.ts'
import { ANNA, BEN, machine, person } from '../testing/context.ts'
import { resolveSubmission, retrySubmission } from './service.ts'
import { auditActions, fileStatus, type OnItsWay } from './testing/delivery.ts'
import { useTestBank } from './testing/test-bank.ts'

const deps = { authorsOf, onFileProgress }
const CARLA = person('carla')

const bank = useTestBank()

describe('what a person does', () => {
  async function unknown(): Promise<OnItsWay> {
    bank.server.sweep(true)
    const file = await bank.deliveries.submit(bank.setup({ sweepsAtOnce: true }))
    bank.server.plan([{ request: 'RENAME', at: 1, what: 'dropAfter' }])
    await bank.deliveries.run()
    bank.server.plan([])
    return file
  }
  const resolve = (file: OnItsWay, who: typeof ANNA, outcome: 'delivered' | 'notDelivered') =>
    file.organization.write(who, (ctx) => resolveSubmission(deps, ctx, file.id, { outcome, reason: 'they said so' }))

  test('a failed delivery is tried again when somebody asks', async () => {
    const file = await bank.deliveries.submit(bank.setup())
    bank.server.plan([{ request: 'WRITE', at: 1, what: 'failure' }])
    await bank.deliveries.run()
    await file.organization.write(BEN, (ctx) => retrySubmission(deps, ctx, file.id))
    expect(await file.submission()).toMatchObject({ state: 'ready', problem: null })
    bank.server.plan([])
    await bank.deliveries.run()
    expect(await file.submission()).toMatchObject({ state: 'done', attempt: 2 })
    expect(await filesIn(bank.server.inbox)).toEqual([{ name: file.fileName, bytes: file.bytes }])
    expect(await fileStatus(file)).toBe('delivered')
  })

  test('only what failed can be tried again', async () => {
    const file = await bank.deliveries.submit(bank.setup())
    await expect(file.organization.write(BEN, (ctx) => retrySubmission(deps, ctx, file.id))).rejects.toMatchObject({
      code: 'state-conflict',
    })
  })

  test('a number that somebody types into the reason does not stay in the log', async () => {
    const file = await unknown()
    const input = { outcome: 'delivered', reason: 'the bank named 8800123456789' } as const
    await file.organization.write(CARLA, (ctx) => resolveSubmission(deps, ctx, file.id, input))
    expect(file.organization.events.at(-1)).toMatchObject({ data: { reason: 'the bank named …' } })
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
    await bank.deliveries.run()
    expect(await fileStatus(file)).toBe('delivered')
    expect(await bank.copies(file)).toBe(1)
    expect(await auditActions(file)).toEqual(['submission.unknown', 'submission.resolved'])
  })

  test('the bank does not have it: sent anew, after another look', async () => {
    const file = await bank.deliveries.submit(bank.setup())
    await writeFile(join(bank.server.inbox, file.fileName), 'something else')
    await bank.deliveries.run()
    expect((await file.submission()).state).toBe('unknown')
    await resolve(file, CARLA, 'notDelivered')
    await bank.deliveries.run()
    expect((await file.submission()).state).toBe('unknown')
    const { rm } = await import('node:fs/promises')
    await rm(join(bank.server.inbox, file.fileName))
    await resolve(file, CARLA, 'notDelivered')
    await bank.deliveries.run()
    expect((await file.submission()).state).toBe('done')
    expect(await filesIn(bank.server.inbox)).toEqual([{ name: file.fileName, bytes: file.bytes }])
  })
})
