import { spawn } from 'node:child_process'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type OpenSsh, startOpenSsh } from '../src/banks/testing/open-ssh.ts'
import { Secret } from '../src/secret.ts'
import { ownedBy } from '../src/storage/owned-by.ts'
import { type Home, type Layout, processLayout } from '../src/storage/testing/home.ts'
import { submissionStore } from '../src/submissions/store.ts'
import { createDeliveries, type OnItsWay } from '../src/submissions/testing/delivery.ts'

export const defaults = { rounds: 1 }
/** Without it the databases are files. */
export const scopes = ['servers']

/** Each recorded state, and the moments between a state and the next where the bank has been asked for something. */
export const CRASH_POINTS = [
  'claimed',
  'uploading',
  'during upload',
  'after upload',
  'uploaded',
  'during rename',
  'after rename',
  'renamed',
  'verified',
  'done',
] as const

/** Deliveries at once: one works while the processes of another start. */
const LANES = 2

interface Figures extends Record<string, number> {
  states: number
  rounds: number
  delivered: number
  unknown: number
  duplicates: number
  partials: number
}

/**
 * Pulls the plug on the process that delivers a file to a real OpenSSH server, at each point in turn, and starts it
 * again. From the second round on, the second process dies at a random point as well. A breach is anything but exactly
 * one complete file at the bank or a person who is asked: two copies, a part under the final name, a wrong word.
 */
export async function prove(options: { rounds: number; seed: number; scope?: string; log(line: string): void }) {
  const layout = options.scope === 'servers' ? 'server process' : processLayout()
  const server = await startOpenSsh()
  const figures: Figures = {
    states: CRASH_POINTS.length,
    rounds: options.rounds,
    delivered: 0,
    unknown: 0,
    duplicates: 0,
    partials: 0,
  }
  const breaches: string[] = []
  const plan = [...roundsOf(options.rounds, randomFrom(options.seed))]
  async function lane(): Promise<void> {
    for (let crashes = plan.shift(); crashes !== undefined; crashes = plan.shift()) {
      options.log(`kill -9 at ${crashes.join(', then at ')}`)
      const end = await crashAndResume(server, layout, crashes)
      if (end.state === 'done') figures.delivered++
      if (end.state === 'unknown') figures.unknown++
      if (end.copies > 1) figures.duplicates++
      figures.partials += end.partials
      for (const breach of end.breaches) breaches.push(`kill -9 at ${crashes.join(', then at ')}: ${breach}`)
    }
  }
  try {
    await Promise.all(Array.from({ length: LANES }, lane))
  } finally {
    await server.stop()
  }
  return { figures, breaches }
}

/** The points at which the processes of each delivery die. */
function* roundsOf(rounds: number, random: () => number): Generator<readonly string[]> {
  for (let round = 1; round <= rounds; round++) {
    for (const point of CRASH_POINTS) {
      const second = CRASH_POINTS[Math.floor(random() * CRASH_POINTS.length)] ?? 'claimed'
      yield round === 1 ? [point] : [point, second]
    }
  }
}

interface End {
  state: string
  copies: number
  partials: number
  breaches: string[]
}

async function crashAndResume(server: OpenSsh, layout: Layout, points: readonly string[]): Promise<End> {
  const deliveries = await createDeliveries({ layout })
  const { home, folder, clock } = deliveries.tenants
  try {
    const file = await deliveries.submit(settingsOf(server))
    await deliveries.tenants.databases.close()
    const exits: string[] = []
    for (const point of [...points, 'never']) exits.push(await deliver(folder, clock.now, point))
    const end = await judge(server, home, file)
    if (exits[0] !== 'SIGKILL') end.breaches.push('the process did not come to the point where it should have died')
    if (exits.at(-1) !== 'ended') end.breaches.push('the process that was started again did not end well')
    return end
  } finally {
    await deliveries.close()
  }
}

function settingsOf({ port, username, privateKey, fingerprint, folder }: OpenSsh) {
  const authentication = { method: 'privateKey', privateKey: Secret.of(privateKey) } as const
  return {
    settings: { host: '127.0.0.1', port, username, authentication, hostKeyFingerprints: [fingerprint] },
    uploadDirectory: join(folder, 'inbox'),
  }
}

/** One process: how it came to its end. A second crash point may lie behind what is left to do. */
function deliver(folder: string, beginAt: Date, dieAt: string): Promise<string> {
  const program = fileURLToPath(new URL('submission/worker.ts', import.meta.url))
  const conditions = '--conditions=@fistworks/source'
  const child = spawn(process.execPath, [conditions, program, folder, beginAt.toISOString(), dieAt], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code, signal) => resolve(signal ?? (code === 0 ? 'ended' : `exit ${code}`)))
  })
}

async function judge(server: OpenSsh, home: Home, file: OnItsWay): Promise<End> {
  const databases = await home.open()
  const [storage] = databases.tenants()
  const row =
    storage && (await submissionStore(ownedBy(file.organization.id, storage).read, file.organization.id).find(file.id))
  await databases.close()
  const inbox = join(server.folder, 'inbox')
  const names = await readdir(inbox)
  const copies = names.filter((name) => name.startsWith(file.fileName))
  const litter = names.filter((name) => name.startsWith(`.${file.fileName}`))
  const breaches: string[] = []
  let partials = 0
  for (const name of copies) {
    if (!(await readFile(join(inbox, name))).equals(file.bytes)) partials++
  }
  if (partials > 0) breaches.push('a part under the final name')
  if (copies.length > 1) breaches.push(`${copies.length} copies`)
  const state = row?.state ?? 'missing'
  if (state !== 'done' && state !== 'unknown') breaches.push(`it ended in ${state}`)
  if (state === 'done' && copies.length !== 1) breaches.push(`it says done, and the bank has ${copies.length} copies`)
  if (state === 'done' && litter.length > 0) breaches.push(`it left ${litter.join(', ')}`)
  return { state, copies: copies.length, partials, breaches }
}

/** A small generator of numbers from 0 to below 1 that a seed repeats (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
