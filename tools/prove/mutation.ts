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
const SHORTEST_MS = 20_000
const LONGEST_MS = 600_000
const NEVER_ENDS = 'never ends'
const ENDS_THE_PROCESS = 'ends the process'

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

const nameOf = ({ file, line, kind }: Mutant) => `${file}:${line} ${kind}`

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

  /** How long the tests of each file took without a mutant. */
  #usualMs: Verdict['tookMs'] = {}

  /** Runs all tests without a mutant. @throws Error when one fails */
  async begin(): Promise<void> {
    const { killedBy, tookMs } = await this.#try(null, LONGEST_MS)
    if (killedBy !== null) throw new Error(`The tests fail without a mutant: ${killedBy}`)
    this.#usualMs = tookMs
  }

  /** What killed the mutant; null when it survived. One that takes ten times as long as usual never ends. */
  async try(mutant: Mutant): Promise<string | null> {
    const usualMs = testsOf(this.#scope, mutant).reduce((sum, file) => sum + (this.#usualMs[file] ?? 0), 0)
    return (await this.#try(mutant, SHORTEST_MS + 10 * usualMs)).killedBy
  }

  #try(mutant: Mutant | null, mostMs: number): Promise<Pick<Verdict, 'killedBy' | 'tookMs'>> {
    if (this.#count >= TRIALS_OF_A_PROCESS) this.stop()
    this.#child ??= fork(new URL('./mutation/try-mutants.ts', import.meta.url), [inWorkspace(this.#scope.source)], {
      stdio: 'ignore',
      env: { ...process.env, TMPDIR: this.#folder },
    })
    const child = this.#child
    this.#count++
    return new Promise((resolve) => {
      const done = (verdict: Pick<Verdict, 'killedBy' | 'tookMs'>) => {
        clearTimeout(timer)
        child.removeAllListeners()
        resolve(verdict)
      }
      const stop = (killedBy: string) => {
        this.stop()
        done({ killedBy, tookMs: {} })
      }
      const timer = setTimeout(() => stop(NEVER_ENDS), mostMs)
      child.once('message', done)
      child.once('exit', () => stop(ENDS_THE_PROCESS))
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
      await trials.begin()
      for (const mutant of queue) {
        const killedBy = await trials.try(mutant)
        if (killedBy === null) survivors.push(mutant)
        // No test said what is wrong, so somebody may want to look.
        if (killedBy === NEVER_ENDS || killedBy === ENDS_THE_PROCESS) log(`${killedBy}: ${nameOf(mutant)}`)
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
  for (const mutant of survivors.toSorted((a, b) => a.file.localeCompare(b.file) || a.line - b.line)) {
    log(`survived: ${nameOf(mutant)}`)
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
