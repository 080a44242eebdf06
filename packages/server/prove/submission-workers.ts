import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { type FaultySftpServer, startFaultySftpServer } from '../src/banks/testing/faulty-sftp-server.ts'
import { createDeliveries, type OnItsWay } from '../src/submissions/testing/delivery.ts'
import { judgeDelivery } from '../src/submissions/testing/fault-schedule.ts'

/** Files of one run. */
export const defaults = { rounds: 24 }

const PROCESSES = 3
/** Pauses between tries are minutes, so the clock of the test goes faster. Leases last 4 real seconds. */
const SPEED = 40
const ORGANIZATIONS = 3
/** Longer than a lease, so that others take over what a stopped process was about to do. */
const STOPPED_MAX_MS = 7_000
const BETWEEN_STOPS_MS = 400
const ENDED: readonly string[] = ['done', 'failed', 'unknown']

interface Figures extends Record<string, number> {
  files: number
  processes: number
  stops: number
  takeovers: number
  delivered: number
  failed: number
  unknown: number
  breaches: number
}

/**
 * Three processes deliver the same files from one database server, and each is stopped (SIGSTOP) at random moments for
 * longer or shorter than its lease lasts, then goes on where it was. A breach is a file that is at the bank twice, in
 * part, or otherwise than we say.
 */
export async function prove(options: { rounds: number; seed: number; log(line: string): void }) {
  const deliveries = await createDeliveries({ layout: 'server process' })
  const server = await startFaultySftpServer()
  const breaches: string[] = []
  let stops = 0
  let processes: ChildProcess[] = []
  try {
    const files = await submitted(deliveries, server, options.rounds)
    const { folder } = deliveries.tenants
    const began = [Date.now(), deliveries.tenants.clock.now.getTime(), SPEED].map(String)
    processes = await Promise.all(Array.from({ length: PROCESSES }, () => startWorker(folder, began)))
    const random = randomFrom(options.seed)
    for (let left = await unfinished(files); left > 0; left = await unfinished(files)) {
      options.log(`${left} files on their way`)
      await sleep(random() * BETWEEN_STOPS_MS)
      const child = processes[Math.floor(random() * PROCESSES)]
      if (child !== undefined) stops += pause(child, random() * STOPPED_MAX_MS)
    }
    await ended(processes)
    return { figures: { ...(await judged(server, files, breaches)), stops }, breaches }
  } finally {
    for (const child of processes) child.kill('SIGKILL')
    await deliveries.close()
    await server.stop()
  }
}

async function submitted(
  deliveries: Awaited<ReturnType<typeof createDeliveries>>,
  server: FaultySftpServer,
  count: number,
): Promise<OnItsWay[]> {
  const files: OnItsWay[] = []
  for (let index = 0; index < count; index++) {
    const first = files[index % ORGANIZATIONS]
    const isNew = index < ORGANIZATIONS || first === undefined
    const setup = { settings: server.settings, uploadDirectory: '/inbox' }
    files.push(isNew ? await deliveries.submit(setup) : await deliveries.alsoThrough(first))
  }
  return files
}

async function startWorker(folder: string, began: readonly string[]): Promise<ChildProcess> {
  const program = fileURLToPath(new URL('submission-workers/worker.ts', import.meta.url))
  const args = ['--conditions=@fistworks/source', program, folder, ...began]
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] })
  await once(child.stdout, 'data')
  return child
}

const stopped = new Set<ChildProcess>()

/** Stops a process that runs, and lets it go on later. @returns 1, or 0 for one that is stopped already */
function pause(child: ChildProcess, ms: number): number {
  if (stopped.has(child)) return 0
  stopped.add(child)
  child.kill('SIGSTOP')
  void sleep(ms).then(() => {
    stopped.delete(child)
    child.kill('SIGCONT')
  })
  return 1
}

async function unfinished(files: readonly OnItsWay[]): Promise<number> {
  let left = 0
  for (const file of files) if (!ENDED.includes((await file.submission()).state)) left++
  return left
}

async function ended(processes: readonly ChildProcess[]): Promise<void> {
  await Promise.all(
    processes.map(async (child) => {
      child.kill('SIGCONT')
      child.stdin?.end()
      if (child.exitCode === null) await once(child, 'exit')
    }),
  )
}

async function judged(server: FaultySftpServer, files: readonly OnItsWay[], breaches: string[]): Promise<Figures> {
  const ends = new Map<string, number>()
  let takeovers = 0
  for (const file of files) {
    const { state, breaches: found } = await judgeDelivery(server, file)
    ends.set(state, (ends.get(state) ?? 0) + 1)
    breaches.push(...found.map((breach) => `${file.fileName}: ${breach}`))
    const { steps } = await file.submission()
    takeovers += steps.filter(({ detail }) => detail.startsWith('The work was interrupted')).length
  }
  const count = (state: string) => ends.get(state) ?? 0
  return {
    files: files.length,
    processes: PROCESSES,
    stops: 0,
    takeovers,
    delivered: count('done'),
    failed: count('failed'),
    unknown: count('unknown'),
    breaches: breaches.length,
  }
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
