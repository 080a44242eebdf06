import type { Actor } from '@fistworks/contract'
import type { AuditEventInput } from '../audit/audit.ts'
import type { Home } from '../audit/denials.ts'
import type { TokenFault } from '../entra/verify-token.ts'

/**
 * Who was refused although the request said who it is: the cause of the problem that the caller gets. It stays on the
 * server and becomes an audit event.
 */
export class RefusedCaller extends Error {
  readonly who: RefusedWho

  constructor(who: RefusedWho) {
    super(who.reason)
    this.name = 'RefusedCaller'
    this.who = who
  }
}

export interface RefusedWho {
  action: 'access.denied' | 'user.signInFailed'
  reason:
    | 'expired'
    | 'revoked'
    | 'wrong-secret'
    | 'other-page'
    | 'other-network'
    | 'forged'
    | 'wrong-code'
    | 'unknown-address'
    | TokenFault
    | 'token-used'
    | 'unknown-identity'
  home: Home
  actor: Actor
  via: AuditEventInput['via']
}

/** The chain of a key or session: its organization's, else its platform's. */
export function homeOf(row: { organizationId: string | null; platformId: string | null }): Home {
  if (row.organizationId !== null) return { organizationId: row.organizationId }
  return { ownerId: row.platformId ?? 'server' }
}
