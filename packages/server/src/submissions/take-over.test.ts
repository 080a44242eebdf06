import { describe, expect, test } from 'vitest'
import { filesIn } from '../banks/testing/faulty-sftp-server.ts'
import { connectToTestBank } from './testing/delivery.ts'
import { useTestBank } from './testing/test-bank.ts'

const bank = useTestBank()

describe('two workers', () => {
  test.each([false, true])(
    'one that slept before its rename cannot make a second copy (bank takes files at once: %s)',
    async (sweepsAtOnce) => {
      bank.server.sweep(sweepsAtOnce)
      const file = await bank.deliveries.submit(bank.setup({ sweepsAtOnce }))
      let wake = () => {}
      const sleeping = new Promise<void>((resolve) => (wake = resolve))
      let fellAsleep = () => {}
      const asleep = new Promise<void>((resolve) => (fellAsleep = resolve))
      const sleeper = bank.deliveries.worker({
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
      bank.deliveries.tenants.clock.now = new Date(bank.deliveries.tenants.clock.now.getTime() + 61_000)
      await bank.deliveries.run()
      wake()
      await slept
      expect((await file.submission()).state).toBe('done')
      expect(await bank.copies(file)).toBe(1)
      expect((await filesIn(bank.server.inbox)).filter(({ name }) => name.startsWith('.'))).toEqual([])
    },
  )

  test('one that slept while writing changes nothing when it wakes', async () => {
    const file = await bank.deliveries.submit(bank.setup())
    const pause = bank.server.pauseAt('WRITE')
    const slept = bank.deliveries.worker().runOnce()
    await pause.reached
    bank.deliveries.tenants.clock.now = new Date(bank.deliveries.tenants.clock.now.getTime() + 61_000)
    await bank.deliveries.run()
    pause.resume()
    await slept
    expect((await file.submission()).state).toBe('done')
    expect(await filesIn(bank.server.inbox)).toEqual([{ name: file.fileName, bytes: file.bytes }])
  })
})
