import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { build as bundle } from 'esbuild'
import type { BenchCase } from './bench-case.ts'
import { build, inputOf } from './nacha-samples.ts'
import { works } from './nacha-works.ts'

const sizes = [1_000, 10_000, 100_000, 500_000]
/** Entries at most: the time of nach2 grows with their square, two minutes for 100,000. */
const limits: Readonly<Record<string, number>> = { nach2: 1_000 }
const processRuns = 3

const folder = mkdtempSync(join(tmpdir(), 'nacha-bench-'))
process.once('exit', () => rmSync(folder, { recursive: true, force: true }))

/** A file of so many entries, written once. */
function fileOf(n: number): string {
  const path = join(folder, `${n}.ach`)
  if (!existsSync(path)) writeFileSync(path, build(inputOf(n)))
  return path
}

interface Outcome {
  ms: number
  mebibytes: number
}

/** One file of JavaScript, as a program would be shipped; beside the peers, which stay packages. */
const script = join(import.meta.dirname, 'node_modules', '.cache', 'nacha-process.mjs')
let bundled: Promise<unknown> | null = null
function bundleOnce(): Promise<unknown> {
  bundled ??= bundle({
    entryPoints: [join(import.meta.dirname, 'nacha-process.ts')],
    outfile: script,
    bundle: true,
    format: 'esm',
    platform: 'node',
    external: ['achkit'],
    conditions: ['@fistworks/source'],
  })
  return bundled
}

/** The work done once in a process of its own, where nothing is warm and nothing else takes memory. */
async function inOwnProcess(name: string, implementation: string, n: number): Promise<Outcome> {
  await bundleOnce()
  const words = [script, name, implementation, String(n), fileOf(n)]
  const { stdout } = await promisify(execFile)(process.execPath, words)
  return JSON.parse(stdout)
}

function warmCase(name: string, implementation: string, n: number): BenchCase {
  let run: (() => void | Promise<void>) | null = null
  return {
    bench: 'nacha',
    case: `${name}, warm`,
    implementation,
    n,
    runs: n >= 100_000 ? 5 : 9,
    setup() {
      run = works[name]?.[implementation]?.({ n, path: fileOf(n) }) ?? null
    },
    run: () => run?.(),
    teardown() {
      run = null
    },
  }
}

function processCases(name: string, implementation: string, n: number): BenchCase[] {
  const outcomes: Promise<Outcome>[] = []
  const outcome = (turn: number) => (outcomes[turn] ??= inOwnProcess(name, implementation, n))
  const turns = { cold: 0, memory: 0 }
  const same = { bench: 'nacha', implementation, n, runs: processRuns, hasWarmUp: false }
  return [
    { ...same, case: `${name}, cold`, unit: 'ms', run: async () => (await outcome(turns.cold++)).ms },
    {
      ...same,
      case: `${name}, memory of the process`,
      metric: 'peak memory',
      unit: 'MiB',
      run: async () => (await outcome(turns.memory++)).mebibytes,
    },
  ]
}

function casesOf(name: string, n: number): BenchCase[] {
  const implementations = Object.keys(works[name] ?? {}).filter(
    (each) => n <= (limits[each] ?? Number.POSITIVE_INFINITY),
  )
  return [
    ...implementations.map((each) => warmCase(name, each, n)),
    ...implementations.flatMap((each) => processCases(name, each, n)),
  ]
}

export const cases: BenchCase[] = sizes.flatMap((n) => Object.keys(works).flatMap((name) => casesOf(name, n)))
