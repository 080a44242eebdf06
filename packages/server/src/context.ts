import type { Actor, Id, IdPrefix, Scope } from '@fistworks/contract'
import type { ReadDb, Tx } from './storage/transaction.ts'
import type { OrganizationVault } from './vault/vault.ts'

/** What a service appends to the audit log; actor, organization, time and request come from the context. */
export interface AuditEntry {
  action: string
  targetType: string
  targetId: string
  /** `succeeded` unless told: a test of a connection can be done and fail. */
  outcome?: 'succeeded' | 'failed'
  /** Masked values only: before → after. */
  data?: Record<string, unknown>
  /** In the control plane: in whose chain it stands, when that is not the one the call is about. */
  chainOf?: string
}

interface Caller {
  actor: Actor
  /** The same person under another name: the end user whose embed session a person of the portal has raised. */
  alias?: Actor
  /** The caller is a signed-in person (portal user or end user of a platform), not a machine. */
  isPerson: boolean
  requestId: string
  now: Date
  newId<P extends IdPrefix>(prefix: P): Id<P>
}

/** Everything a tenant's read may use. */
export interface ReadContext extends Caller {
  organizationId: Id<'org'>
  db: ReadDb | Tx
  vault: OrganizationVault
}

/**
 * Everything a tenant's change may use. `db` is the one write transaction of this unit of work; it may be run again
 * from the start after a lock, so the work has no effect outside of it.
 */
export interface WriteContext extends ReadContext {
  db: Tx
  audit(entry: AuditEntry): Promise<void>
}

/** A read of the control plane: organizations, sessions. */
export interface ControlReadContext extends Caller {
  platformId: Id<'plt'> | null
  organizationId: Id<'org'> | null
  /** Whether the organization is not being closed. */
  isOpen: boolean
  /** The only organizations of its platform that a key may work in; `null` for all. */
  onlyOrganizations: readonly string[] | null
  /** Set when the caller is a person of the portal. */
  userId: Id<'usr'> | null
  /** What the caller may do here: it can hand on no more than that. */
  scopes: readonly Scope[]
  db: ReadDb | Tx
}

/** A change of the control plane, in one write transaction. */
export interface ControlContext extends ControlReadContext {
  db: Tx
  audit(entry: AuditEntry): Promise<void>
}
