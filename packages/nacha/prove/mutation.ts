import { type ChildProcess, fork } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import { type Mutant, mutantsOf } from './mutation/mutators.ts'
import { randomFrom } from './mutation/random.ts'
import type { Verdict } from './mutation/try-mutants.ts'

interface ProofOptions {
  rounds: number
  seed: number
  log(line: string): void
}

/** Mutants that are tried; more than there are tries them all. */
export const defaults = { rounds: 600 }

const GOAL_PERCENT = 90
/** A trial takes a fifth of a second: a mutant that takes so long never ends. */
const HANG_MS = 20_000
/** The modules of a trial stay in memory, so a process is left after so many. */
const TRIALS_OF_A_PROCESS = 60
const PROCESSES = 2

/** Tests that judge files; the cheapest that kills most comes first. */
const TESTS = [
  'rules/rules.test.ts',
  'rules/edges.test.ts',
  'samples.test.ts',
  'validate/trace-numbers.test.ts',
  'validate/seen-entries.test.ts',
  'switches.test.ts',
  'codec.test.ts',
  'stream.test.ts',
]
const source = new URL('../src/', import.meta.url)

function allMutants(): Mutant[] {
  const files = globSync(['validate/**/*.ts', 'rules/*.ts'], { cwd: source, exclude: ['**/*.test.ts'] })
  return files.sort().flatMap((file) => mutantsOf(file, readFileSync(new URL(file, source), 'utf8')))
}

function sampled(mutants: readonly Mutant[], count: number, seed: number): Mutant[] {
  const random = randomFrom(seed)
  const left = [...mutants]
  return Array.from({ length: Math.min(count, left.length) }, () => left.splice(random(left.length), 1)).flat()
}

/** One process that tries mutants, begun anew when it hangs or has had enough. */
class Trials {
  #child: ChildProcess | null = null
  #count = 0

  /** What killed the mutant; null when it survived. */
  try(mutant: Mutant | null): Promise<string | null> {
    if (this.#count >= TRIALS_OF_A_PROCESS) this.stop()
    this.#child ??= fork(new URL('./mutation/try-mutants.ts', import.meta.url), { stdio: 'ignore' })
    const child = this.#child
    this.#count++
    return new Promise((resolve) => {
      const done = (killedBy: string | null, isOver: boolean) => {
        clearTimeout(timer)
        child.removeAllListeners()
        if (isOver) this.stop()
        resolve(killedBy)
      }
      const timer = setTimeout(() => done('never ends', true), HANG_MS)
      child.once('message', ({ killedBy }: Verdict) => done(killedBy, false))
      child.once('exit', () => done('ends the process', true))
      child.send({ id: this.#count, mutant, tests: TESTS })
    })
  }

  stop(): void {
    this.#child?.kill('SIGKILL')
    this.#child = null
    this.#count = 0
  }
}

/** Small faults put into the rules, one at a time: how many of them do the tests notice? */
export async function prove({ rounds, seed, log }: ProofOptions) {
  const mutants = allMutants()
  const chosen = sampled(mutants, rounds, seed)
  const survivors: Mutant[] = []
  let tried = 0
  const queue = chosen.values()
  async function work(): Promise<void> {
    const trials = new Trials()
    try {
      const unchanged = await trials.try(null)
      if (unchanged !== null) throw new Error(`The tests fail without a mutant: ${unchanged}`)
      for (const mutant of queue) {
        if ((await trials.try(mutant)) === null) survivors.push(mutant)
        if (++tried % 100 === 0) log(`${tried} mutants, ${survivors.length} survived`)
      }
    } finally {
      trials.stop()
    }
  }
  await Promise.all(Array.from({ length: PROCESSES }, work))
  for (const { file, line, kind } of survivors.toSorted((a, b) => a.file.localeCompare(b.file) || a.line - b.line)) {
    log(`survived: ${file}:${line} ${kind}`)
  }
  const killed = chosen.length - survivors.length
  const score = chosen.length === 0 ? 100 : (100 * killed) / chosen.length
  const breaches =
    score < GOAL_PERCENT ? [`the tests notice ${score.toFixed(1)} % of the mutants, not ${GOAL_PERCENT} %`] : []
  return {
    figures: {
      mutants: mutants.length,
      tried: chosen.length,
      killed,
      survived: survivors.length,
      score: `${score.toFixed(1)} %`,
    },
    breaches,
  }
}
