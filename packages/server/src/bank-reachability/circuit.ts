import { and, eq } from 'drizzle-orm'
import type { BankConnectionRow } from '../bank-connections/table.ts'
import { recordEvent } from '../events/record-event.ts'
import type { Reader, Storage, Tx } from '../storage/transaction.ts'
import { bankReachability } from './table.ts'

/** Failures in a row to connect before nobody tries for a while. */
const FAILURES_MAX = 3
const PAUSE_MS = 60_000
const PAUSE_MAX_MS = 15 * 60_000
/** How long one that tries has to find out; past it another may. */
const TRIAL_MS = 60_000

type Connection = Pick<BankConnectionRow, 'organizationId' | 'id' | 'name' | 'host' | 'port' | 'username'>

/**
 * Whether a bank may be connected to now: `null`, or the time until which nobody tries because it could not be reached
 * several times in a row. When that time has come, one caller alone gets `null` and finds out for all others.
 */
export async function pausedUntil(storage: Storage, bank: Connection, now: Date): Promise<Date | null> {
  const row = await find(storage.read, bank)
  if (row === undefined || row.failures < FAILURES_MAX || row.endpoint !== endpointOf(bank)) return null
  if (Date.parse(row.nextTryAt) > now.getTime()) return new Date(row.nextTryAt)
  const nextTryAt = new Date(now.getTime() + TRIAL_MS).toISOString()
  const mine = await storage.write((tx) =>
    tx
      .update(bankReachability)
      .set({ nextTryAt })
      .where(and(within(bank), eq(bankReachability.nextTryAt, row.nextTryAt)))
      .returning({ failures: bankReachability.failures }),
  )
  return mine.length === 1 ? null : new Date(nextTryAt)
}

/** Counts a connection that did not come about. @returns until when nobody tries now, `null` while it is not that often */
export function noteUnreachable(storage: Storage, bank: Connection, now: Date): Promise<Date | null> {
  return storage.write(async (tx) => {
    const row = await find(tx, bank)
    const endpoint = endpointOf(bank)
    const before = row?.endpoint === endpoint ? row : undefined
    const failures = (before?.failures ?? 0) + 1
    const isPaused = failures >= FAILURES_MAX
    const pauseMs = Math.min(PAUSE_MAX_MS, PAUSE_MS * 2 ** Math.max(0, failures - FAILURES_MAX))
    const nextTryAt = new Date(now.getTime() + pauseMs)
    const isNew = isPaused && (before === undefined || before.unreachableSince === null)
    const values = {
      endpoint,
      failures,
      unreachableSince: isPaused ? (before?.unreachableSince ?? now.toISOString()) : null,
      nextTryAt: nextTryAt.toISOString(),
    }
    await tx
      .insert(bankReachability)
      .values({ organizationId: bank.organizationId, bankConnectionId: bank.id, ...values })
      .onConflictDoUpdate({ target: [bankReachability.organizationId, bankReachability.bankConnectionId], set: values })
    if (isNew) await tell(tx, bank, 'bankConnection.unreachable', now)
    return isPaused ? nextTryAt : null
  })
}

/** Forgets earlier failures. @returns whether others waited for this bank */
export async function noteReached(storage: Storage, bank: Connection, now: Date): Promise<boolean> {
  if ((await find(storage.read, bank)) === undefined) return false
  return storage.write(async (tx) => {
    const [gone] = await tx
      .delete(bankReachability)
      .where(within(bank))
      .returning({ since: bankReachability.unreachableSince })
    if (gone === undefined || gone.since === null) return false
    await tell(tx, bank, 'bankConnection.reachable', now)
    return true
  })
}

async function tell(
  tx: Tx,
  bank: Connection,
  type: 'bankConnection.unreachable' | 'bankConnection.reachable',
  at: Date,
): Promise<void> {
  await recordEvent(tx, bank.organizationId, {
    type,
    objectType: 'bankConnection',
    objectId: bank.id,
    at,
    about: { name: bank.name },
  })
}

async function find(db: Reader, bank: Connection) {
  const [row] = await db.select().from(bankReachability).where(within(bank)).limit(1)
  return row
}

function within(bank: Connection) {
  return and(eq(bankReachability.organizationId, bank.organizationId), eq(bankReachability.bankConnectionId, bank.id))
}

function endpointOf({ host, port, username }: Connection): string {
  return JSON.stringify([host, port, username])
}
