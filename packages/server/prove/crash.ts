import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { type Home, processLayout, startHome } from '../src/storage/testing/home.ts'
import { type RunState, SLOWER_ON_SERVERS } from './crash/unit.ts'

export const defaults = { rounds: 200 }
/** Without it the databases are files. */
export const scopes = ['servers']

/** Two databases at once, so that one process starts while another writes. */
const LANES = 2
/** Longest time from the first write to the kill, and, in every fifth round, from the start of the process. */
const WRITING_MS = 250
const STARTING_MS = 200

/** So many processes share one set of databases, because each of them opens every sealed value. */
const ROUNDS_OF_A_RUN = 50

/** One set of databases over all its processes. */
interface Run {
  home: Home
  /** How much longer everything takes than with files. */
  slower: number
  writer: string
  acknowledged: Set<string>
  /** How many checkpoints of its log were signed. */
  signed: number
}

interface Figures extends Record<string, number> {
  rounds: number
  acknowledged: number
  lost: number
  halfTransactions: number
  undecryptable: number
  opened: number
  rotations: number
  checkpoints: number
}

/**
 * Pulls the plug on a writing process again and again. Each round is a new process: it first checks what the one
 * before left, then writes units of work (sealed values of every kind + counter + audit event) and tells of each commit
 * over a pipe, while data keys and the master key are rotated and checkpoints of the log are signed without a pause, until
 * `kill -9` at a random moment. Each start holds the log against its checkpoints. A breach is an acknowledged unit that is
 * gone, a unit that is there in part, a value that does not open, a seal that was not counted, a broken audit chain or a
 * damaged file.
 */
export async function prove(options: { rounds: number; seed: number; scope?: string; log(line: string): void }) {
  const layout = options.scope === 'servers' ? 'server process' : processLayout()
  const slower = layout === 'files' ? 1 : SLOWER_ON_SERVERS
  const writer = await bundleWriter()
  const random = randomFrom(options.seed)
  const figures: Figures = {
    rounds: options.rounds,
    acknowledged: 0,
    lost: 0,
    halfTransactions: 0,
    undecryptable: 0,
    opened: 0,
    rotations: 0,
    checkpoints: 0,
  }
  const breaches: string[] = []
  const lostUnits = new Set<string>()
  let round = 0

  async function lane(name: string): Promise<void> {
    for (let count = 1; round < options.rounds; count++) await runOnce(`${name}-${count}`)
  }

  async function runOnce(name: string): Promise<void> {
    const run: Run = { home: await startHome({ layout }), slower, writer, acknowledged: new Set(), signed: 0 }
    try {
      await crashAndCheck(run, (state) => judgeState(name, state))
    } finally {
      await run.home.close()
    }
  }

  async function crashAndCheck(run: Run, judge: (state: RunState) => void): Promise<void> {
    for (let turn = 0; turn < ROUNDS_OF_A_RUN && round < options.rounds; turn++) {
      round++
      if (round % 50 === 0) options.log(`round ${round} of ${options.rounds}`)
      await crashOnce(run, round, random, judge)
    }
    const last = await checkOnce(run, judge)
    figures.rotations += last.rotations
    figures.checkpoints += run.signed
    figures.acknowledged += run.acknowledged.size
  }

  function judgeState(name: string, state: RunState): void {
    const lost = state.lost.length
    const half = Math.abs(state.units - state.counter) + Math.abs(state.units - state.events)
    for (const id of state.lost) lostUnits.add(`${name} ${id}`)
    figures.halfTransactions = Math.max(figures.halfTransactions, half)
    figures.undecryptable += state.undecryptable
    figures.opened += state.opened
    const found = [
      lost > 0 && `acknowledged units ${state.lost.slice(0, 5).join(', ')} are gone`,
      half > 0 && `${JSON.stringify({ ...state, lost })} is half a transaction`,
      state.undecryptable > 0 && `${state.undecryptable} sealed values do not open`,
      state.undercounted > 0 && `${state.undercounted} keys sealed more than was counted`,
      state.chain !== 'ok' && `audit chain: ${state.chain}`,
      state.file !== 'ok' && `file: ${state.file}`,
    ]
    for (const breach of found) if (breach) breaches.push(`before round ${round}: ${breach}`)
  }

  try {
    const lanes = Array.from({ length: Math.min(LANES, options.rounds) }, (_, index) => lane(`lane-${index + 1}`))
    for (const { reason } of rejected(await Promise.allSettled(lanes))) breaches.push(String(reason))
  } finally {
    rmSync(dirname(writer), { recursive: true, force: true })
  }
  return { figures: { ...figures, lost: lostUnits.size }, breaches }
}

/** One process from its start to its kill. */
async function crashOnce(
  run: Run,
  round: number,
  random: () => number,
  judge: (state: RunState) => void,
): Promise<void> {
  const isKilledEarly = round % 5 === 0
  const delayMs = random() * (isKilledEarly ? STARTING_MS : WRITING_MS * run.slower)
  const child = startWriter(run, String(round))
  const kill = () => void sleep(delayMs).then(() => child.kill('SIGKILL'))
  if (isKilledEarly) kill()
  const fresh: string[] = []
  for await (const [word, rest] of wordsOf(child)) {
    if (word === 'acknowledged') fresh.push(rest)
    else if (word === 'signed') run.signed++
    else if (word === 'checked') {
      judge(JSON.parse(rest))
      if (!isKilledEarly) kill()
    }
  }
  if (child.signalCode !== 'SIGKILL') throw new Error(`round ${round}: the writer ended by itself (${child.exitCode})`)
  for (const id of fresh) run.acknowledged.add(id)
}

/** A last process, which only checks, and exits. */
async function checkOnce(run: Run, judge: (state: RunState) => void): Promise<RunState> {
  const child = startWriter(run, 'check')
  let found: RunState | null = null
  for await (const [word, rest] of wordsOf(child)) {
    if (word === 'checked') found = JSON.parse(rest)
  }
  if (found === null) throw new Error('the last check came to no end')
  judge(found)
  return found
}

function startWriter(run: Run, round: string): ChildProcess {
  const child = spawn(process.execPath, [run.writer, run.home.folder, round, String(run.slower)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  child.stdin?.on('error', () => {})
  child.stdin?.end(JSON.stringify([...run.acknowledged]))
  return child
}

/** The sources in one file: a process then starts in a tenth of the time, so more of its life is writing. */
async function bundleWriter(): Promise<string> {
  const packageFolder = fileURLToPath(new URL('../', import.meta.url))
  mkdirSync(join(packageFolder, '.cache'), { recursive: true })
  const outfile = join(mkdtempSync(join(packageFolder, '.cache', 'crash-')), 'writer.mjs')
  await build({
    entryPoints: [join(packageFolder, 'prove/crash/writer.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    conditions: ['@fistworks/source'],
    external: ['libsql'],
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url)" },
    logLevel: 'error',
  })
  return outfile
}

/** Lines of the process as first word and rest, until its pipe is empty and it is gone. */
async function* wordsOf(child: ChildProcess): AsyncGenerator<[string, string]> {
  const gone = new Promise((resolve) => child.once('close', resolve))
  if (!child.stdout) throw new Error('the writer has a pipe')
  for await (const line of createInterface({ input: child.stdout })) {
    const space = line.indexOf(' ')
    yield [line.slice(0, space), line.slice(space + 1)]
  }
  await gone
}

function rejected(results: PromiseSettledResult<void>[]): PromiseRejectedResult[] {
  return results.filter((result) => result.status === 'rejected')
}

/** Mulberry32: the same seed, the same moments. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
