import { and, eq } from 'drizzle-orm'
import { accessTokens, apiKeys, embedSessions, members } from '../../src/access/table.ts'
import { parseToken, TOKEN_PREFIXES } from '../../src/access/token.ts'
import { platformWriter } from '../../src/platforms/store.ts'
import type { Storage } from '../../src/storage/transaction.ts'

export const PAST = '2026-01-01T00:00:00.000Z'

export const idOfKey = (token: string) => `key_${parseToken(TOKEN_PREFIXES.testKey, token)?.idSuffix}`

type KeyChange = Partial<
  Pick<typeof apiKeys.$inferInsert, 'allowedNetworks' | 'onlyOrganizations' | 'replacedBy' | 'expiresAt' | 'revokedAt'>
>

/** Rows of the control plane changed by hand: what time or an administrator would do. */
export interface ChangesByHand {
  /** Makes somebody an administrator of a platform. */
  addPlatformMember(platformId: string, userId: string): Promise<void>
  limitKey(token: string, change: KeyChange): Promise<void>
  expireKey(token: string): Promise<void>
  revokeKey(token: string): Promise<void>
  expireAccessTokens(): Promise<void>
  expireEmbedSession(id: string): Promise<void>
  removeMember(organization: string, userId: string): Promise<void>
}

/** @param control without the guard */
export function changesByHand(control: Storage): ChangesByHand {
  async function limitKey(token: string, change: KeyChange): Promise<void> {
    const isIt = eq(apiKeys.id, idOfKey(token))
    await control.write((tx) => tx.update(apiKeys).set(change).where(isIt))
  }
  return {
    async addPlatformMember(platformId, userId) {
      await control.write((tx) => platformWriter(tx).addAdministrator(platformId, userId, PAST))
    },
    limitKey,
    expireKey: (token) => limitKey(token, { expiresAt: PAST }),
    revokeKey: (token) => limitKey(token, { revokedAt: PAST }),
    async expireAccessTokens() {
      await control.write((tx) => tx.update(accessTokens).set({ expiresAt: PAST }))
    },
    async expireEmbedSession(id) {
      await control.write((tx) => tx.update(embedSessions).set({ expiresAt: PAST }).where(eq(embedSessions.id, id)))
    },
    async removeMember(organization, userId) {
      const isIt = and(eq(members.organizationId, organization), eq(members.userId, userId))
      await control.write((tx) => tx.delete(members).where(isIt))
    },
  }
}
