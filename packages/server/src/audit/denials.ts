import type { Databases } from '../storage/directory.ts'
import { ownedBy } from '../storage/owned-by.ts'
import type { Storage, Tx } from '../storage/transaction.ts'
import { type AuditEventInput, appendAuditEvent, appendControlAuditEvent } from './audit.ts'

/** Whose chain it stands in: an organization's own, or one of the control plane (platform, user, `SERVER`). */
export type Home = { organizationId: string } | { ownerId: string }

/** The chain of what belongs to nobody who is known here. */
export const SERVER = 'server'

/** Something that was refused. Refusals of the same kind within a minute are one event with a count. */
export interface Denial {
  home: Home
  /** Whom it is counted for: the caller, or the network where the caller is not known. */
  who: string
  isKnown: boolean
  at: Date
  event: AuditEventInput
}

/**
 * Writes refusals down, each in a transaction of its own: that of what was refused is rolled back. Somebody who knocks
 * without end leaves two events in a minute and not a full disk.
 */
export interface Denials {
  note(denial: Denial): void
  /** Writes the counts of the minutes that have ended by now. */
  flush(now: Date): Promise<void>
  /** Writes all that is left. */
  close(): Promise<void>
}

const WINDOW_MS = 60_000
/** How many are counted apart at once; what comes above is counted together. */
const WINDOWS = { known: 500, unknown: 60 }

interface Window {
  first: Denial
  endsAt: number
  /** How often it happened again after the first. */
  repeated: number
  lastAt: Date
}

/** @param aheadMs how far the time of organizations is ahead of the time of people, in milliseconds */
export function createDenials(
  databases: Databases,
  onError: (error: unknown) => void,
  aheadMs: () => number = () => 0,
): Denials {
  const windows = new Map<string, Window>()
  let writing: Promise<unknown> = Promise.resolve()

  function write(denial: Denial, data: Record<string, unknown>): void {
    const { home, at, event } = denial
    const counted = { ...event, data: { ...event.data, ...data } }
    const told = 'ownerId' in home ? at : new Date(at.getTime() + aheadMs())
    writing = writing.then(() => append(databases, home, told, counted)).catch(onError)
  }

  function end(key: string, { first, repeated, lastAt }: Window): void {
    windows.delete(key)
    if (repeated > 0) write({ ...first, at: lastAt }, { repeated, since: first.at.toISOString() })
  }

  return {
    note(denial) {
      const { denied, key } = apart(windows, denial)
      const open = windows.get(key)
      if (open !== undefined && denial.at.getTime() < open.endsAt) {
        open.repeated += 1
        open.lastAt = denial.at
        return
      }
      if (open !== undefined) end(key, open)
      windows.set(key, { first: denied, endsAt: denial.at.getTime() + WINDOW_MS, repeated: 0, lastAt: denial.at })
      write(denied, {})
    },
    async flush(now) {
      for (const [key, window] of windows) if (window.endsAt <= now.getTime()) end(key, window)
      await writing
    },
    async close() {
      for (const [key, window] of windows) end(key, window)
      await writing
    },
  }
}

/** Where it is counted: by itself, or, when there are too many kinds at once, with all the others. */
function apart(windows: ReadonlyMap<string, Window>, denial: Denial): { denied: Denial; key: string } {
  const { home, who, isKnown, event } = denial
  const group = isKnown ? 'known' : 'unknown'
  const owner = 'organizationId' in home ? home.organizationId : home.ownerId
  const key = JSON.stringify([group, owner, who, event.action, event.targetId, event.data?.['code']])
  if (windows.has(key)) return { denied: denial, key }
  let others = 0
  for (const [each] of windows) if (each.startsWith(`["${group}"`)) others += 1
  if (others < WINDOWS[group]) return { denied: denial, key }
  return { denied: crowd(denial), key: `${group} crowd` }
}

function crowd(denial: Denial): Denial {
  const { action, requestId } = denial.event
  const event: AuditEventInput = {
    action,
    actor: { type: 'anonymous', id: 'many' },
    targetType: 'server',
    targetId: SERVER,
    outcome: 'denied',
    requestId,
    data: { code: 'many-callers' },
  }
  return { ...denial, home: { ownerId: SERVER }, event }
}

async function append(databases: Databases, home: Home, at: Date, event: AuditEventInput): Promise<void> {
  if ('ownerId' in home) {
    const control = ownedBy(home.ownerId, databases.control)
    await control.write((tx) => appendControlAuditEvent(tx, home.ownerId, at, event))
    return
  }
  const storage: Storage = await databases.tenantOf(home.organizationId)
  await storage.write((tx: Tx) => appendAuditEvent(tx, home.organizationId, at, event))
}
