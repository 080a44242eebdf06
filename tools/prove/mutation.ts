import { type ChildProcess, fork } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { ProofOptions } from '../prove.ts'
import { inWorkspace } from '../workspace.ts'
import { type Mutant, mutantsOf } from './mutation/mutators.ts'
import { SCOPES, type Scope } from './mutation/scopes.ts'
import type { Verdict } from './mutation/try-mutants.ts'
import { withoutUnseen } from './mutation/unseen.ts'

/** Mutants that are tried; more than there are tries them all. */
export const defaults = { rounds: 600 }

const GOAL_PERCENT = 90
/** The modules of a trial stay in memory, so a process is left after so many. */
const TRIALS_OF_A_PROCESS = 60
const PROCESSES = 2

/** What may be named after the proof; without a name it is the first. */
export const scopes = Object.keys(SCOPES)

function allMutants({ source, files, character, unseen = [] }: Scope) {
  const folder = pathToFileURL(`${inWorkspace(source)}/`)
  const found = globSync([...files], { cwd: folder, exclude: ['**/*.test.ts', '**/testing/**'] })
  const textOf = (file: string) => readFileSync(new URL(file, folder), 'utf8')
  const mutants = found.sort().flatMap((file) => mutantsOf(file, textOf(file), character))
  return withoutUnseen(mutants, unseen, textOf)
}

/** The files behind the patterns of a scope that may notice this mutant, in their order, each once. */
function testsOf({ source, tests }: Scope, mutant: Mutant | null): string[] {
  const cwd = inWorkspace(source)
  const patterns = tests.flatMap((one) => {
    if (typeof one === 'string') return one
    return mutant === null || one.of.test(mutant.file) ? one.file : []
  })
  return [...new Set(patterns.flatMap((pattern) => globSync(pattern, { cwd }).sort()))]
}

function scopeOf(name: string): Scope {
  const scope = SCOPES[name]
  if (!scope) throw new Error(`There is no scope '${name}'.`)
  return scope
}

/** So many mutants, chosen by the seed. */
function sampled(mutants: readonly Mutant[], count: number, seed: number): Mutant[] {
  const rank = (index: number) => createHash('sha256').update(`${seed} ${index}`).digest('hex')
  const ranked = mutants.map((mutant, index) => ({ mutant, rank: rank(index) }))
  return ranked
    .toSorted((a, b) => (a.rank < b.rank ? -1 : 1))
    .slice(0, count)
    .map(({ mutant }) => mutant)
}

/** In memory where it can be had: waiting for a disk tells nothing about a mutant. */
const temporaryFolder = () => mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'fistworks-mutation-'))

/** One process that tries mutants, begun anew when it hangs or has had enough. */
class Trials {
  readonly #scope: Scope
  readonly #folder: string
  #child: ChildProcess | null = null
  #count = 0

  /** @param folder what the tests write goes there */
  constructor(scope: Scope, folder: string) {
    this.#scope = scope
    this.#folder = folder
  }

  /** What killed the mutant; null when it survived. */
  try(mutant: Mutant | null): Promise<string | null> {
    if (this.#count >= TRIALS_OF_A_PROCESS) this.stop()
    this.#child ??= fork(new URL('./mutation/try-mutants.ts', import.meta.url), [inWorkspace(this.#scope.source)], {
      stdio: 'ignore',
      env: { ...process.env, TMPDIR: this.#folder },
    })
    const child = this.#child
    this.#count++
    return new Promise((resolve) => {
      const done = (killedBy: string | null, isOver: boolean) => {
        clearTimeout(timer)
        child.removeAllListeners()
        if (isOver) this.stop()
        resolve(killedBy)
      }
      const timer = setTimeout(() => done('never ends', true), this.#scope.hangMs)
      child.once('message', ({ killedBy }: Verdict) => done(killedBy, false))
      child.once('exit', () => done('ends the process', true))
      child.send({ id: this.#count, mutant, tests: testsOf(this.#scope, mutant) })
    })
  }

  stop(): void {
    this.#child?.kill('SIGKILL')
    this.#child = null
    this.#count = 0
  }
}

/** Small faults put into the source of a scope, one at a time: how many of them do its tests notice? */
export async function prove({ rounds, seed, scope: name = 'rules', log }: ProofOptions) {
  const scope = scopeOf(name)
  const { seen: mutants, leftOut } = allMutants(scope)
  for (const { entry, count } of leftOut) log(`left out: ${count} on '${entry.line}': ${entry.reason}`)
  const chosen = sampled(mutants, rounds, seed)
  const survivors: Mutant[] = []
  const folder = temporaryFolder()
  let tried = 0
  const queue = chosen.values()
  async function work(): Promise<void> {
    const trials = new Trials(scope, folder)
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
  try {
    await Promise.all(Array.from({ length: PROCESSES }, work))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
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
      leftOut: leftOut.reduce((sum, { count }) => sum + count, 0),
      tried: chosen.length,
      killed,
      survived: survivors.length,
      score: `${score.toFixed(1)} %`,
    },
    breaches,
  }
}
