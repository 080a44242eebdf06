import fc from 'fast-check'
import { startFaultySftpServer } from '../src/banks/testing/faulty-sftp-server.ts'
import { createDeliveries } from '../src/submissions/testing/delivery.ts'
import { faultSchedules, runFaultSchedule } from '../src/submissions/testing/fault-schedule.ts'

export const defaults = { rounds: 1000 }

interface Figures extends Record<string, number> {
  schedules: number
  delivered: number
  failed: number
  unknown: number
  breaches: number
}

/**
 * Delivers a file through a bank where anything can go wrong at any request: lost connections, lies, refusals. A breach
 * is two copies, a part under the final name, or a state that says something else than what the bank has.
 */
export async function prove(options: { rounds: number; seed: number; log(line: string): void }) {
  const deliveries = await createDeliveries()
  const server = await startFaultySftpServer()
  const figures: Figures = { schedules: options.rounds, delivered: 0, failed: 0, unknown: 0, breaches: 0 }
  const breaches: string[] = []
  try {
    const drawn = fc.sample(faultSchedules, { numRuns: options.rounds, seed: options.seed })
    for (const [index, schedule] of drawn.entries()) {
      if (index % 100 === 0) options.log(`schedule ${index + 1} of ${options.rounds}`)
      const result = await runFaultSchedule(deliveries, server, schedule)
      if (result.state === 'done') figures.delivered++
      if (result.state === 'failed') figures.failed++
      if (result.state === 'unknown') figures.unknown++
      for (const breach of result.breaches) breaches.push(`${JSON.stringify(schedule)}: ${breach}`)
    }
    figures.breaches = breaches.length
  } finally {
    await deliveries.close()
    await server.stop()
  }
  return { figures, breaches }
}
