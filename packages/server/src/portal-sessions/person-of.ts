import { accessStore, accessWriter } from '../access/access-store.ts'
import { openInvitations } from '../invitations/store.ts'
import { newId } from '../new-id.ts'
import { platformStore } from '../platforms/store.ts'
import type { Reader, Tx } from '../storage/transaction.ts'

/** Whether a code is mailed to this address: it is a person's, or it was invited. All are looked at, so all take as long. */
export async function mayHaveCode(db: Reader, email: string, now: Date): Promise<boolean> {
  const [user, invited] = [await accessStore(db).userByEmail(email), await isInvited(db, email, now)]
  return user !== undefined || invited
}

/** Into an organization, or to look after a platform. */
async function isInvited(db: Reader, email: string, now: Date): Promise<boolean> {
  const [byOrganization, byPlatform] = [
    await openInvitations(db).isInvited(email, now),
    await platformStore(db).isInvited(email, now.toISOString()),
  ]
  return byOrganization || byPlatform
}

/** Whose mailbox it is; somebody who was invited and never came before becomes a person here, a member only by accepting. */
export async function personOf(tx: Tx, email: string, now: Date) {
  const known = await accessStore(tx).userByEmail(email)
  if (known !== undefined || !(await isInvited(tx, email, now))) return known
  const name = email.slice(0, email.lastIndexOf('@')).replaceAll(/\p{C}/gu, '').slice(0, 100)
  await accessWriter(tx).addUser({ id: newId('usr', now), email, name, createdAt: now.toISOString() })
  return accessStore(tx).userByEmail(email)
}
