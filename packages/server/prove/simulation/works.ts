import { sql } from 'drizzle-orm'
import { byHand } from '../../src/storage/testing/by-hand.ts'
import type { Storage } from '../../src/storage/transaction.ts'
import { INSIDE_LANE, OUTSIDE_LANES } from '../../src/lanes.ts'
import type { SimulatedProcess } from './process.ts'
import type { World } from './world.ts'

const LONGEST_REST_MS = 6 * 60 * 60_000
const WAKING_MAX_MS = 1_000
/** What is due can wait for another job of its kind. */
const SHORTEST_REST_MS = 5_000

/** As the workers of a process stand: of the control plane, then of the one tenant database. */
const LANES = [INSIDE_LANE, INSIDE_LANE, ...OUTSIDE_LANES]

/** Those who do the jobs. An idle one rests until something is due or was committed: it would have looked each second. */
export class Works {
  readonly #world: World
  readonly #asked: AskedDatabase[]
  readonly #resting = new Set<(inMs: number) => void>()

  constructor(world: World) {
    this.#world = world
    const { databases } = world
    this.#asked = [databases.control, ...databases.tenants()].map((storage) => {
      return { storage, reader: byHand(storage).read, changes: -1, due: new Map() }
    })
  }

  wake(): void {
    for (const forward of this.#resting) forward(this.#world.random.between(1, WAKING_MAX_MS))
  }

  /** One slot of the workers of a process. It ends with the process. */
  async work(process: SimulatedProcess): Promise<void> {
    const { time, random } = this.#world
    for (;;) {
      let hasWorked = false
      for (const [index, worker] of process.parts.workers.entries()) {
        const [ofControl, ...ofTenants] = await this.#dueByDatabase()
        const { kinds = { except: [] } } = LANES[index] ?? {}
        const isOfLane = (kind: string) => ('only' in kinds ? kinds.only.includes(kind) : !kinds.except.includes(kind))
        const due = earliest((index === 0 ? [ofControl] : ofTenants).flatMap((of) => timesOf(of, isOfLane)))
        if (due !== null && due <= time.ms) hasWorked = (await this.#turn(process, worker)) || hasWorked
      }
      if (hasWorked) await time.wait(random.between(1, 50), process)
      else await this.#rest(process)
    }
  }

  /** When the next job is due, `null` when there is none. */
  async nextDue(): Promise<number | null> {
    return earliest((await this.#dueByDatabase()).flatMap((of) => timesOf(of, () => true)))
  }

  /** By kind of job: of the control plane, then of the tenants. Asked anew after each commit. */
  async #dueByDatabase(): Promise<DueByKind[]> {
    for (const one of this.#asked) {
      const { changes } = one.storage
      if (one.changes === changes) continue
      const rows = await one.reader.all<{ kind: string; at: string }>(
        sql`SELECT kind, min(CASE state WHEN 'ready' THEN run_at ELSE lease_until END) AS at FROM jobs
          WHERE state IN ('ready', 'leased') GROUP BY kind`,
      )
      Object.assign(one, { changes, due: new Map(rows.map(({ kind, at }) => [kind, Date.parse(at)])) })
    }
    return this.#asked.map(({ due }) => due)
  }

  async #turn(process: SimulatedProcess, worker: SimulatedProcess['parts']['workers'][number]): Promise<boolean> {
    try {
      return await worker.runOnce()
    } catch (error) {
      this.#world.trace.add(process.name, `worker stumbles: ${error instanceof Error ? error.name : 'unknown'}`)
      return false
    }
  }

  async #rest(process: SimulatedProcess): Promise<void> {
    const { time, random } = this.#world
    const due = await this.nextDue()
    const wanted = due === null ? LONGEST_REST_MS : due - time.ms + random.between(0, WAKING_MAX_MS)
    const ms = Math.min(LONGEST_REST_MS, wanted <= 0 ? SHORTEST_REST_MS : wanted)
    await new Promise<void>((resolve) => {
      const forward = time.after(ms, leave, process)
      this.#resting.add(forward)
      const resting = this.#resting
      function leave(): void {
        resting.delete(forward)
        resolve()
      }
    })
  }
}

interface AskedDatabase {
  storage: Storage
  reader: Storage['read']
  /** What its counter of changes was when it was asked. */
  changes: number
  due: DueByKind
}

type DueByKind = ReadonlyMap<string, number>

function timesOf(due: DueByKind | undefined, isMeant: (kind: string) => boolean): number[] {
  return [...(due ?? [])].flatMap(([kind, at]) => (isMeant(kind) ? [at] : []))
}

function earliest(times: readonly number[]): number | null {
  return times.length === 0 ? null : Math.min(...times)
}
