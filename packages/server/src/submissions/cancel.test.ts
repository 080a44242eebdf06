import { eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { BEN } from '../testing/context.ts'
import { cancelSubmission } from './cancel.ts'
import { createSubmission } from './create.ts'
import { retrieveSubmission } from './service.ts'
import { submissions } from './table.ts'
import { connectToTestBank, eventTypes, type OnItsWay } from './testing/delivery.ts'
import { useTestBank } from './testing/test-bank.ts'

const bank = useTestBank()
const cancel = (file: OnItsWay) => file.organization.write(BEN, (ctx) => cancelSubmission(ctx, file.id))
const REFUSED = { code: 'state-conflict' }

describe('cancel', () => {
  test('before a worker takes it: nothing is ever sent, and once is enough', async () => {
    const file = await bank.deliveries.submit(bank.setup())
    await cancel(file)
    await bank.deliveries.run()
    expect(await file.submission()).toMatchObject({ state: 'canceled', problem: null, attempt: 0 })
    expect(await bank.copies(file)).toBe(0)
    await expect(cancel(file)).rejects.toMatchObject(REFUSED)
    expect(await eventTypes(file)).toEqual(['submission.canceled'])
  })

  test('while it waits for another try and nothing can have got its final name', async () => {
    const file = await bank.deliveries.submit(bank.setup())
    bank.server.plan([{ request: 'WRITE', at: 1, what: 'dropBefore' }])
    await bank.deliveries.worker().runOnce()
    expect((await file.submission()).state).toBe('retryWait')
    await cancel(file)
    bank.server.plan([])
    await bank.deliveries.run()
    expect(await file.submission()).toMatchObject({ state: 'canceled', retryAt: null })
    expect(await bank.copies(file)).toBe(0)
  })

  test('not after a rename whose answer was lost', async () => {
    const file = await bank.deliveries.submit(bank.setup())
    bank.server.plan([{ request: 'RENAME', at: 1, what: 'dropAfter' }])
    await bank.deliveries.worker().runOnce()
    expect((await file.submission()).state).toBe('retryWait')
    await expect(cancel(file)).rejects.toMatchObject(REFUSED)
    await bank.deliveries.run()
    expect((await file.submission()).state).toBe('done')
    await expect(cancel(file)).rejects.toMatchObject(REFUSED)
  })

  test('not while a worker has it, wherever it is', async () => {
    const file = await bank.deliveries.submit(bank.setup())
    const refused: string[] = []
    const worker = bank.deliveries.worker({
      async connect(settings) {
        await expect(cancel(file)).rejects.toMatchObject(REFUSED)
        refused.push('connecting')
        const session = await connectToTestBank(settings)
        return {
          ...session,
          hostKeyFingerprint: session.hostKeyFingerprint,
          async rename(from, to) {
            await expect(cancel(file)).rejects.toMatchObject(REFUSED)
            refused.push('renaming')
            return session.rename(from, to)
          },
        }
      },
    })
    await bank.deliveries.run(worker)
    expect(refused).toEqual(['connecting', 'renaming'])
    expect(await bank.copies(file)).toBe(1)
  })

  test('at the moment a worker takes it: canceled or delivered, never both', async () => {
    const ends = new Set<string>()
    for (const isFirst of [true, false]) {
      const file = await bank.deliveries.submit(bank.setup())
      const run = () => bank.deliveries.run()
      const tryCancel = () => cancel(file).catch(() => undefined)
      await Promise.all(isFirst ? [tryCancel(), run()] : [run(), tryCancel()])
      const { state } = await file.submission()
      expect(await bank.copies(file)).toBe(state === 'canceled' ? 0 : 1)
      ends.add(state)
    }
    expect([...ends].every((state) => state === 'canceled' || state === 'done')).toBe(true)
  })

  test('another tenant’s is one that never was, and no statement brings a canceled one back', async () => {
    const file = await bank.deliveries.submit(bank.setup())
    const other = await bank.deliveries.tenants.organization()
    const elsewhere = other.write(BEN, (ctx) => cancelSubmission(ctx, file.id))
    await expect(elsewhere).rejects.toMatchObject({ code: 'not-found' })
    await cancel(file)
    const byHand = file.organization.storage.write((tx) =>
      tx.update(submissions).set({ state: 'ready' }).where(eq(submissions.organizationId, file.organization.id)),
    )
    await expect(byHand).rejects.toThrow()
  })
})

test('the same bytes are refused under another name, also by the database, until the first is canceled', async () => {
  const file = await bank.deliveries.submit(bank.setup())
  const { sha256, sizeBytes, bankConnectionId } = await file.submission()
  const second = await bank.deliveries.again(file)
  const again = () =>
    file.organization.write(BEN, (ctx) =>
      createSubmission(ctx, { achFileId: second, bankConnectionId, fileName: 'other.ach', sizeBytes, sha256 }),
    )
  await expect(again()).rejects.toMatchObject({ code: 'duplicate', message: expect.stringContaining(file.fileName) })
  const { storage, id } = file.organization
  const [row] = await storage.read.select().from(submissions).where(eq(submissions.organizationId, id))
  if (row === undefined) throw new Error('The submission is missing.')
  const byHand = storage.write((tx) =>
    tx
      .insert(submissions)
      .values({ ...row, id: 'sub_other' as typeof row.id, achFileId: second, fileName: 'other.ach' }),
  )
  await expect(byHand).rejects.toThrow()
  await cancel(file)
  await again()
})

describe('a delivery with times', () => {
  async function held(times: { notBefore?: string; deliverBy?: string }) {
    const file = await bank.deliveries.submit(bank.setup())
    const { sizeBytes, bankConnectionId } = await file.submission()
    await bank.deliveries.run()
    const achFileId = await bank.deliveries.again(file)
    const sha256 = 'ab'.repeat(32)
    const input = { achFileId, bankConnectionId, fileName: 'held.ach', sizeBytes, sha256, ...times }
    const { id } = await file.organization.write(BEN, (ctx) => createSubmission(ctx, input))
    return { ...file, id, submission: () => file.organization.read((ctx) => retrieveSubmission(ctx, id)) }
  }
  const inMinutes = (minutes: number) =>
    new Date(bank.deliveries.tenants.clock.now.getTime() + minutes * 60_000).toISOString()

  test('is taken up at its time, not before', async () => {
    const file = await held({ notBefore: inMinutes(60), deliverBy: inMinutes(120) })
    const { clock } = bank.deliveries.tenants
    clock.now = new Date(clock.now.getTime() + 60 * 60_000 - 1)
    expect(await bank.deliveries.worker().runOnce()).toBe(false)
    clock.now = new Date(clock.now.getTime() + 1)
    expect(await bank.deliveries.worker().runOnce()).toBe(true)
    expect(await file.submission()).toMatchObject({ attempt: 1 })
  })

  test.each([{ deliverBy: 14 }, { notBefore: 30, deliverBy: 44 }])(
    'without a moment to try is refused: %j',
    async (minutes) => {
      const times = Object.fromEntries(Object.entries(minutes).map(([name, value]) => [name, inMinutes(value)]))
      await expect(held(times)).rejects.toMatchObject({ ...REFUSED, message: expect.stringContaining('cutoff') })
    },
  )
})
