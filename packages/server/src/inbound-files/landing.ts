import type { Actor, Id, IdPrefix } from '@fistworks/contract'
import { appendAuditEvent } from '../audit/audit.ts'
import type { WriteContext } from '../context.ts'
import type { Tx } from '../storage/transaction.ts'
import type { OrganizationVault } from '../vault/vault.ts'
import type { InboundFileRow } from './table.ts'

/** A slice of a file on its way into the rooms: everything of it happens in `tx`. */
export interface Landing {
  tx: Tx
  organizationId: Id<'org'>
  vault: OrganizationVault
  file: Pick<InboundFileRow, 'id' | 'bankConnectionId' | 'destinationHash' | 'server'>
  now: Date
  /** Civil date in New York. */
  today: string
  jobId: string
  newId<P extends IdPrefix>(prefix: P): Id<P>
}

export const INBOUND: Actor = { type: 'system', id: 'inbound', name: 'Files from the bank' }

/** What a service needs to change something in the name of a rule. */
export function contextOf(landing: Landing, actor: Actor): WriteContext {
  const { tx, organizationId, vault, now, newId, jobId } = landing
  return {
    db: tx,
    organizationId,
    vault,
    actor,
    isPerson: false,
    requestId: jobId,
    now,
    newId,
    async audit({ outcome = 'succeeded', ...entry }) {
      const via = { type: 'worker' as const, id: jobId }
      await appendAuditEvent(tx, organizationId, now, { ...entry, outcome, actor, via, requestId: null })
    },
  }
}
