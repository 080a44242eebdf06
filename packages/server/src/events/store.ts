import type { EventType, Id } from '@fistworks/contract'
import { and, asc, desc, eq, gt } from 'drizzle-orm'
import type { Reader, Tx } from '../storage/transaction.ts'
import { eventNotices, type EventRow, events } from './table.ts'

export interface EventFilter {
  type?: EventType | undefined
  objectId?: string | undefined
}

/** What an organization was told of. */
export function eventStore(db: Reader, organizationId: string) {
  const mine = eq(events.organizationId, organizationId as Id<'org'>)
  return {
    async find(id: string): Promise<EventRow | undefined> {
      const [row] = await db
        .select()
        .from(events)
        .where(and(mine, eq(events.id, id as Id<'evt'>)))
        .limit(1)
      return row
    },

    /** Those after this place, oldest first. */
    list(filter: EventFilter, after: number, limit: number): Promise<EventRow[]> {
      const ofType = filter.type === undefined ? undefined : eq(events.type, filter.type)
      const ofObject = filter.objectId === undefined ? undefined : eq(events.objectId, filter.objectId)
      return db
        .select()
        .from(events)
        .where(and(mine, gt(events.sequence, after), ofType, ofObject))
        .orderBy(asc(events.sequence))
        .limit(limit)
    },

    /** The place of the newest; 0 before the first. */
    async last(): Promise<number> {
      const [row] = await db
        .select({ sequence: events.sequence })
        .from(events)
        .where(mine)
        .orderBy(desc(events.sequence))
        .limit(1)
      return row?.sequence ?? 0
    },
  }
}

/** Adds to them, inside the unit of work it is handed. */
export const addEvent = (tx: Tx, row: EventRow) => tx.insert(events).values(row)

/** The place of the last event of a type that people were told of. */
export async function toldUpTo(tx: Tx, organizationId: string, type: EventType): Promise<number> {
  const [row] = await tx
    .select({ sequence: eventNotices.sequence })
    .from(eventNotices)
    .where(and(eq(eventNotices.organizationId, organizationId), eq(eventNotices.type, type)))
  return row?.sequence ?? 0
}

export async function noteTold(tx: Tx, organizationId: string, type: EventType, sequence: number): Promise<void> {
  await tx
    .insert(eventNotices)
    .values({ organizationId, type, sequence })
    .onConflictDoUpdate({ target: [eventNotices.organizationId, eventNotices.type], set: { sequence } })
}
