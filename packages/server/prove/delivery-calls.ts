import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { startFaultySftpServer } from '../src/banks/testing/faulty-sftp-server.ts'
import { cancelSubmission } from '../src/submissions/cancel.ts'
import { createDeliveries, deliverAll, type OnItsWay, resolveByTwo } from '../src/submissions/testing/delivery.ts'
import { empty, judgeDelivery } from '../src/submissions/testing/fault-schedule.ts'
import { BEN, MONDAY } from '../src/testing/context.ts'
import { FAULTS, type Line, lineThatBreaks } from './delivery-calls/line.ts'

export const defaults = { rounds: 1 }

type Deliveries = Awaited<ReturnType<typeof createDeliveries>>

/** What is done with one file while one call fails. */
interface UseCase {
  sweepsAtOnce: boolean
  acknowledges: boolean
  work(run: () => Promise<void>, file: OnItsWay, line: Line): Promise<void>
}

const USE_CASES: Record<string, UseCase> = {
  delivery: { sweepsAtOnce: false, acknowledges: false, work: (run) => run() },
  'delivery to a bank that takes files at once': { sweepsAtOnce: true, acknowledges: false, work: (run) => run() },
  acknowledgement: { sweepsAtOnce: true, acknowledges: true, work: (run) => run() },
  cancel: {
    sweepsAtOnce: false,
    acknowledges: false,
    async work(run, file, line) {
      await Promise.all([line.storage(() => cancel(file)).catch(() => undefined), run()])
      await cancel(file).catch(() => undefined)
    },
  },
  'resolution of a lost answer': {
    sweepsAtOnce: true,
    acknowledges: false,
    async work(run, file, line) {
      await run()
      if ((await file.submission()).state !== 'unknown') return
      await line.storage(() => resolveByTwo(file, 'delivered')).catch(() => undefined)
      if ((await file.submission()).state === 'unknown') await resolveByTwo(file, 'delivered').catch(() => undefined)
      await run()
    },
  },
}

const cancel = (file: OnItsWay) => file.organization.write(BEN, (ctx) => cancelSubmission(ctx, file.id))

interface Figures extends Record<string, number> {
  useCases: number
  calls: number
  runs: number
  breaches: number
}

/**
 * Lets the n-th call to the bank or to the database fail, for every n, before it was done, in the middle and after it, in
 * each use case, until a run passes untouched. A breach is anything but one whole copy, none and a word that says so, or
 * a person who is asked.
 */
export async function prove(options: { rounds: number; seed: number; log(line: string): void }) {
  const deliveries = await createDeliveries()
  const server = await startFaultySftpServer()
  const figures: Figures = { useCases: Object.keys(USE_CASES).length, calls: 0, runs: 0, breaches: 0 }
  const breaches: string[] = []
  try {
    for (const [name, useCase] of Object.entries(USE_CASES)) {
      for (const fault of FAULTS) {
        for (let at = 0; ; at++) {
          const line = lineThatBreaks(fault, at)
          const found = await runOnce(deliveries, server, useCase, line)
          figures.runs++
          breaches.push(...found.map((breach) => `${name}, ${fault} call ${at + 1} (${line.struck}): ${breach}`))
          if (line.struck === null) break
          figures.calls++
        }
      }
      options.log(`${name}: ${figures.runs} runs so far`)
    }
  } finally {
    await deliveries.close()
    await server.stop()
  }
  return { figures: { ...figures, breaches: breaches.length }, breaches }
}

async function runOnce(
  deliveries: Deliveries,
  server: Awaited<ReturnType<typeof startFaultySftpServer>>,
  { sweepsAtOnce, acknowledges, work }: UseCase,
  line: Line,
): Promise<string[]> {
  deliveries.tenants.clock.now = MONDAY
  await empty(server)
  server.sweep(sweepsAtOnce)
  const settings = { settings: server.settings, uploadDirectory: '/inbox', sweepsAtOnce }
  const file = await deliveries.submit({ ...settings, acknowledgementDirectory: acknowledges ? '/outbox' : null })
  if (acknowledges) {
    const { sha256 } = await file.submission()
    await writeFile(join(server.outbox, `${file.fileName}.ack`), `ACCEPTED ${sha256}\n`)
  }
  const worker = deliveries.worker({ connect: line.connect, storage: line.around })
  const patient = { ...worker, runOnce: () => worker.runOnce().catch(() => true) }
  await work(() => deliverAll(deliveries.tenants, patient), file, line)
  if (acknowledges) {
    const { clock } = deliveries.tenants
    clock.now = new Date(clock.now.getTime() + 3_600_000)
    while (await patient.runOnce());
  }
  const { state, breaches } = await judgeDelivery(server, file)
  return acknowledges && state === 'done' ? [...breaches, 'its acknowledgement was not found'] : breaches
}
