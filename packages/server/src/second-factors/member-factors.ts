import { and, eq, inArray } from 'drizzle-orm'
import { passkeys } from '../passkeys/table.ts'
import { acrossTenants } from '../storage/on-behalf-of.ts'
import type { Reader, Tx } from '../storage/transaction.ts'
import { factorWriter } from './store.ts'
import { authenticatorApps, failedProofs } from './table.ts'

/** Which of these people have a passkey or an authenticator app. */
export function withSecondFactor(db: Reader, userIds: readonly string[]): Promise<ReadonlySet<string>> {
  return acrossTenants('members-second-factors', async () => {
    const ofPasskeys = await db
      .selectDistinct({ id: passkeys.userId })
      .from(passkeys)
      .where(inArray(passkeys.userId, [...userIds]))
    const ofApps = await db
      .select({ id: authenticatorApps.ownerId })
      .from(authenticatorApps)
      .where(and(inArray(authenticatorApps.ownerId, [...userIds]), eq(authenticatorApps.state, 'active')))
    return new Set([...ofPasskeys, ...ofApps].map(({ id }) => id))
  })
}

/** Takes away everything that a person confirms with, and the lock of wrong proofs. */
export function forgetFactorsOf(tx: Tx, userId: string): Promise<void> {
  return acrossTenants('members-second-factors', async () => {
    const writer = factorWriter(tx, userId)
    await tx.delete(passkeys).where(eq(passkeys.userId, userId))
    await writer.removeApp('active')
    await writer.removeApp('offered')
    await writer.replaceCodes([], '')
    await tx.delete(failedProofs).where(eq(failedProofs.ownerId, userId))
  })
}
