import type { Id } from '@fistworks/contract'
import { and, desc, eq, gt, isNull, sql } from 'drizzle-orm'
import { organizations } from '../storage/table.ts'
import { acrossTenants } from '../storage/on-behalf-of.ts'
import type { Reader, Tx } from '../storage/transaction.ts'
import { type InvitationRow, invitations } from './table.ts'

const isUnanswered = and(isNull(invitations.acceptedAt), isNull(invitations.revokedAt))

/** The invitations of one organization. */
export function invitationStore(db: Reader, organizationId: string) {
  const mine = eq(invitations.organizationId, organizationId as Id<'org'>)
  return {
    /** Newest first. */
    list: (): Promise<InvitationRow[]> =>
      db.select().from(invitations).where(mine).orderBy(desc(invitations.id)).limit(LISTED),
    find: async (id: string): Promise<InvitationRow | undefined> =>
      (
        await db
          .select()
          .from(invitations)
          .where(and(mine, eq(invitations.id, id as Id<'inv'>)))
          .limit(1)
      )[0],
    countPending: (now: Date): Promise<number> =>
      count(and(mine, isUnanswered, gt(invitations.expiresAt, now.toISOString()))),
    /** Mails of the invitations that were made or mailed since then. */
    mailsSince: async (since: string): Promise<number> =>
      (
        await db
          .select({ sum: sql<number>`coalesce(sum(${invitations.mailings}), 0)` })
          .from(invitations)
          .where(and(mine, sql`coalesce(${invitations.sentAt}, ${invitations.createdAt}) > ${since}`))
      )[0]?.sum ?? 0,
  }

  async function count(where: ReturnType<typeof and>): Promise<number> {
    const [row] = await db.select({ count: sql<number>`count(*)` }).from(invitations).where(where)
    return row?.count ?? 0
  }
}

const LISTED = 500

/** Changes of the invitations of one organization, inside the unit of work they are handed. */
export function invitationWriter(tx: Tx, organizationId: string) {
  const of = (id: string) =>
    and(eq(invitations.organizationId, organizationId as Id<'org'>), eq(invitations.id, id as Id<'inv'>), isUnanswered)
  const change = async (id: string, values: Partial<InvitationRow>): Promise<boolean> =>
    (await tx.update(invitations).set(values).where(of(id)).returning({ id: invitations.id })).length === 1
  return {
    add: (row: typeof invitations.$inferInsert) => tx.insert(invitations).values(row),
    change,
    /** Whoever is at this address has no open invitation of this organization any more. */
    replace: (email: string, at: string) =>
      tx
        .update(invitations)
        .set({ revokedAt: at, secretHash: null })
        .where(
          and(eq(invitations.organizationId, organizationId as Id<'org'>), eq(invitations.email, email), isUnanswered),
        ),
    cancelAll: (at: string) =>
      tx
        .update(invitations)
        .set({ revokedAt: at, secretHash: null })
        .where(and(eq(invitations.organizationId, organizationId as Id<'org'>), isUnanswered)),
  }
}

/** What somebody offered who may offer nothing any more. */
export async function cancelInvitationsBy(tx: Tx, organizationId: string, userId: string, now: Date): Promise<void> {
  await tx
    .update(invitations)
    .set({ revokedAt: now.toISOString(), secretHash: null })
    .where(
      and(eq(invitations.organizationId, organizationId as Id<'org'>), eq(invitations.invitedBy, userId), isUnanswered),
    )
}

/** Invitations of open organizations, before it is known whose they are: by what a link or a sign-in shows. */
export function openInvitations(db: Reader) {
  const read = (where: ReturnType<typeof and>, now: Date) =>
    acrossTenants('find-invitation', () =>
      db
        .select({ invitation: invitations, organizationName: organizations.name })
        .from(invitations)
        .innerJoin(organizations, eq(organizations.id, invitations.organizationId))
        .where(and(where, isUnanswered, gt(invitations.expiresAt, now.toISOString()), isNull(organizations.closingAt)))
        .limit(1),
    )
  return {
    find: async (id: string, now: Date) => (await read(eq(invitations.id, id as Id<'inv'>), now))[0],
    isInvited: async (email: string, now: Date) => (await read(eq(invitations.email, email), now)).length > 0,
  }
}
