import { and, eq, gt, inArray, isNull, sql } from 'drizzle-orm'
import { acrossTenants } from '../storage/on-behalf-of.ts'
import { platformStore } from '../platforms/store.ts'
import { remember } from '../storage/remember.ts'
import { organizations } from '../storage/table.ts'
import type { ReadDb, Storage, Tx } from '../storage/transaction.ts'
import { accessTokens, apiKeys, embedSessions, members, portalSessions, signInCodes, users } from './table.ts'
import { embedRaiseStore } from './embed-raise-store.ts'

type Db = Tx | ReadDb

/** The control plane's door to keys, sessions and members. It knows no tenant data. */
export function accessStore(db: Db) {
  return {
    apiKey: (id: string) => db.select().from(apiKeys).where(eq(apiKeys.id, id)).get(),
    accessToken: (id: string) => db.select().from(accessTokens).where(eq(accessTokens.id, id)).get(),
    embedSession: (id: string) => db.select().from(embedSessions).where(eq(embedSessions.id, id)).get(),
    portalSession: (id: string) =>
      db
        .select()
        .from(portalSessions)
        .innerJoin(users, eq(users.id, portalSessions.userId))
        .where(eq(portalSessions.id, id))
        .get(),
    organization: (id: string) => db.select().from(organizations).where(eq(organizations.id, id)).get(),
    user: (id: string) => db.select().from(users).where(eq(users.id, id)).get(),
    userByEmail: (email: string) => db.select().from(users).where(eq(users.email, email)).get(),
    membership: (organizationId: string, userId: string) =>
      db
        .select({ role: members.role, lastUsedAt: members.lastUsedAt })
        .from(members)
        .where(and(eq(members.organizationId, organizationId), eq(members.userId, userId)))
        .get(),
    administratorsOf: (organizationId: string) =>
      db
        .select({ id: users.id, email: users.email })
        .from(members)
        .innerJoin(users, eq(users.id, members.userId))
        .where(and(eq(members.organizationId, organizationId), inArray(members.role, ['owner', 'administrator']))),
    organizationsOf: (userId: string) =>
      acrossTenants('list-memberships', () =>
        db
          .select({
            id: organizations.id,
            name: organizations.name,
            role: members.role,
            closingAt: organizations.closingAt,
            closedAt: organizations.closedAt,
          })
          .from(members)
          .innerJoin(organizations, eq(organizations.id, members.organizationId))
          .where(eq(members.userId, userId))
          .orderBy(organizations.name),
      ),
    signInCode: (id: string) => db.select().from(signInCodes).where(eq(signInCodes.id, id)).get(),
    signInCodesSince: async (email: string, since: string): Promise<number> =>
      db.$count(signInCodes, and(eq(signInCodes.email, email), gt(signInCodes.createdAt, since))),
  }
}

/** Whoever it belongs to: a person names it before it is known whether it is of an organization of theirs. */
export const embedSessionOfAnybody = (tx: Tx, id: string) =>
  acrossTenants('find-caller', () => accessStore(tx).embedSession(id))

/** What each request asks about its caller, as of the last change of the control plane. */
export type CallerRows = ReturnType<typeof callerRows>

export function callerRows(control: Storage) {
  const store = accessStore(control.read)
  const ask = <T extends object | string>(read: (...names: string[]) => Promise<T | undefined>) =>
    remember(control, (...names) => acrossTenants('find-caller', () => read(...names)))
  /** A caller that never was is asked of the database each time, so a refused one is too. A server is asked anyway. */
  const askAnew = async (read: (id: string) => Promise<unknown>, id: string): Promise<void> => {
    if (control.kind !== 'remote') await acrossTenants('find-caller', () => read(id))
  }
  return {
    apiKey: ask(store.apiKey),
    accessToken: ask(store.accessToken),
    apiKeyAnew: (id: string) => askAnew(store.apiKey, id),
    accessTokenAnew: (id: string) => askAnew(store.accessToken, id),
    embedSession: ask(store.embedSession),
    embedRaise: ask(embedRaiseStore(control.read).find),
    portalSession: ask(store.portalSession),
    organization: ask(store.organization),
    membership: ask(store.membership),
    platformRoleOf: ask(platformStore(control.read).roleOf),
  }
}

/** A key belongs to its platform or to its organization. */
export type NewApiKeyRow = Omit<typeof apiKeys.$inferInsert, 'ownerId'>

/** Changes of keys and sessions; each inside the unit of work it is handed. */
export function accessWriter(tx: Tx) {
  return {
    addApiKey: (row: NewApiKeyRow) =>
      tx.insert(apiKeys).values({ ...row, ownerId: row.organizationId ?? row.platformId ?? '' }),
    addEmbedSession: (row: typeof embedSessions.$inferInsert) => tx.insert(embedSessions).values(row),
    revokeEmbedSession: (id: string, organizationId: string, at: string) =>
      tx
        .update(embedSessions)
        .set({ revokedAt: at })
        .where(
          and(
            eq(embedSessions.id, id),
            eq(embedSessions.organizationId, organizationId),
            isNull(embedSessions.revokedAt),
          ),
        )
        .returning({ id: embedSessions.id }),
    addUser: (row: typeof users.$inferInsert) => tx.insert(users).values(row),
    addMember: (row: typeof members.$inferInsert) => tx.insert(members).values(row),
    /** A new code makes the earlier ones of this address worthless. */
    addSignInCode: async (row: typeof signInCodes.$inferInsert) => {
      await tx
        .update(signInCodes)
        .set({ usedAt: row.createdAt })
        .where(and(eq(signInCodes.email, row.email), isNull(signInCodes.usedAt)))
      await tx.insert(signInCodes).values(row)
    },
    countTry: (id: string) =>
      tx
        .update(signInCodes)
        .set({ tries: sql`${signInCodes.tries} + 1` })
        .where(eq(signInCodes.id, id)),
    useSignInCode: (id: string, at: string) =>
      tx
        .update(signInCodes)
        .set({ usedAt: at })
        .where(and(eq(signInCodes.id, id), isNull(signInCodes.usedAt)))
        .returning({ id: signInCodes.id }),
    addPortalSession: (row: typeof portalSessions.$inferInsert) => tx.insert(portalSessions).values(row),
    seePortalSession: (id: string, at: string, address: string | undefined) =>
      tx
        .update(portalSessions)
        .set({ seenAt: at, ...(address === undefined ? {} : { address }) })
        .where(eq(portalSessions.id, id)),
    /** The session goes on under a new secret; the one before works no more. */
    raisePortalSession: (id: string, secretHash: Buffer, at: string) =>
      tx
        .update(portalSessions)
        .set({ secretHash, steppedUpAt: at, seenAt: at })
        .where(and(eq(portalSessions.id, id), isNull(portalSessions.endedAt)))
        .returning({ expiresAt: portalSessions.expiresAt }),
    /** The same without a proof of the person: one from before stays as it was. */
    renewPortalSession: (id: string, secretHash: Buffer, at: string) =>
      tx
        .update(portalSessions)
        .set({ secretHash, seenAt: at })
        .where(and(eq(portalSessions.id, id), isNull(portalSessions.endedAt)))
        .returning({ expiresAt: portalSessions.expiresAt }),
    endPortalSession: (id: string, at: string) =>
      tx.update(portalSessions).set({ endedAt: at }).where(eq(portalSessions.id, id)),
  }
}
