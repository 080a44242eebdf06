import { AsyncLocalStorage } from 'node:async_hooks'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { LibSQLDatabase } from 'drizzle-orm/libsql'
import { classify } from './classify.ts'
import type { Engine } from './engine.ts'
import { openFileEngine } from './file-engine.ts'
import { createGuard, type Guard, noGuard } from './guard/guard.ts'
import { tenantTablesOf } from './guard/tenant-tables.ts'
import { claimOwnership } from './ownership.ts'
import { openRemoteEngine } from './remote-engine.ts'
import { selfTest } from './self-test.ts'

/** One open write transaction. Whatever is done through it happens as a whole or not at all. */
export type Tx = Parameters<Parameters<LibSQLDatabase['transaction']>[0]>[0]

/** The handle for reading: it sees what was committed, and refuses every statement that would change something. */
export type ReadDb = Engine['reader']

/** What a store that only reads takes: a transaction (sees its own writes) or the reading handle. */
export type Reader = Tx | ReadDb

/** One database. There is no other way to write to it than `write`. */
export interface Storage {
  /**
   * Runs `work` in one write transaction. After a lock the whole of `work` runs again, so it must have no effect
   * outside `tx`. Writes of one process wait for each other; a `write` inside a `write` is refused.
   * @throws OutcomeUnknown when a remote server did not say whether the commit happened
   */
  write<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  read: ReadDb
  /** How many units of work have ended here: while it stays the same, this process changed nothing. */
  readonly changes: number
  kind: 'file' | 'remote'
  /** Reads from the schema which tables hold rows of tenants: the guard watches these from here on. */
  watchTenantTables(): Promise<void>
  /** Waits for the writes under way, then lets go of the database and its ownership. */
  close(): Promise<void>
}

export interface StorageOptions {
  /** `file:///folder/name.db`, or `http(s)://` / `libsql://` of a libSQL server. */
  url: string
  authToken?: string
  /** Called each time a lock sends a unit of work back to its start. */
  onBusy?: () => void
  /** Whether the guard refuses statements that name no owner; on unless told. */
  isGuarded?: boolean
}

/** The connection broke after COMMIT was sent: the change may or may not be there. The idempotency row tells. */
export class OutcomeUnknown extends Error {
  constructor(cause: unknown) {
    super('The database did not answer the commit, so it is not known whether the change was stored.', { cause })
    this.name = 'OutcomeUnknown'
  }
}

/**
 * Opens a database behind the one door. A file is claimed for this process, its durability settings are verified
 * and the door is tried against the driver fault it exists for; each of these refuses to open rather than go on.
 */
export async function openStorage(options: StorageOptions): Promise<Storage> {
  const onBusy = options.onBusy ?? (() => {})
  const guard = options.isGuarded === false ? noGuard : createGuard()
  if (!options.url.startsWith('file:')) return storageOver(openRemoteEngine(options, guard), onBusy, guard)
  const path = pathOf(options.url)
  await selfTest(dirname(path), async (scratch, onScratchBusy) =>
    storageOver(await openFileEngine(scratch, noGuard, { busyTimeoutMs: 0 }), onScratchBusy, noGuard),
  )
  const ownership = claimOwnership(path)
  try {
    return storageOver(await openFileEngine(path, guard, { onClose: ownership.release }), onBusy, guard)
  } catch (error) {
    ownership.release()
    throw error
  }
}

function pathOf(url: string): string {
  return url.startsWith('file://') ? fileURLToPath(url) : url.slice('file:'.length)
}

const PAUSE_CAP_MS = 1000
/** How long after a change it is moved from the write-ahead log into the database, with all that came meanwhile. */
const CHECKPOINT_AFTER_MS = 1000
/** A unit of work that took longer has written much. */
const LONG_UNIT_MS = 250

function storageOver(engine: Engine, onBusy: () => void, guard: Guard): Storage {
  let queue: Promise<unknown> = Promise.resolve()
  let isClosed = false
  let changes = 0
  let isCheckpointDue = false

  function alone<T>(job: () => Promise<T>): Promise<T> {
    const mine = queue.then(job)
    queue = mine.catch(() => {})
    return mine
  }

  async function write<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    if (isClosed) throw new Error('This database is closed.')
    if (unitOfWork.getStore()?.isOpen) {
      throw new Error('A unit of work opened another one: hand its tx down instead of calling write again.')
    }
    return alone(async () => {
      try {
        return await untilCommitted(engine, work, onBusy)
      } finally {
        changes += 1
        checkpointLater()
      }
    })
  }

  /** It waits for its turn among the writes, and they for it; nobody else waits. What fails is done the next time. */
  function checkpointLater(): void {
    const { log } = engine
    if (log === undefined || isCheckpointDue) return
    isCheckpointDue = true
    setTimeout(() => {
      isCheckpointDue = false
      if (!isClosed) alone(() => log.checkpoint()).catch(() => {})
    }, CHECKPOINT_AFTER_MS).unref()
  }

  async function close(): Promise<void> {
    if (isClosed) return
    isClosed = true
    await alone(() => engine.close())
  }

  return {
    write,
    read: engine.reader,
    get changes() {
      return changes
    },
    kind: engine.kind,
    watchTenantTables: async () => guard.watch(await tenantTablesOf(engine.reader)),
    close,
  }
}

async function untilCommitted<T>(engine: Engine, work: (tx: Tx) => Promise<T>, onBusy: () => void): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    let isCommitting = false
    try {
      return await engine.writer.transaction(async (tx) => {
        const began = performance.now()
        const result = await asUnit(() => work(tx))
        if (performance.now() - began > LONG_UNIT_MS) await engine.log?.flush()
        isCommitting = true
        return result
      })
    } catch (error) {
      const verdict = verdictOn(error, engine, isCommitting)
      if (verdict === 'unknown') throw new OutcomeUnknown(error)
      if (verdict === 'final') throw error
      onBusy()
      await engine.recover()
      if (attempt >= engine.tries) throw error
      await sleep(Math.random() * Math.min(PAUSE_CAP_MS, 25 * 2 ** attempt))
    }
  }
}

/** `again` only where it is certain that nothing was committed. */
function verdictOn(error: unknown, engine: Engine, isCommitting: boolean): 'again' | 'final' | 'unknown' {
  const { kind } = classify(error)
  if (kind === 'busy') return 'again'
  if (engine.kind === 'file' || kind === 'unique' || kind === 'constraint') return 'final'
  if (isCommitting) return 'unknown'
  return kind === 'gone' ? 'again' : 'final'
}

const unitOfWork = new AsyncLocalStorage<{ isOpen: boolean }>()

/** Marks the async context as inside a unit of work while it is open, so that what it leaves behind is free again. */
async function asUnit<T>(work: () => Promise<T>): Promise<T> {
  const mark = { isOpen: true }
  try {
    return await unitOfWork.run(mark, work)
  } finally {
    mark.isOpen = false
  }
}
