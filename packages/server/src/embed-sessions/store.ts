import { accessWriter } from '../access/access-store.ts'
import { makeToken, TOKEN_PREFIXES } from '../access/token.ts'
import type { Tx } from '../storage/transaction.ts'

type NewSession = Omit<Parameters<ReturnType<typeof accessWriter>['addEmbedSession']>[0], 'secretHash'>

/** Where embed sessions are kept; only a hash of the token's secret stays. */
export interface EmbedSessionStore {
  /** @returns the token, which is never readable again */
  add(row: NewSession): Promise<string>
  /** @returns whether an open session of this organization was ended */
  revoke(id: string, organizationId: string, at: string): Promise<boolean>
}

export function embedSessionStore(tx: Tx): EmbedSessionStore {
  const writer = accessWriter(tx)
  return {
    async add(row) {
      const { token, secretHash } = makeToken(TOKEN_PREFIXES.embed, row.id.slice('ems_'.length))
      await writer.addEmbedSession({ ...row, secretHash })
      return token
    },
    async revoke(id, organizationId, at) {
      return (await writer.revokeEmbedSession(id, organizationId, at)).length === 1
    },
  }
}
