import { setTimeout as sleep } from 'node:timers/promises'
import { openHome } from '../../src/storage/testing/home.ts'
import { createDeliveryWorker } from '../../src/submissions/testing/delivery.ts'

/**
 * A process that delivers what is due until its input ends. Arguments: the folder of a home, when the time of the test
 * began, in real milliseconds and in its own, and how much faster it goes.
 */
const [folder = '', realMs = '0', testMs = '0', speed = '1'] = process.argv.slice(2)
const databases = await openHome(folder)
const clock = {
  get now() {
    return new Date(Number(testMs) + (Date.now() - Number(realMs)) * Number(speed))
  },
}
/** As the clock of the test counts; the beats of its renewal are real. */
const lease = { leaseMs: 4_000 * Number(speed), heartbeatMs: 1_000 }
const worker = createDeliveryWorker({ folder, databases, clock }, { ...lease, random: Math.random })
let isEnding = false
process.stdin.once('end', () => {
  isEnding = true
})
process.stdin.resume()
process.stdout.write('ready\n')

async function lane(): Promise<void> {
  while (!isEnding) {
    const worked = await worker.runOnce().catch(() => false)
    if (!worked) await sleep(50)
  }
}
await Promise.all([lane(), lane(), lane(), lane()])
await databases.close()
