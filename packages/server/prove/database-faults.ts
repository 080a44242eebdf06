import { classify } from '../src/storage/classify.ts'
import type { Fault, LibsqlServer } from '../src/storage/testing/libsql-server.ts'
import { startPlaces } from '../src/storage/testing/start-places.ts'
import { createTestApi } from '../src/testing/api.ts'
import { during, FAULTS } from './database-faults/inject.ts'
import { breachesOf } from './database-faults/judge.ts'
import type { Trial } from './database-faults/trial.ts'
import { allTrials } from './database-faults/trials.ts'
import { allWork, type Work } from './database-faults/work.ts'

/** How many of the faults are tried at each request; with all nine every one is. */
export const defaults = { rounds: FAULTS.length }

interface Options {
  rounds: number
  seed: number
  log(line: string): void
}

const SERVERS = ['control', 'main'] as const
/** Nothing that is tried needs so many. */
const REQUESTS_MAX = 500

/**
 * Lets a database server fail at each single request that an operation, a delivery, a rotation of keys or a checkpoint
 * makes. A breach is a change that is stored twice or in part, an acknowledged one that is not there, an answer that is
 * neither the right one nor 503, a job that is lost or done twice, a log that is not whole.
 */
export async function prove(options: Options) {
  const figures = { operations: 0, kindsOfWork: 0, faults: 0 }
  const breaches: string[] = []
  let turn = 0

  /** Few rounds meet other faults at the next request, so that all of them are met somewhere. */
  function nextFaults(): Fault[] {
    const first = (options.seed + turn++ * options.rounds) % FAULTS.length
    return [...FAULTS, ...FAULTS].slice(first, first + Math.min(options.rounds, FAULTS.length))
  }

  async function sweep(name: string, tryAt: TryAt, servers: Record<(typeof SERVERS)[number], LibsqlServer>) {
    const before = figures.faults
    for (const which of SERVERS) {
      for (let at = 0, isStruck = true; isStruck && at < REQUESTS_MAX; at++) {
        isStruck = false
        for (const fault of nextFaults()) {
          const tried = await tryAt(servers[which], fault, at)
          if (tried.isStruck) figures.faults += 1
          isStruck ||= tried.isStruck
          for (const why of tried.breaches) breaches.push(`${name}, ${fault} of ${which} at ${at}: ${why}`)
        }
      }
    }
    options.log(`${name}: ${figures.faults - before} faults`)
  }

  const places = await startPlaces(...SERVERS)
  const api = await createTestApi(undefined, places.places)
  try {
    const { platformId } = await api.addPlatform('Tidewater')
    for (const trial of allTrials(api, platformId)) {
      const expected = await (await trial.prepare()).call()
      await sweep(trial.name, tryOperation(trial, expected.status), places.servers)
      figures.operations += 1
    }
    const notForeseen = api.errors.filter((error) => classify(error).kind === 'bug')
    breaches.push(...notForeseen.map((error) => `not foreseen: ${String(error)}`))
  } finally {
    await api.close()
    await places.close()
  }
  for (const open of allWork) {
    const work = await open()
    try {
      await sweep(work.name, tryWork(work), work.servers)
      figures.kindsOfWork += 1
    } finally {
      await work.close()
    }
  }
  return { figures, breaches }
}

type TryAt = (server: LibsqlServer, fault: Fault, at: number) => Promise<{ isStruck: boolean; breaches: string[] }>

const tryOperation =
  (trial: Trial, expectedStatus: number): TryAt =>
  async (server, fault, at) => {
    const prepared = await trial.prepare()
    const { result, isStruck } = await during(server, fault, at, () => prepared.call())
    return { isStruck, breaches: await breachesOf(prepared, result, expectedStatus) }
  }

const tryWork =
  (work: Work): TryAt =>
  async (server, fault, at) => {
    const { run, settle } = await work.prepare()
    const { isStruck } = await during(server, fault, at, () => run().catch(() => {}))
    return { isStruck, breaches: await settle() }
  }
