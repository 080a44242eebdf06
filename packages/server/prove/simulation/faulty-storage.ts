import { AsyncLocalStorage } from 'node:async_hooks'
import { surrounded } from '../../src/storage/owned-by.ts'
import { OutcomeUnknown, type Storage, type Tx } from '../../src/storage/transaction.ts'
import type { Random } from './random.ts'
import type { Owner, VirtualTime } from './virtual-time.ts'

/** The disk did not do it. */
export class StorageFault extends Error {
  readonly code = 'SQLITE_IOERR'

  constructor(when: string) {
    super(`disk I/O error ${when}`)
    this.name = 'StorageFault'
  }
}

/** The request that is under way, by the id under which the audit log will name it. */
export const underWay = new AsyncLocalStorage<{ requestId: string }>()

export interface StorageFaults {
  time: VirtualTime
  random: Random
  /** How often a write meets a fault; 0 while the world is well. */
  faultRate(): number
  onFault(what: string): void
  onCommit(owner: Owner): void
  /** A moment at which the process can be stopped or killed. */
  atGate(owner: Owner): void
}

const FAULTS = { before: 2, middle: 3, commit: 1, after: 3 }
const STATEMENTS_MAX = 6
/** A read fails more rarely than a write: there are many more of them. */
const READS_PER_WRITE = 20
const LATENCY_MAX_MS = 8

/**
 * A database as one process sees it: it fails before a unit of work, in the middle, at its commit or after it, and the
 * process can be stopped or killed before and after each. What was committed stays.
 */
export function faultyStorage(real: Storage, owner: Owner, faults: StorageFaults): Storage {
  const { time, random } = faults
  const pause = () => {
    faults.atGate(owner)
    return time.wait(random.between(1, LATENCY_MAX_MS), owner)
  }

  async function write<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    await pause()
    const fault = random.chance(faults.faultRate()) ? random.weighted(FAULTS) : null
    if (fault !== null) faults.onFault(`storage fails ${fault}`)
    if (fault === 'before') throw new StorageFault('before')
    const failsAt = fault === 'middle' ? random.between(1, STATEMENTS_MAX) : null
    const result = await time.really(() =>
      real.write(async (tx) => {
        const done = await work(failsAt === null ? tx : failing(tx, failsAt))
        if (fault === 'commit') throw new StorageFault('at the commit')
        return done
      }),
    )
    faults.onCommit(owner)
    await pause()
    if (fault === 'after') throw new OutcomeUnknown(new StorageFault('after the commit'))
    return result
  }

  const reading = surrounded(real, async (work) => {
    if (random.chance(faults.faultRate() / READS_PER_WRITE)) throw new StorageFault('while reading')
    return work()
  })
  return {
    write,
    read: reading.read,
    get changes() {
      return real.changes
    },
    kind: real.kind,
    watchTenantTables: () => real.watchTenantTables(),
    close: async () => {},
  }
}

const WRITING = new Set<string | symbol>(['insert', 'update', 'delete', 'run', 'all'])

/** A transaction whose n-th statement that writes fails. */
export function failing(tx: Tx, at: number): Tx {
  let left = at
  return new Proxy(tx, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name)
      if (typeof value !== 'function') return value
      return (...given: unknown[]): unknown => {
        if (WRITING.has(name) && --left === 0) throw new StorageFault('in the middle')
        return Reflect.apply(value, target, given)
      }
    },
  })
}
