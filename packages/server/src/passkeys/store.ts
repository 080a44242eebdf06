import type { Id } from '@fistworks/contract'
import { and, eq } from 'drizzle-orm'
import type { Reader, Tx } from '../storage/transaction.ts'
import { type ChallengePurpose, type PasskeyRow, passkeyChallenges, passkeys } from './table.ts'

/** The passkeys of one person. */
export function passkeyStore(db: Reader, userId: string) {
  const mine = eq(passkeys.userId, userId)
  return {
    list: (): Promise<PasskeyRow[]> => db.select().from(passkeys).where(mine).orderBy(passkeys.id),
    findByCredential: (credentialId: string): Promise<PasskeyRow | undefined> =>
      db
        .select()
        .from(passkeys)
        .where(and(mine, eq(passkeys.credentialId, credentialId)))
        .get(),
  }
}

/** Changes of one person's passkeys, inside the unit of work it is handed. */
export function passkeyWriter(tx: Tx, userId: string) {
  const mine = eq(passkeys.userId, userId)
  return {
    /** Adds nothing when somebody has a passkey that is named so already. */
    add: (row: Omit<PasskeyRow, 'userId'>) =>
      tx
        .insert(passkeys)
        .values({ ...row, userId })
        .onConflictDoNothing()
        .returning({ id: passkeys.id }),
    /** Does nothing when it was removed, or used by somebody else with a copy, since its counter was read. */
    use: ({ id, counter }: Pick<PasskeyRow, 'id' | 'counter'>, newCounter: number, at: string) =>
      tx
        .update(passkeys)
        .set({ counter: newCounter, lastUsedAt: at })
        .where(and(mine, eq(passkeys.id, id), eq(passkeys.counter, counter)))
        .returning({ id: passkeys.id }),
    remove: (id: string) =>
      tx
        .delete(passkeys)
        .where(and(mine, eq(passkeys.id, id as Id<'pky'>)))
        .returning({ id: passkeys.id, name: passkeys.name }),
  }
}

/** The open questions of one session. */
export function challengeWriter(tx: Tx, sessionId: string) {
  return {
    async open(purpose: ChallengePurpose, challenge: string, expiresAt: string): Promise<void> {
      const row = { sessionId, purpose, challenge, expiresAt }
      const target = [passkeyChallenges.sessionId, passkeyChallenges.purpose]
      await tx.insert(passkeyChallenges).values(row).onConflictDoUpdate({ target, set: { challenge, expiresAt } })
    },
    /** Gives the question and takes it away: it is answered once. */
    async take(purpose: ChallengePurpose): Promise<{ challenge: string; expiresAt: string } | undefined> {
      const where = and(eq(passkeyChallenges.sessionId, sessionId), eq(passkeyChallenges.purpose, purpose))
      return (await tx.delete(passkeyChallenges).where(where).returning())[0]
    },
  }
}
