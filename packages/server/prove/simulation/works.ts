import { sql } from 'drizzle-orm'
import { byHand } from '../../src/storage/testing/by-hand.ts'
import type { SimulatedProcess } from './process.ts'
import type { World } from './world.ts'

const LONGEST_REST_MS = 6 * 60 * 60_000
const WAKING_MAX_MS = 1_000
/** What is due can wait for another job of its kind. */
const SHORTEST_REST_MS = 5_000

/** Those who do the jobs. An idle one rests until something is due or was committed: it would have looked each second. */
export class Works {
  readonly #world: World
  #due: (number | null)[] = []
  #askedAt = -1
  readonly #resting = new Set<(inMs: number) => void>()

  constructor(world: World) {
    this.#world = world
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
        const [ofControl = null, ...ofTenants] = await this.#dueByDatabase()
        const due = index === 0 ? ofControl : earliest(ofTenants)
        if (due !== null && due <= time.ms) hasWorked = (await this.#turn(process, worker)) || hasWorked
      }
      if (hasWorked) await time.wait(random.between(1, 50), process)
      else await this.#rest(process)
    }
  }

  /** When the next job is due, `null` when there is none. */
  async nextDue(): Promise<number | null> {
    return earliest(await this.#dueByDatabase())
  }

  /** Of the control plane, then of the tenants, as the workers stand: only the first is of the control plane. Asked anew after each commit. */
  async #dueByDatabase(): Promise<(number | null)[]> {
    const { databases } = this.#world
    const all = [databases.control, ...databases.tenants()]
    const changes = all.reduce((sum, storage) => sum + storage.changes, 0)
    if (changes === this.#askedAt) return this.#due
    const due: (number | null)[] = []
    for (const storage of all) {
      const [row] = await byHand(storage).read.all<{ at: string | null }>(
        sql`SELECT min(CASE state WHEN 'ready' THEN run_at ELSE lease_until END) AS at FROM jobs
          WHERE state IN ('ready', 'leased')`,
      )
      const at = row?.at ?? null
      due.push(at === null ? null : Date.parse(at))
    }
    this.#askedAt = changes
    this.#due = due
    return due
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

function earliest(times: readonly (number | null)[]): number | null {
  const known = times.filter((at) => at !== null)
  return known.length === 0 ? null : Math.min(...known)
}
