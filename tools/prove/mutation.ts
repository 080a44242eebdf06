import { type ChildProcess, fork } from 'node:child_process'
import { createHash } from 'node:crypto'
import { globSync, readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import type { ProofOptions } from '../prove.ts'
import { inWorkspace } from '../workspace.ts'
import { type Character, type Mutant, mutantsOf } from './mutation/mutators.ts'
import type { Verdict } from './mutation/try-mutants.ts'
import { UNSEEN_OF_AUDIT, UNSEEN_OF_VAULT, type Unseen, withoutUnseen } from './mutation/unseen.ts'

/** Mutants that are tried; more than there are tries them all. */
export const defaults = { rounds: 600 }

const GOAL_PERCENT = 90
/** The modules of a trial stay in memory, so a process is left after so many. */
const TRIALS_OF_A_PROCESS = 60
const PROCESSES = 2

/** What gets the faults, and the tests that are to notice them; the cheapest that kills most comes first. */
interface Scope {
  /** The folder of the source, from the root; the others start there. */
  source: string
  character: Character
  files: readonly string[]
  tests: readonly (string | PartialTests)[]
  /** Faults that nobody can see from outside, each with its reason. */
  unseen?: readonly Unseen[]
  /** A mutant that takes so long never ends. */
  hangMs: number
}

/** Tests that are costly and tell nothing of other files. */
interface PartialTests {
  file: string
  of: RegExp
}

const SCOPES: Readonly<Record<string, Scope>> = {
  rules: {
    source: 'packages/nacha/src',
    character: 'reports',
    files: ['validate/**/*.ts', 'rules/*.ts', 'check-history.ts', 'history/*.ts'],
    tests: [
      'rules/rules.test.ts',
      'rules/*.test.ts',
      'validate/[a-r]*.test.ts',
      'validate/*/*.test.ts',
      'samples.test.ts',
      'validate/*.test.ts',
      'check-history.test.ts',
      'history/*.test.ts',
      'switches.test.ts',
      'codec.test.ts',
      'stream.test.ts',
    ],
    hangMs: 20_000,
  },
  vault: {
    source: 'packages/server/src',
    character: 'effects',
    files: ['vault/**/*.ts', 'keys/{rewrap,office,sealed-store}.ts'],
    tests: [
      { file: 'vault/envelope.test.ts', of: /envelope|bytes|key-ring/ },
      { file: 'vault/key-settings.test.ts', of: /key-settings/ },
      { file: 'vault/key-cache.test.ts', of: /key-cache/ },
      { file: 'vault/tenant-keys.test.ts', of: /tenant-keys|local-key-file|bytes|key-ring/ },
      { file: 'vault/outage.test.ts', of: /vault\/(organization-)?vault|key-cache/ },
      { file: 'vault/store.test.ts', of: /vault\/store/ },
      { file: 'vault/seal-budget.test.ts', of: /seal-budget|store/ },
      { file: 'vault/key-provider.test.ts', of: /local-key-file|azure|owner-only|key-ring|open-key/ },
      { file: 'vault/azure-key-vault.test.ts', of: /azure|owner-only/ },
      { file: 'vault/vault.test.ts', of: /^vault\/(?!.*(azure|local-key|owner-only|key-settings))/ },
      { file: 'keys/rewrap.test.ts', of: /^keys|vault\/store/ },
      {
        file: 'keys/rotation.test.ts',
        of: /^keys|store|tenant-keys|vault\/(organization-)?vault|envelope|table|key-ring/,
      },
    ],
    unseen: UNSEEN_OF_VAULT,
    hangMs: 120_000,
  },
  audit: {
    source: 'packages/server/src',
    character: 'effects',
    files: ['audit/**/*.ts'],
    tests: [
      'audit/canonical-json.test.ts',
      'audit/chain.test.ts',
      'audit/merkle.test.ts',
      'audit/signed-note.test.ts',
      'audit/event-tree.test.ts',
      'audit/verify-log.test.ts',
      { file: 'audit/denials.test.ts', of: /denials/ },
      { file: 'audit/offline-log.test.ts', of: /offline/ },
      { file: 'audit/trail.test.ts', of: /trail/ },
      { file: 'audit/audit-logs.test.ts', of: /audit-log|checkpoint|signing|leaves|event-tree/ },
      { file: 'audit/audit.test.ts', of: /\/(audit|chain|table)\.ts/ },
    ],
    unseen: UNSEEN_OF_AUDIT,
    hangMs: 120_000,
  },
}

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

/** One process that tries mutants, begun anew when it hangs or has had enough. */
class Trials {
  readonly #scope: Scope
  #child: ChildProcess | null = null
  #count = 0

  constructor(scope: Scope) {
    this.#scope = scope
  }

  /** What killed the mutant; null when it survived. */
  try(mutant: Mutant | null): Promise<string | null> {
    if (this.#count >= TRIALS_OF_A_PROCESS) this.stop()
    this.#child ??= fork(new URL('./mutation/try-mutants.ts', import.meta.url), [inWorkspace(this.#scope.source)], {
      stdio: 'ignore',
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
  let tried = 0
  const queue = chosen.values()
  async function work(): Promise<void> {
    const trials = new Trials(scope)
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
      leftOut: leftOut.reduce((sum, { count }) => sum + count, 0),
      tried: chosen.length,
      killed,
      survived: survivors.length,
      score: `${score.toFixed(1)} %`,
    },
    breaches,
  }
}
