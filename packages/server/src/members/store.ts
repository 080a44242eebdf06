import type { Id, Role } from '@fistworks/contract'
import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import { members, portalSessions, users } from '../access/table.ts'
import type { Reader, Tx } from '../storage/transaction.ts'

export interface MemberRow {
  id: Id<'usr'>
  name: string
  email: string
  role: Role
  createdAt: string
  roleSince: string | null
  lastUsedAt: string | null
}

/** The members of one organization. */
export function memberStore(db: Reader, organizationId: string) {
  const mine = eq(members.organizationId, organizationId)
  const select = () =>
    db
      .select({
        id: sql<Id<'usr'>>`${users.id}`,
        name: users.name,
        email: users.email,
        role: members.role,
        createdAt: members.createdAt,
        roleSince: members.roleSince,
        lastUsedAt: members.lastUsedAt,
      })
      .from(members)
      .innerJoin(users, eq(users.id, members.userId))
  return {
    /** Those who joined first come first. */
    list: (): Promise<MemberRow[]> => select().where(mine).orderBy(asc(members.createdAt), asc(users.id)),
    find: async (userId: string): Promise<MemberRow | undefined> =>
      (
        await select()
          .where(and(mine, eq(members.userId, userId)))
          .limit(1)
      )[0],
    count: async (role?: Role): Promise<number> =>
      (
        await db
          .select({ count: sql<number>`count(*)` })
          .from(members)
          .where(and(mine, role === undefined ? undefined : eq(members.role, role)))
      )[0]?.count ?? 0,
  }
}

/** Changes of the members of one organization, inside the unit of work they are handed. */
export function memberWriter(tx: Tx, organizationId: string) {
  const of = (userId: string) => and(eq(members.organizationId, organizationId), eq(members.userId, userId))
  return {
    add: (row: { userId: string; role: Role; createdAt: string }) =>
      tx.insert(members).values({ organizationId, ...row }),
    setRole: (userId: string, role: Role, at: string) =>
      tx.update(members).set({ role, roleSince: at }).where(of(userId)),
    remove: (userId: string) => tx.delete(members).where(of(userId)),
    noteUse: (userId: string, at: string) => tx.update(members).set({ lastUsedAt: at }).where(of(userId)),
  }
}

/** Whoever is signed in as this person is signed out. */
export async function endSessionsOf(tx: Tx, userId: string, at: string): Promise<void> {
  await tx
    .update(portalSessions)
    .set({ endedAt: at })
    .where(and(eq(portalSessions.userId, userId), isNull(portalSessions.endedAt)))
}
