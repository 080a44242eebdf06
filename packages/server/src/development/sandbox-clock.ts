import { readFileSync } from 'node:fs'
import { rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Config } from '../config.ts'

/** The business time of a development server. It goes on by itself, can be moved forward, and never goes back. */
export interface SandboxClock {
  /** What time it is for business: payments, jobs, the bank. */
  now(): Date
  /** What time it is for people: sessions, keys, proofs. */
  peopleNow(): Date
  /**
   * Moves it, and waits until everything that follows at once has happened.
   * @throws ClockRefusal back, or further than `YEARS_MAX` years ahead
   */
  moveTo(at: Date): Promise<void>
  /** Called after each move, one after the other, in the order they came. */
  onMoved(follow: () => Promise<void> | void): void
}

/** A move that cannot be, in words for whoever asked for it. */
export class ClockRefusal extends Error {
  override name = 'ClockRefusal'
}

const YEARS_MAX = 10
const AHEAD_MAX_MS = YEARS_MAX * 365.25 * 86_400_000

/**
 * The clock of a development server, kept over restarts in `clock.json` of the data folder.
 * @throws Error when that file cannot be read: going on without it would turn the time back
 */
export function openSandboxClock(dataFolder: string, peopleNow: () => Date = () => new Date()): SandboxClock {
  const file = join(dataFolder, 'clock.json')
  let aheadMs = readAhead(file)
  let moving: Promise<void> = Promise.resolve()
  const following: (() => Promise<void> | void)[] = []
  const now = () => new Date(peopleNow().getTime() + aheadMs)

  async function move(at: Date): Promise<void> {
    const next = at.getTime() - peopleNow().getTime()
    if (Number.isNaN(next)) throw new ClockRefusal('Say the time as a date and time, like 2026-11-24T06:00:00Z.')
    if (at < now()) throw new ClockRefusal(`The clock only goes forward: it is ${now().toISOString()} already.`)
    if (next > AHEAD_MAX_MS) throw new ClockRefusal(`The clock goes at most ${YEARS_MAX} years ahead.`)
    await writeFile(`${file}.new`, `${JSON.stringify({ aheadMs: next })}\n`, { mode: 0o600 })
    await rename(`${file}.new`, file)
    aheadMs = next
    for (const follow of following) await follow()
  }

  return {
    now,
    peopleNow,
    moveTo(at) {
      const moved = moving.then(() => move(at))
      moving = moved.catch(() => undefined)
      return moved
    },
    onMoved: (follow) => void following.push(follow),
  }
}

/** Time can be moved in development only: live mode does not even look whether it was. */
export function sandboxClockOf({ mode, dataFolder }: Pick<Config, 'mode' | 'dataFolder'>): SandboxClock | null {
  return mode === 'development' ? openSandboxClock(dataFolder) : null
}

function readAhead(file: string): number {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return 0
    throw error
  }
  const aheadMs = /^\{"aheadMs":(\d{1,12})\}\n$/.exec(text)?.[1]
  if (aheadMs === undefined) throw new Error(`${file} does not say how far the sandbox's clock is ahead. Put it back.`)
  return Number(aheadMs)
}
