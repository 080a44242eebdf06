import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BenchCase } from './bench-case.ts'
import type { Generated } from './generate-process.ts'

const entries = 100_000
const rounds = 3
const program = join(import.meta.dirname, 'generate-process.ts')
const root = join(tmpdir(), `fistworks-generate-${process.pid}`)
const seeded = join(root, 'seeded')

function inProcess(...words: string[]): string {
  return execFileSync(process.execPath, ['--conditions=@fistworks/source', program, ...words], { encoding: 'utf8' })
}

/** An approved file of so many entries in a data folder, made once. */
function seed(): void {
  mkdirSync(seeded, { recursive: true, mode: 0o700 })
  writeFileSync(join(seeded, 'databases.json'), '{}', { mode: 0o600 })
  process.once('exit', () => rmSync(root, { recursive: true, force: true }))
  inProcess('seed', seeded, String(entries))
}

const generated: Generated[] = []

/** What the process of a round tells; every case reads another figure of it. */
function roundOf(turn: number): Generated {
  const known = generated[turn]
  if (known !== undefined) return known
  if (turn === 0) seed()
  const folder = mkdtempSync(join(root, 'run-'))
  cpSync(seeded, folder, { recursive: true })
  const told: Generated = JSON.parse(inProcess('submit', folder))
  rmSync(folder, { recursive: true })
  generated.push(told)
  return told
}

function figure(name: string, unit: string, of: (told: Generated) => number): BenchCase {
  let turn = 0
  return {
    bench: 'generate',
    case: name,
    implementation: 'fistworks',
    n: entries,
    metric: name,
    unit,
    runs: rounds,
    hasWarmUp: false,
    run() {
      turn += 1
      return of(roundOf((turn - 1) % rounds))
    },
  }
}

export const cases: BenchCase[] = [
  figure('generate and seal', 'ms', ({ ms }) => ms),
  figure('processor, all threads', 'ms', ({ cpuMs }) => cpuMs),
  figure('longest wait of the event loop', 'ms', ({ longestMs }) => longestMs),
  figure('p99 of a page of recipients meanwhile', 'ms', ({ readP99Ms }) => readP99Ms),
  figure('peak memory of the process', 'MiB', ({ mebibytes }) => mebibytes),
  figure('of it taken by this', 'MiB', ({ moreMebibytes }) => moreMebibytes),
]
