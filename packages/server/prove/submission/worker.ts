import type { BankSession } from '../../src/banks/bank.ts'
import { openHome } from '../../src/storage/testing/home.ts'
import { connectToTestBank, createDeliveryWorker, deliverAll } from '../../src/submissions/testing/delivery.ts'

/**
 * A process that delivers what is due and, when it is told to, dies by `kill -9` at one point on the way.
 * Arguments: the folder of a home, time to begin at, point to die at (or `never`).
 */
const [folder = '', beginAt = '', dieAt = 'never'] = process.argv.slice(2)

function pass(point: string): void {
  if (point === dieAt) process.kill(process.pid, 'SIGKILL')
}

/** Starts an effect at the bank and dies while it is on its way, or lets it end and dies then. */
async function through<T>(effect: string, work: () => Promise<T>): Promise<T> {
  const working = work()
  if (dieAt === `during ${effect}`) setImmediate(() => pass(`during ${effect}`))
  const result = await working
  pass(`after ${effect}`)
  return result
}

async function connect(settings: Parameters<typeof connectToTestBank>[0]): Promise<BankSession> {
  const session = await connectToTestBank(settings)
  return {
    ...session,
    uploadExclusive: (path, bytes) => through('upload', () => session.uploadExclusive(path, bytes)),
    rename: (from, to) => through('rename', () => session.rename(from, to)),
  }
}

const databases = await openHome(folder)
const place = { folder, databases, clock: { now: new Date(beginAt) } }
await deliverAll(place, createDeliveryWorker(place, { checkpoint: pass, connect }))
await databases.close()
