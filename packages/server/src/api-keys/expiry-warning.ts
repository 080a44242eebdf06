import { API_KEY_OVERLAP_DAYS_MAX } from '@fistworks/contract'
import { and, eq, gt, isNull, lte } from 'drizzle-orm'
import { accessStore } from '../access/access-store.ts'
import { apiKeys } from '../access/table.ts'
import { LIMITS } from '../limits.ts'
import { enqueueMail, enqueueMailToAdministrators, oneLine, userMail } from '../mail/mail-job.ts'
import { platformStore } from '../platforms/store.ts'
import { acrossTenants, onBehalfOf } from '../storage/on-behalf-of.ts'
import type { Storage } from '../storage/transaction.ts'
import type { ApiKeyRow } from './store.ts'

const DAY_MS = 86_400_000
const WARNED_AT_ONCE = 100

/** Tells an administrator that a key ends soon. */
export const KEY_ENDS_MAIL = userMail<{ name: string; keyId: string; expiresAt: string }>(
  'apiKeyEnds',
  async ({ name, keyId, expiresAt }, { owner, control, publicOrigin }) => {
    const [organization, platform] = [
      await accessStore(control.read).organization(owner),
      await platformStore(control.read).find({ platformId: owner }, owner),
    ]
    const whose = organization?.name ?? platform?.name ?? 'your organization'
    const day = expiresAt.slice(0, 10)
    return {
      subject: `The API key ${oneLine(name)} ends on ${day}`,
      text: `The API key “${name}” (${keyId}) of ${whose} ends on ${day}. What uses it is refused from then on. Rotate it under ${publicOrigin}/api-keys: the new key and this one work side by side for as many days as you choose, at most ${API_KEY_OVERLAP_DAYS_MAX}.`,
    }
  },
)

/** Has the administrators told, once, of each key in use that ends within thirty days. @returns of how many keys */
export async function warnOfEndingKeys(control: Storage, now: Date): Promise<number> {
  const ending = await acrossTenants('look-after-api-keys', () => endingKeys(control, now))
  for (const key of ending) await onBehalfOf(key.ownerId, () => warn(control, key, now))
  return ending.length
}

/** Keys that were rotated are left out: what comes after them is there. */
function endingKeys(control: Storage, now: Date): Promise<ApiKeyRow[]> {
  const soon = new Date(now.getTime() + LIMITS.apiKeyWarningDays * DAY_MS).toISOString()
  return control.read
    .select()
    .from(apiKeys)
    .where(
      and(
        isNull(apiKeys.revokedAt),
        isNull(apiKeys.expiryWarnedAt),
        isNull(apiKeys.replacedBy),
        gt(apiKeys.expiresAt, now.toISOString()),
        lte(apiKeys.expiresAt, soon),
      ),
    )
    .limit(WARNED_AT_ONCE)
}

/** The mark and the mails are one transaction, so another server, or the next look, finds nothing to do. */
function warn(control: Storage, { id, ownerId, platformId, name, expiresAt }: ApiKeyRow, now: Date): Promise<void> {
  return control.write(async (tx) => {
    const [marked] = await tx
      .update(apiKeys)
      .set({ expiryWarnedAt: now.toISOString() })
      .where(and(eq(apiKeys.ownerId, ownerId), eq(apiKeys.id, id), isNull(apiKeys.expiryWarnedAt)))
      .returning({ id: apiKeys.id })
    if (marked === undefined) return
    const order = { owner: ownerId, data: { name, keyId: id, expiresAt }, dedupeKey: id, now }
    if (platformId === null) return enqueueMailToAdministrators(tx, KEY_ENDS_MAIL, order)
    for (const { userId } of await platformStore(tx).administrators(platformId)) {
      const data = { ...order.data, userId }
      await enqueueMail(tx, KEY_ENDS_MAIL, { ...order, data, dedupeKey: `${id}:${userId}` })
    }
  })
}
