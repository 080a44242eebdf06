import type { Id } from '@fistworks/contract'
import { and, eq, isNull, lt } from 'drizzle-orm'
import { users } from '../access/table.ts'
import type { Reader, Tx } from '../storage/transaction.ts'
import { type IdentityRow, usedSignInNonces, userIdentities } from './table.ts'

/** The accounts of one person at the identity provider. */
export function identityStore(db: Reader, userId: string) {
  const mine = eq(userIdentities.userId, userId)
  return {
    list: (): Promise<IdentityRow[]> => db.select().from(userIdentities).where(mine).orderBy(userIdentities.id),
  }
}

/** Changes of one person's accounts, inside the unit of work it is handed. */
export function identityWriter(tx: Tx, userId: string) {
  const mine = eq(userIdentities.userId, userId)
  return {
    /** Adds nothing when this account signs somebody in already. */
    add: (row: Omit<IdentityRow, 'userId'>) =>
      tx
        .insert(userIdentities)
        .values({ ...row, userId })
        .onConflictDoNothing()
        .returning({ id: userIdentities.id }),
    remove: (id: string) =>
      tx
        .delete(userIdentities)
        .where(and(mine, eq(userIdentities.id, id as Id<'idn'>)))
        .returning({ id: userIdentities.id, label: userIdentities.label }),
  }
}

/** Signing in: who an account belongs to, and which nonces were used. */
export function signInWriter(tx: Tx) {
  return {
    /** By tenant and object id, and by nothing else. */
    async useIdentity({ tenantId, objectId, label }: Pick<IdentityRow, 'tenantId' | 'objectId' | 'label'>, at: string) {
      const one = and(eq(userIdentities.tenantId, tenantId), eq(userIdentities.objectId, objectId))
      const [used] = await tx
        .update(userIdentities)
        .set({ lastUsedAt: at, label })
        .where(one)
        .returning({ userId: userIdentities.userId })
      if (used === undefined) return undefined
      const open = and(eq(users.id, used.userId), isNull(users.closedAt))
      return (await tx.select().from(users).where(open).limit(1))[0]
    },
    /** Says whether it was unused until now. What is older than `before` could not be used anyway, and goes. */
    async useNonce(nonceHash: Buffer, at: string, before: string): Promise<boolean> {
      await tx.delete(usedSignInNonces).where(lt(usedSignInNonces.usedAt, before))
      const row = { nonceHash, usedAt: at }
      return (await tx.insert(usedSignInNonces).values(row).onConflictDoNothing().returning()).length === 1
    },
  }
}
