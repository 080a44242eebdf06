import { and, desc, eq, gt, inArray, lt, type SQL, sql } from 'drizzle-orm'
import { platformInvitations, platformMembers, users } from '../access/table.ts'
import { type AuditEventRow, controlAuditEventStore } from '../audit/audit.ts'
import { platforms } from '../storage/table.ts'
import type { ReadDb, Tx } from '../storage/transaction.ts'

export type PlatformRow = typeof platforms.$inferSelect

/** Whose platforms a caller can see. */
export type PlatformReach = { userId: string } | { platformId: string }

/** Accounting products, and who looks after them. */
export function platformStore(db: Tx | ReadDb) {
  const within = (reach: PlatformReach): SQL => {
    if ('platformId' in reach) return eq(platforms.id, reach.platformId)
    const { platformId, userId } = platformMembers
    return inArray(platforms.id, db.select({ id: platformId }).from(platformMembers).where(eq(userId, reach.userId)))
  }
  return {
    /** Newest first. */
    list: (reach: PlatformReach, before: string | undefined, limit: number): Promise<PlatformRow[]> =>
      db
        .select()
        .from(platforms)
        .where(before === undefined ? within(reach) : and(within(reach), lt(platforms.id, before)))
        .orderBy(desc(platforms.id))
        .limit(limit),
    find: async (reach: PlatformReach, id: string): Promise<PlatformRow | undefined> =>
      (
        await db
          .select()
          .from(platforms)
          .where(and(within(reach), eq(platforms.id, id)))
          .limit(1)
      )[0],
    roleOf: async (platformId: string, userId: string) =>
      (
        await db
          .select({ role: platformMembers.role })
          .from(platformMembers)
          .where(and(eq(platformMembers.platformId, platformId), eq(platformMembers.userId, userId)))
          .limit(1)
      )[0]?.role,
    /** What a person looks after. */
    of: (userId: string) =>
      db
        .select({ id: platforms.id, name: platforms.name })
        .from(platformMembers)
        .innerJoin(platforms, eq(platforms.id, platformMembers.platformId))
        .where(eq(platformMembers.userId, userId))
        .orderBy(platforms.name),
    /** What an address was asked to look after. */
    invitationsOf: (email: string, at: string) =>
      db
        .select({ id: platforms.id, name: platforms.name })
        .from(platformInvitations)
        .innerJoin(platforms, eq(platforms.id, platformInvitations.platformId))
        .where(and(eq(platformInvitations.email, email), gt(platformInvitations.expiresAt, at)))
        .orderBy(platforms.name),
    async countOf(userId: string): Promise<number> {
      const [row] = await db
        .select({ count: sql<number>`count(*)` })
        .from(platformMembers)
        .where(eq(platformMembers.userId, userId))
      return row?.count ?? 0
    },
    emailOf: async (userId: string): Promise<string | undefined> =>
      (await db.select({ email: users.email }).from(users).where(eq(users.id, userId)).limit(1))[0]?.email,
    /** Whether this address was asked to look after any platform. */
    isInvited: async (email: string, at: string): Promise<boolean> =>
      (
        await db
          .select({ id: platformInvitations.platformId })
          .from(platformInvitations)
          .where(and(eq(platformInvitations.email, email), gt(platformInvitations.expiresAt, at)))
          .limit(1)
      ).length > 0,
    administrators: (platformId: string) =>
      db
        .select({ userId: users.id, name: users.name, email: users.email, since: platformMembers.createdAt })
        .from(platformMembers)
        .innerJoin(users, eq(users.id, platformMembers.userId))
        .where(eq(platformMembers.platformId, platformId))
        .orderBy(platformMembers.createdAt, users.email),
    invitations: (platformId: string, at: string) =>
      db
        .select()
        .from(platformInvitations)
        .where(and(eq(platformInvitations.platformId, platformId), gt(platformInvitations.expiresAt, at)))
        .orderBy(platformInvitations.createdAt, platformInvitations.email),
    events: (platformId: string, before: number | undefined, limit: number): Promise<AuditEventRow[]> =>
      controlAuditEventStore(db, platformId).list({ limit, ...(before === undefined ? {} : { before }) }),
  }
}

/** Changes of platforms; each inside the unit of work it is handed. */
export function platformWriter(tx: Tx) {
  const isInvited = (platformId: string, email: string) =>
    and(eq(platformInvitations.platformId, platformId), eq(platformInvitations.email, email))
  return {
    add: (row: typeof platforms.$inferInsert) => tx.insert(platforms).values(row),
    change: (id: string, change: Partial<Omit<PlatformRow, 'id' | 'createdAt'>>) =>
      tx.update(platforms).set(change).where(eq(platforms.id, id)),
    addAdministrator: (platformId: string, userId: string, createdAt: string) =>
      tx.insert(platformMembers).values({ platformId, userId, role: 'administrator', createdAt }).onConflictDoNothing(),
    removeAdministrator: (platformId: string, userId: string) =>
      tx
        .delete(platformMembers)
        .where(and(eq(platformMembers.platformId, platformId), eq(platformMembers.userId, userId))),
    /** A later invitation of the same address takes the place of the one before. */
    invite: (row: typeof platformInvitations.$inferInsert) =>
      tx
        .insert(platformInvitations)
        .values(row)
        .onConflictDoUpdate({
          target: [platformInvitations.platformId, platformInvitations.email],
          set: { invitedBy: row.invitedBy, createdAt: row.createdAt, expiresAt: row.expiresAt },
        }),
    /** What somebody offered who looks after the platform no more. */
    takeInvitationsBy: (platformId: string, userId: string) =>
      tx
        .delete(platformInvitations)
        .where(and(eq(platformInvitations.platformId, platformId), eq(platformInvitations.invitedBy, userId))),
    /** Of an address that is nobody's any more. */
    takeInvitationsOf: (email: string) => tx.delete(platformInvitations).where(eq(platformInvitations.email, email)),
    /** @returns the invitation that was taken away, if there was one */
    takeInvitation: async (platformId: string, email: string) =>
      (await tx.delete(platformInvitations).where(isInvited(platformId, email)).returning())[0],
  }
}
