import { setInterval } from 'node:timers'
import type { Reader, Storage } from '../storage/transaction.ts'
import { type Hold, isHeld, jobStore } from './store.ts'

/** Somebody else may do this job by now: stop, and change nothing more. */
export class LeaseLost extends Error {
  constructor() {
    super('The lease of this job was lost.')
    this.name = 'LeaseLost'
  }
}

/** The right to do a job for a while. */
export interface Lease {
  /** Aborted when the lease is lost: hand it to whatever can be interrupted. */
  signal: AbortSignal
  /**
   * Call before each effect outside, and with `tx` inside the transaction that records one.
   * @throws LeaseLost
   */
  assertHeld(db?: Reader): Promise<void>
}

/** Does something again and again, until what it gives is called. */
export type Every = (ms: number, beat: () => void) => () => void

export const everyOnTheClock: Every = (ms, beat) => {
  const timer = setInterval(beat, ms)
  return () => clearInterval(timer)
}

export interface LeaseTiming {
  leaseMs: number
  heartbeatMs: number
  every: Every
}

/** A lease that renews itself until `release` is called. */
export function holdLease(storage: Storage, hold: Hold, timing: LeaseTiming, now: () => Date) {
  const lost = new AbortController()
  let until = now().getTime() + timing.leaseMs
  let beat: Promise<void> = Promise.resolve()

  async function renew(): Promise<void> {
    const next = now().getTime() + timing.leaseMs
    const isMine = await storage.write((tx) => jobStore(tx).extend(hold, new Date(next)))
    if (isMine) until = next
    else lost.abort(new LeaseLost())
  }

  const endBeats = timing.every(timing.heartbeatMs, () => {
    // A renewal that fails is no loss yet: the next one may succeed before the lease runs out.
    beat = renew().catch(() => {
      if (now().getTime() >= until) lost.abort(new LeaseLost())
    })
  })

  const lease: Lease = {
    signal: lost.signal,
    async assertHeld(db) {
      if (lost.signal.aborted || !(await isHeld(db ?? storage.read, hold, now()))) {
        lost.abort(new LeaseLost())
        throw new LeaseLost()
      }
    },
  }
  return {
    lease,
    async release(): Promise<void> {
      endBeats()
      await beat
    },
  }
}
