import type { Id } from '@fistworks/contract'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { authorsOf } from '../ach-files/authors.ts'
import { onFileProgress } from '../ach-files/delivery.ts'
import { doublesOf } from '../ach-files/possible-duplicates.ts'
import { filesIn } from '../banks/testing/faulty-sftp-server.ts'
import { ANNA, BEN, machine, person } from '../testing/context.ts'
import { cancelSubmission } from './cancel.ts'
import { confirmResolution, rejectResolution, resolveSubmission } from './resolve.ts'
import { retrieveSubmission, retrySubmission } from './service.ts'
import { auditActions, eventTypes, fileStatus, type OnItsWay, resolveByTwo, setCutoff } from './testing/delivery.ts'
import { useTestBank } from './testing/test-bank.ts'

const deps = { authorsOf, doublesOf, onFileProgress }
const CARLA = person('carla')
const DORA = person('dora')

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
  async function failed(): Promise<OnItsWay> {
    const file = await bank.deliveries.submit(bank.setup())
    bank.server.plan([{ request: 'WRITE', at: 1, what: 'failure' }])
    await bank.deliveries.run()
    bank.server.plan([])
    return file
  }
  const propose = (file: OnItsWay, who: typeof ANNA, outcome: 'delivered' | 'notDelivered', reason = 'they said so') =>
    file.organization.write(who, (ctx) => resolveSubmission(ctx, file.id, { outcome, reason }))
  const confirm = (file: OnItsWay, who: typeof ANNA, outcome: 'delivered' | 'notDelivered') =>
    file.organization.write(who, (ctx) => confirmResolution(deps, ctx, file.id, { outcome }))

  test('who said what the bank told them is known to be the one, and nobody else is', async () => {
    const file = await unknown()
    await propose(file, CARLA, 'delivered')
    const seenBy = (who: typeof ANNA) => file.organization.write(who, (ctx) => retrieveSubmission(ctx, file.id))
    expect((await seenBy(CARLA)).resolution).toMatchObject({ isYours: true, proposedBy: CARLA.actor })
    expect((await seenBy(DORA)).resolution).toMatchObject({ isYours: false })
    expect((await seenBy(DORA)).resolution).not.toHaveProperty('names')
  })

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

  test.each([
    ['failed, and is tried again', 'failed'],
    ['was unknown, and the bank does not have it', 'unknown'],
  ])('what was paid with another file since is asked about before a delivery that %s is sent', async (_name, how) => {
    const file = how === 'failed' ? await failed() : await unknown()
    if (how === 'unknown') await propose(file, CARLA, 'notDelivered')
    const again = (acknowledgedDuplicates?: Id<'ach'>[]) =>
      file.organization.write(DORA, async (ctx) => {
        if (how === 'failed') return retrySubmission(deps, ctx, file.id, { acknowledgedDuplicates })
        return confirmResolution(deps, ctx, file.id, { outcome: 'notDelivered', acknowledgedDuplicates })
      })
    const other = await bank.deliveries.instead(file)
    const before = await file.submission()
    await expect(again()).rejects.toMatchObject({
      code: 'possible-duplicate',
      errors: [{ pointer: `/acknowledgedDuplicates/${other.achFileId}` }],
    })
    expect(await file.submission()).toEqual(before)
    await again([other.achFileId])
    expect(await file.submission()).toMatchObject({ state: 'ready' })
    expect(file.organization.events.at(-1)).toMatchObject({
      data: { possibleDuplicates: [{ achFileId: other.achFileId, entryCount: 1 }] },
    })
  })

  test('only what failed can be tried again', async () => {
    const file = await bank.deliveries.submit(bank.setup())
    await expect(file.organization.write(BEN, (ctx) => retrySubmission(deps, ctx, file.id))).rejects.toMatchObject({
      code: 'state-conflict',
    })
  })

  test('a number that somebody types into the reason does not stay in the log', async () => {
    const file = await unknown()
    await propose(file, CARLA, 'delivered', 'the bank named 8800123456789')
    expect(file.organization.events.at(-1)).toMatchObject({ data: { reason: 'the bank named …' } })
    expect((await file.submission()).resolution).toMatchObject({ reason: 'the bank named …' })
  })

  test('one person alone changes nothing, and what they said lasts a day', async () => {
    const file = await unknown()
    await expect(propose(file, machine, 'delivered')).rejects.toMatchObject({ code: 'person-required' })
    await expect(confirm(file, DORA, 'delivered')).rejects.toMatchObject({ code: 'state-conflict' })
    await propose(file, ANNA, 'delivered')
    expect(await file.submission()).toMatchObject({ state: 'unknown', resolution: { proposedBy: ANNA.actor } })
    await expect(propose(file, DORA, 'notDelivered')).rejects.toMatchObject({ code: 'state-conflict' })
    const { clock } = bank.deliveries.tenants
    clock.now = new Date(clock.now.getTime() + 86_400_000)
    expect((await file.submission()).resolution).toBeNull()
    await expect(confirm(file, CARLA, 'delivered')).rejects.toMatchObject({ code: 'state-conflict' })
    await propose(file, DORA, 'notDelivered')
    expect((await file.submission()).resolution).toMatchObject({ outcome: 'notDelivered' })
  })

  test('the same person, an author, a machine and another outcome do not confirm', async () => {
    const file = await unknown()
    await propose(file, CARLA, 'delivered')
    await expect(confirm(file, machine, 'delivered')).rejects.toMatchObject({ code: 'person-required' })
    for (const who of [CARLA, ANNA]) {
      await expect(confirm(file, who, 'delivered')).rejects.toMatchObject({ code: 'second-person-required' })
    }
    await expect(confirm(file, DORA, 'notDelivered')).rejects.toMatchObject({ code: 'state-conflict' })
    await confirm(file, DORA, 'delivered')
    await expect(propose(file, CARLA, 'delivered')).rejects.toMatchObject({ code: 'state-conflict' })
  })

  test('the same person under the name of an embedded page does not confirm', async () => {
    const file = await unknown()
    await propose(file, CARLA, 'notDelivered')
    const embedded = { type: 'endUser', id: 'u-1', name: 'C' } as const
    const alias = file.organization.write({ actor: embedded, isPerson: true }, (ctx) =>
      confirmResolution(deps, { ...ctx, alias: CARLA.actor }, file.id, { outcome: 'notDelivered' }),
    )
    await expect(alias).rejects.toMatchObject({ code: 'second-person-required' })
  })

  test('who doubts it rejects it, and it stays unknown', async () => {
    const file = await unknown()
    await propose(file, CARLA, 'notDelivered')
    await file.organization.write(DORA, (ctx) => rejectResolution(ctx, file.id, { reason: 'ask again' }))
    expect(await file.submission()).toMatchObject({ state: 'unknown', resolution: null })
    await expect(confirm(file, DORA, 'notDelivered')).rejects.toMatchObject({ code: 'state-conflict' })
  })

  test('the bank has it: done, with two people as evidence', async () => {
    const file = await unknown()
    await resolveByTwo(file, 'delivered')
    expect(await file.submission()).toMatchObject({ state: 'done', problem: null, resolution: null })
    await bank.deliveries.run()
    expect(await fileStatus(file)).toBe('delivered')
    expect(await bank.copies(file)).toBe(1)
    expect(await auditActions(file)).toEqual([
      'submission.unknown',
      'submission.resolutionProposed',
      'submission.resolved',
    ])
    expect(await eventTypes(file)).toEqual(await auditActions(file))
  })

  test('once it was unknown it is never canceled, also when it failed since: it may be at the bank all the same', async () => {
    const file = await unknown()
    const at = new Date(bank.deliveries.tenants.clock.now.getTime() + 60_000).toISOString()
    await setCutoff(file, at)
    await resolveByTwo(file, 'notDelivered')
    expect((await file.submission()).state).toBe('failed')
    await file.organization.write(BEN, (ctx) => retrySubmission(deps, ctx, file.id, { late: true }))
    const cancel = file.organization.write(BEN, (ctx) => cancelSubmission(ctx, file.id))
    await expect(cancel).rejects.toMatchObject({ code: 'state-conflict' })
  })

  test('the bank does not have it: sent anew, after another look', async () => {
    const file = await bank.deliveries.submit(bank.setup())
    await writeFile(join(bank.server.inbox, file.fileName), 'something else')
    await bank.deliveries.run()
    expect((await file.submission()).state).toBe('unknown')
    await resolveByTwo(file, 'notDelivered')
    await bank.deliveries.run()
    expect((await file.submission()).state).toBe('unknown')
    await rm(join(bank.server.inbox, file.fileName))
    await resolveByTwo(file, 'notDelivered')
    await bank.deliveries.run()
    expect((await file.submission()).state).toBe('done')
    expect(await filesIn(bank.server.inbox)).toEqual([{ name: file.fileName, bytes: file.bytes }])
  })
})
