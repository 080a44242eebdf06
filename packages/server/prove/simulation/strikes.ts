import { IDLE_MS } from './bank-door.ts'
import { type Focus, KILLED_AFTER_COMMIT, KILLED_AT_RENAME, PAUSE_MIN_MS, PAUSED_AT_RENAME } from './focus.ts'
import type { SimulatedProcess } from './process.ts'
import type { Random } from './random.ts'
import type { Troubles } from './troubles.ts'
import type { Owner } from './virtual-time.ts'

const RESTART_MAX_MS = 3 * 60_000
/** Less than the bank waits for a silent connection, and much more than a lease lasts. */
const STOP_MAX_MS = IDLE_MS - 30_000

interface StruckWorld {
  random: Random
  focus: Focus
  troubles: Troubles
  isEnding: boolean
  processes: readonly SimulatedProcess[]
  time: { ms: number; after(ms: number, run: () => void): unknown }
  trace: { add(who: string, what: string): void }
  onGone: () => void
  kill(process: SimulatedProcess): void
}

/** Kills and stops processes, at any moment where they wait and far more often where a file can be lost or doubled. */
export class Strikes {
  readonly #world: StruckWorld

  constructor(world: StruckWorld) {
    this.#world = world
  }

  atGate(owner: Owner, weight = 1): void {
    const { random, troubles } = this.#world
    const process = this.#processOf(owner)
    if (process === undefined) return
    if (random.chance(troubles.kill * weight)) this.#killForAWhile(process)
    else if (random.chance(troubles.stop * weight)) this.#pause(process, 1_000)
  }

  beforeRename(owner: Owner): void {
    const { random, focus } = this.#world
    const process = this.#processInFocus(owner)
    if (process === undefined) return
    if (focus === 'lostRenames' && random.chance(KILLED_AT_RENAME)) this.#killForAWhile(process)
    const isPaused = focus === 'pauses' || focus === 'pausedBrakes'
    if (isPaused && random.chance(PAUSED_AT_RENAME)) this.#pause(process, PAUSE_MIN_MS)
  }

  afterCommit(owner: Owner): void {
    const { random, focus } = this.#world
    const process = focus === 'crashes' ? this.#processInFocus(owner) : undefined
    if (process !== undefined && random.chance(KILLED_AFTER_COMMIT)) this.#killForAWhile(process)
  }

  #processOf(owner: Owner): SimulatedProcess | undefined {
    return this.#world.processes.find((each) => each === owner)
  }

  #processInFocus(owner: Owner): SimulatedProcess | undefined {
    return this.#world.isEnding ? undefined : this.#processOf(owner)
  }

  #killForAWhile(process: SimulatedProcess): void {
    const { random, time } = this.#world
    this.#world.kill(process)
    time.after(random.between(1, RESTART_MAX_MS), () => this.#world.onGone())
  }

  #pause(process: SimulatedProcess, minMs: number): void {
    const { random, time, trace } = this.#world
    const ms = random.between(minMs, STOP_MAX_MS)
    process.stoppedUntil = time.ms + ms
    trace.add(process.name, `is stopped for ${ms} ms`)
  }
}
