import { memberWriter } from '../members/store.ts'
import { onBehalfOf } from '../storage/on-behalf-of.ts'
import type { Access } from './authenticate.ts'
import type { Principal } from './principal.ts'
import type { Standing } from './tenant.ts'

const INTERVAL_MS = 3_600_000

/** When a member last worked in an organization, to the hour: an access review asks for it. */
export async function noteUse(access: Access, principal: Principal, standing: Standing, now: Date): Promise<void> {
  const { organizationId } = standing
  if (principal.type !== 'user' || organizationId === null) return
  const membership = await access.rows.membership(organizationId, principal.userId)
  if (membership === undefined) return
  const { lastUsedAt } = membership
  if (lastUsedAt !== null && Math.abs(now.getTime() - Date.parse(lastUsedAt)) < INTERVAL_MS) return
  await onBehalfOf(organizationId, () =>
    access.control.write((tx) => memberWriter(tx, organizationId).noteUse(principal.userId, now.toISOString())),
  )
}
