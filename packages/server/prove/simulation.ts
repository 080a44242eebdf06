import { rmSync } from 'node:fs'
import { runSeed } from './simulation/run-seed.ts'
import { buildTemplate, scratchFolder } from './simulation/template.ts'

export const defaults = { rounds: 200 }
/** `trace` prints every step of each seed. */
export const scopes = ['trace']

interface Options {
  rounds: number
  seed: number
  scope?: string
  log(line: string): void
}

const PROGRESS = 100

/**
 * Lives through `rounds` worlds, each decided by one seed from `seed` on: two companies, their banks, the processes of
 * the server, its databases, keys, clock and mail, all in this process and all of them failing now and then. A breach
 * is anything that must never be, such as two copies of a file at a bank; one command replays it.
 */
export async function prove({ rounds, seed, scope, log }: Options) {
  const root = scratchFolder()
  const figures = { seeds: 0, virtualDays: 0, faults: 0, steps: 0 }
  const ends: Record<string, number> = {}
  const breaches: string[] = []
  const print = scope === 'trace' ? log : undefined
  try {
    const template = await buildTemplate(root)
    for (let each = seed; each < seed + rounds; each++) {
      const result = await runSeed(each, template, root, { print })
      figures.seeds++
      figures.virtualDays += result.virtualDays
      figures.faults += result.faults
      figures.steps += result.lines
      for (const [state, count] of result.ends) ends[state] = (ends[state] ?? 0) + count
      for (const why of result.breaches)
        breaches.push(`${why} (pnpm prove simulation --rounds 1 --seed ${each} --trace)`)
      if (figures.seeds % PROGRESS === 0) log(`${figures.seeds} of ${rounds} seeds, ${breaches.length} breaches`)
    }
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
  return { figures: { ...figures, virtualDays: Math.round(figures.virtualDays), ...ends }, breaches }
}
