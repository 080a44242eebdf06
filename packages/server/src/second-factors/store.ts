import { and, eq, isNull, lt, sql } from 'drizzle-orm'
import { passkeys } from '../passkeys/table.ts'
import type { Reader, Tx } from '../storage/transaction.ts'
import { type AuthenticatorAppRow, authenticatorApps, failedProofs, recoveryCodes } from './table.ts'

/** What a person can confirm with. */
export interface FactorCounts {
  passkeys: number
  authenticatorApp: boolean
  /** Recovery codes that were not used. */
  recoveryCodes: number
}

/** The second factors of one person but passkeys. */
export function factorStore(db: Reader, ownerId: string) {
  const myApps = eq(authenticatorApps.ownerId, ownerId)
  const myCodes = eq(recoveryCodes.ownerId, ownerId)
  const app = (state: AuthenticatorAppRow['state']): Promise<AuthenticatorAppRow | undefined> =>
    db
      .select()
      .from(authenticatorApps)
      .where(and(myApps, eq(authenticatorApps.state, state)))
      .get()
  const codes = () => db.select().from(recoveryCodes).where(myCodes)

  return {
    app,
    codes,
    async counts(): Promise<FactorCounts> {
      const [found] = await db
        .select({ count: sql<number>`count(*)` })
        .from(passkeys)
        .where(eq(passkeys.userId, ownerId))
      return {
        passkeys: found?.count ?? 0,
        authenticatorApp: (await app('active')) !== undefined,
        recoveryCodes: (await codes()).filter(({ usedAt }) => usedAt === null).length,
      }
    },
    failures: () => db.select().from(failedProofs).where(eq(failedProofs.ownerId, ownerId)),
  }
}

/** Changes of one person's second factors, inside the unit of work it is handed. */
export function factorWriter(tx: Tx, ownerId: string) {
  const myApps = eq(authenticatorApps.ownerId, ownerId)
  const myCodes = eq(recoveryCodes.ownerId, ownerId)
  const inState = (state: AuthenticatorAppRow['state']) => and(myApps, eq(authenticatorApps.state, state))
  const removeApp = (state: AuthenticatorAppRow['state']) =>
    tx.delete(authenticatorApps).where(inState(state)).returning({ id: authenticatorApps.id })

  return {
    /** The offer before, if there was one, is worthless. */
    async offer(row: Pick<AuthenticatorAppRow, 'id' | 'seed' | 'createdAt'>): Promise<void> {
      await removeApp('offered')
      await tx.insert(authenticatorApps).values({ ...row, ownerId, state: 'offered' })
    },
    /** What was offered takes the place of the app there was. */
    async activate(id: string, lastStep: number, at: string): Promise<void> {
      await removeApp('active')
      await tx
        .update(authenticatorApps)
        .set({ state: 'active', lastStep, createdAt: at, lastUsedAt: at })
        .where(and(myApps, eq(authenticatorApps.id, id)))
    },
    removeApp,
    /** Takes the code of a step, once: nothing when a code of it or of a later one was taken already. */
    useStep: (id: string, step: number, at: string) =>
      tx
        .update(authenticatorApps)
        .set({ lastStep: step, lastUsedAt: at })
        .where(and(inState('active'), eq(authenticatorApps.id, id), lt(authenticatorApps.lastStep, step)))
        .returning({ id: authenticatorApps.id }),
    /** The codes before work no more. */
    async replaceCodes(hashes: readonly Buffer[], createdAt: string): Promise<void> {
      await tx.delete(recoveryCodes).where(myCodes)
      if (hashes.length === 0) return
      await tx.insert(recoveryCodes).values(hashes.map((codeHash) => ({ ownerId, codeHash, createdAt })))
    },
    useCode: (codeHash: Buffer, at: string) =>
      tx
        .update(recoveryCodes)
        .set({ usedAt: at })
        .where(and(myCodes, eq(recoveryCodes.codeHash, codeHash), isNull(recoveryCodes.usedAt)))
        .returning({ createdAt: recoveryCodes.createdAt }),
    async addFailure(row: Omit<typeof failedProofs.$inferSelect, 'ownerId'>): Promise<void> {
      await tx.insert(failedProofs).values({ ...row, ownerId })
    },
    removeFailures: (ids: readonly string[]) =>
      Promise.all(
        ids.map((id) => tx.delete(failedProofs).where(and(eq(failedProofs.ownerId, ownerId), eq(failedProofs.id, id)))),
      ),
  }
}
