import type { Role } from '@fistworks/contract'
import { and, eq, inArray, isNull } from 'drizzle-orm'
import { members } from '../access/table.ts'
import { passkeys } from '../passkeys/table.ts'
import { platformStore } from '../platforms/store.ts'
import { acrossTenants } from '../storage/on-behalf-of.ts'
import { organizations } from '../storage/table.ts'
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

/**
 * Whether what a person confirms with also guards something that somebody else does not decide about: another
 * organization, or a platform. Otherwise inviting a person into an organization of one's own would be enough to take it.
 */
export async function guardsMoreThan(tx: Tx, userId: string, actorId: string): Promise<boolean> {
  const [theirs, own] = [await openMemberships(tx, userId), await openMemberships(tx, actorId)]
  const ownRoles = new Map(own.map(({ organizationId, role }) => [organizationId, role]))
  if (theirs.some(({ organizationId, role }) => !decidesAbout(ownRoles.get(organizationId), role))) return true
  const ownPlatforms = new Set((await platformStore(tx).of(actorId)).map(({ id }) => id))
  return (await platformStore(tx).of(userId)).some(({ id }) => !ownPlatforms.has(id))
}

const decidesAbout = (own: Role | undefined, theirs: Role): boolean =>
  own === 'owner' || (own === 'administrator' && theirs !== 'owner')

const openMemberships = (tx: Tx, userId: string) =>
  acrossTenants('members-second-factors', () =>
    tx
      .select({ organizationId: members.organizationId, role: members.role })
      .from(members)
      .innerJoin(organizations, eq(organizations.id, members.organizationId))
      .where(and(eq(members.userId, userId), isNull(organizations.closingAt))),
  )

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
