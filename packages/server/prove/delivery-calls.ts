import { DELIVERY_CASES } from './delivery-calls/deliveries.ts'
import { INBOUND_CASES } from './delivery-calls/inbound.ts'
import { FAULTS, lineThatBreaks } from './delivery-calls/line.ts'
import { SCHEDULE_CASES } from './delivery-calls/schedules.ts'
import type { UseCase } from './delivery-calls/use-case.ts'

export const defaults = { rounds: 1 }

const USE_CASES: Record<string, UseCase> = { ...DELIVERY_CASES, ...INBOUND_CASES, ...SCHEDULE_CASES }

interface Figures extends Record<string, number> {
  useCases: number
  calls: number
  runs: number
  breaches: number
}

/**
 * Lets the n-th call to the bank or to the database fail, for every n, before it was done, in the middle and after it, in
 * each use case, until a run passes untouched. A breach of a delivery is anything but one whole copy, none and a word that
 * says so, or a person who is asked; of a return, anything but that it landed once; of a schedule, a payment with
 * anything but one file.
 */
export async function prove(options: { rounds: number; seed: number; log(line: string): void }) {
  const figures: Figures = { useCases: Object.keys(USE_CASES).length, calls: 0, runs: 0, breaches: 0 }
  const breaches: string[] = []
  for (const [name, useCase] of Object.entries(USE_CASES)) {
    const open = await useCase.open()
    try {
      for (const fault of FAULTS) {
        for (let at = 0; ; at++) {
          const line = lineThatBreaks(fault, at)
          const found = await open.run(line)
          figures.runs++
          breaches.push(...found.map((breach) => `${name}, ${fault} call ${at + 1} (${line.struck}): ${breach}`))
          if (line.struck === null) break
          figures.calls++
        }
      }
    } finally {
      await open.close()
    }
    options.log(`${name}: ${figures.runs} runs so far`)
  }
  return { figures: { ...figures, breaches: breaches.length }, breaches }
}
