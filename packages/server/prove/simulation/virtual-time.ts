import { setImmediate as turn } from 'node:timers/promises'
import type { Every } from '../../src/jobs/lease.ts'
import type { Random } from './random.ts'

/** Whose time it is: a process that is dead never goes on, one that is stopped goes on when it is let. */
export interface Owner {
  isAlive: boolean
  stoppedUntil: number
}

export const EVERYBODY: Owner = { isAlive: true, stoppedUntil: 0 }

interface Due {
  at: number
  /** Among those of the same moment, chance decides. */
  order: number
  owner: Owner
  run: () => void
}

/**
 * Time that passes only when somebody waits. Everything that waits stands in one queue; the next one goes on alone until
 * it waits again, so that the same seed always gives the same order.
 */
export class VirtualTime {
  #now: number
  #queue: Due[] = []
  readonly #random: Random
  #underWay = 0

  constructor(start: Date, random: Random) {
    this.#now = start.getTime()
    this.#random = random
  }

  readonly now = (): Date => new Date(this.#now)

  get ms(): number {
    return this.#now
  }

  /** Something that takes real time, such as a disk: no virtual time passes meanwhile, and nobody else goes on. */
  async really<T>(work: () => Promise<T>): Promise<T> {
    this.#underWay++
    try {
      return await work()
    } finally {
      this.#underWay--
    }
  }

  get isIdle(): boolean {
    return this.#queue.length === 0
  }

  /** Goes on after so many milliseconds, or never when the process is gone by then. */
  wait(ms: number, owner: Owner = EVERYBODY): Promise<void> {
    return new Promise((resolve) => this.after(ms, resolve, owner))
  }

  /** @returns what brings it forward to now, or a moment later */
  after(ms: number, run: () => void, owner: Owner = EVERYBODY): (inMs: number) => void {
    const due: Due = { at: this.#now + ms, order: this.#random.next(), owner, run }
    this.#queue.push(due)
    return (inMs) => {
      due.at = Math.min(due.at, this.#now + inMs)
    }
  }

  every(owner: Owner): Every {
    return (ms, beat) => {
      let isOver = false
      const next = () => {
        if (isOver) return
        beat()
        this.after(ms, next, owner)
      }
      this.after(ms, next, owner)
      return () => {
        isOver = true
      }
    }
  }

  /** Lets the next one go on, and waits until nothing moves any more. */
  async step(): Promise<void> {
    const next = this.#take()
    if (next === undefined) return
    this.#now = Math.max(this.#now, next.at)
    next.run()
    await this.#rest()
  }

  /** Lets time pass until this has come to its end. */
  async until<T>(work: Promise<T>): Promise<T> {
    let isOver = false
    const end = () => {
      isOver = true
    }
    work.then(end, end)
    await this.#rest()
    while (!isOver) {
      if (this.isIdle) throw new Error('Everybody waits for something that never comes.')
      await this.step()
    }
    return work
  }

  #take(): Due | undefined {
    for (;;) {
      let first: Due | undefined
      for (const due of this.#queue) {
        const isSooner = first === undefined || due.at < first.at || (due.at === first.at && due.order < first.order)
        if (isSooner) first = due
      }
      if (first === undefined) return undefined
      if (first.owner.isAlive && first.owner.stoppedUntil > first.at) {
        first.at = first.owner.stoppedUntil
        continue
      }
      this.#queue.splice(this.#queue.indexOf(first), 1)
      if (first.owner.isAlive) return first
    }
  }

  /** Comes when nothing moves any more. Long work lets others go first after some real time, so one turn is not enough. */
  async #rest(): Promise<void> {
    do await turn()
    while (this.#underWay > 0 || process.getActiveResourcesInfo().includes('Immediate'))
  }
}
