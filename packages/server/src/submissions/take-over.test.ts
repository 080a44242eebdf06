import { beforeEach, describe, expect, test } from 'vitest'
import type { FaultySftpServer } from '../banks/testing/faulty-sftp-server.ts'
import { filesIn, startFaultySftpServer } from '../banks/testing/faulty-sftp-server.ts'
import { type BankSetup, connectToTestBank, createDeliveries, type OnItsWay } from './testing/delivery.ts'

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

describe('two workers', () => {
  test.each([false, true])(
    'one that slept before its rename cannot make a second copy (bank takes files at once: %s)',
    async (sweepsAtOnce) => {
      server.sweep(sweepsAtOnce)
      const file = await deliveries.submit(setup({ sweepsAtOnce }))
      let wake = () => {}
      const sleeping = new Promise<void>((resolve) => (wake = resolve))
      let fellAsleep = () => {}
      const asleep = new Promise<void>((resolve) => (fellAsleep = resolve))
      const sleeper = deliveries.worker({
        async connect(settings) {
          const session = await connectToTestBank(settings)
          return {
            ...session,
            hostKeyFingerprint: session.hostKeyFingerprint,
            async rename(from, to) {
              fellAsleep()
              await sleeping
              return session.rename(from, to)
            },
          }
        },
      })
      const slept = sleeper.runOnce()
      await asleep
      deliveries.tenants.clock.now = new Date(deliveries.tenants.clock.now.getTime() + 61_000)
      await deliveries.run()
      wake()
      await slept
      expect((await file.submission()).state).toBe('done')
      expect(await copies(file)).toBe(1)
      expect((await filesIn(server.inbox)).filter(({ name }) => name.startsWith('.'))).toEqual([])
    },
  )

  test('one that slept while writing changes nothing when it wakes', async () => {
    const file = await deliveries.submit(setup())
    const pause = server.pauseAt('WRITE')
    const slept = deliveries.worker().runOnce()
    await pause.reached
    deliveries.tenants.clock.now = new Date(deliveries.tenants.clock.now.getTime() + 61_000)
    await deliveries.run()
    pause.resume()
    await slept
    expect((await file.submission()).state).toBe('done')
    expect(await filesIn(server.inbox)).toEqual([{ name: file.fileName, bytes: file.bytes }])
  })
})
