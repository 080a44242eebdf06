import { generateKey } from 'openpgp'
import { readBankKey } from '../../src/banks/open-pgp.ts'
import { startFaultySftpServer } from '../../src/banks/testing/faulty-sftp-server.ts'
import type { Worker } from '../../src/jobs/jobs.ts'
import { cancelSubmission } from '../../src/submissions/cancel.ts'
import {
  createDeliveries,
  deliverAll,
  eventTypes,
  type OnItsWay,
  resolveByTwo,
  setCutoff,
} from '../../src/submissions/testing/delivery.ts'
import { empty, judgeDelivery } from '../../src/submissions/testing/fault-schedule.ts'
import { BEN, MONDAY } from '../../src/testing/context.ts'
import type { Line } from './line.ts'
import { patient, type UseCase } from './use-case.ts'

interface Around {
  line: Line
  worker: Worker
  clock: { now: Date }
}

/** What is done with one file while one call fails. */
interface DeliveryCase {
  sweepsAtOnce?: boolean
  acknowledges?: boolean
  encrypts?: boolean
  work(run: () => Promise<void>, file: OnItsWay, around: Around): Promise<void>
  /** What else must be so at the end. */
  judge?(file: OnItsWay): Promise<string[]>
}

const cancel = (file: OnItsWay) => file.organization.write(BEN, (ctx) => cancelSubmission(ctx, file.id))

/** A file header begins with a `1`. */
const FIRST_OF_CLEAR = 0x31
const HOUR_MS = 3_600_000
const TURNS_MAX = 10

const CASES: Record<string, DeliveryCase> = {
  delivery: { work: (run) => run() },
  'delivery to a bank that takes files at once': { sweepsAtOnce: true, work: (run) => run() },
  'delivery of a file that is encrypted for its bank': {
    encrypts: true,
    work: (run) => run(),
    judge: async ({ bytes }) => (bytes[0] === FIRST_OF_CLEAR ? ['it is not encrypted'] : []),
  },
  acknowledgement: { sweepsAtOnce: true, acknowledges: true, work: (run) => run() },
  cancel: {
    async work(run, file, { line }) {
      await Promise.all([line.storage(() => cancel(file)).catch(() => undefined), run()])
      await cancel(file).catch(() => undefined)
    },
  },
  'resolution of a lost answer': {
    sweepsAtOnce: true,
    async work(run, file, { line }) {
      await run()
      if ((await file.submission()).state !== 'unknown') return
      await line.storage(() => resolveByTwo(file, 'delivered')).catch(() => undefined)
      if ((await file.submission()).state === 'unknown') await resolveByTwo(file, 'delivered').catch(() => undefined)
      await run()
    },
  },
  'a cutoff that has passed': {
    async work(run, file, { worker, clock }) {
      await setCutoff(file, new Date(clock.now.getTime() + HOUR_MS).toISOString())
      clock.now = new Date(clock.now.getTime() + 2 * HOUR_MS)
      for (let turn = 0; turn < TURNS_MAX; turn++) {
        while (await worker.runOnce());
        clock.now = new Date(clock.now.getTime() + HOUR_MS)
      }
      await run()
    },
    async judge(file) {
      const told = (await eventTypes(file)).toSorted().join()
      return told === 'submission.cutoffMissed,submission.failed' ? [] : [`people were told ${told}`]
    },
  },
}

export const DELIVERY_CASES: Record<string, UseCase> = Object.fromEntries(
  Object.entries(CASES).map(([name, one]) => [name, { open: () => open(one) }]),
)

/** What a bank gives its customers to encrypt with. */
async function encryptionOfBank() {
  const date = new Date(MONDAY.getTime() - 24 * HOUR_MS)
  const { publicKey } = await generateKey({ userIDs: [{ name: 'Bank' }], date })
  return { format: 'binary' as const, publicKeys: [await readBankKey(publicKey, MONDAY)] }
}

async function open({ sweepsAtOnce = false, acknowledges = false, encrypts = false, work, judge }: DeliveryCase) {
  const deliveries = await createDeliveries()
  const server = await startFaultySftpServer()
  const encryption = encrypts ? await encryptionOfBank() : null
  return {
    async run(line: Line): Promise<string[]> {
      const { clock } = deliveries.tenants
      clock.now = MONDAY
      await empty(server)
      server.sweep(sweepsAtOnce, acknowledges)
      const setup = { settings: server.settings, uploadDirectory: '/inbox', sweepsAtOnce, encryption }
      const file = await deliveries.submit({ ...setup, acknowledgementDirectory: acknowledges ? '/outbox' : null })
      const worker = patient(deliveries.worker({ connect: line.connect, storage: line.around }))
      await work(() => deliverAll(deliveries.tenants, worker), file, { line, worker, clock })
      if (acknowledges) {
        clock.now = new Date(clock.now.getTime() + HOUR_MS)
        while (await worker.runOnce());
      }
      const { state, breaches } = await judgeDelivery(server, file)
      if (acknowledges && state === 'done') breaches.push('its acknowledgement was not found')
      return [...breaches, ...((await judge?.(file)) ?? [])]
    },
    async close() {
      await deliveries.close()
      await server.stop()
    },
  }
}
