import { and, desc, eq, gt, isNull, ne } from 'drizzle-orm'
import { portalSessions } from '../access/table.ts'
import type { ReadDb, Tx } from '../storage/transaction.ts'

const SHOWN = 100

/** The sessions of one person that still work. */
function openOf(userId: string, { now, seenSince }: { now: string; seenSince: string }) {
  return and(
    eq(portalSessions.userId, userId),
    isNull(portalSessions.endedAt),
    gt(portalSessions.expiresAt, now),
    gt(portalSessions.seenAt, seenSince),
  )
}

export function openSessionStore(db: Tx | ReadDb, userId: string) {
  return {
    /** The one seen last first. */
    list: (at: { now: string; seenSince: string }) =>
      db.select().from(portalSessions).where(openOf(userId, at)).orderBy(desc(portalSessions.seenAt)).limit(SHOWN),
  }
}

export function openSessionWriter(tx: Tx, userId: string) {
  const mine = and(eq(portalSessions.userId, userId), isNull(portalSessions.endedAt))
  return {
    end: (id: string, at: string) =>
      tx
        .update(portalSessions)
        .set({ endedAt: at })
        .where(and(mine, eq(portalSessions.id, id)))
        .returning({ id: portalSessions.id }),
    endAllBut: (id: string, at: string) =>
      tx
        .update(portalSessions)
        .set({ endedAt: at })
        .where(and(mine, ne(portalSessions.id, id)))
        .returning({ id: portalSessions.id }),
  }
}
