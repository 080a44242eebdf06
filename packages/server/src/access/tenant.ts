import { type Id, ROLE_SCOPES, type Role, type Scope } from '@fistworks/contract'
import { ProblemError } from '../problem-error.ts'
import type { CallerRows } from './access-store.ts'
import type { Principal } from './principal.ts'

/** Where a caller works, and what it may do there. */
export interface Standing {
  organizationId: Id<'org'> | null
  scopes: readonly Scope[]
}

const FOREIGN = 'There is no organization with this id that you can work in.'

/**
 * Finds the organization a request is about. A foreign one and one that never was give the same answer.
 * @param named the header `FISTWorks-Organization`, if it was sent
 */
export async function standingOf(rows: CallerRows, principal: Principal, named: string | undefined): Promise<Standing> {
  if (principal.type === 'user') return userStanding(rows, principal.userId, named)
  if (principal.organizationId !== null) {
    if (named !== undefined && named !== principal.organizationId) throw new ProblemError('not-found', FOREIGN)
    return { organizationId: principal.organizationId, scopes: principal.scopes }
  }
  if (named === undefined) return { organizationId: null, scopes: principal.scopes }
  const organization = await rows.organization(named)
  if (organization === undefined || organization.platformId !== principal.platformId) {
    throw new ProblemError('not-found', FOREIGN)
  }
  return { organizationId: organization.id as Id<'org'>, scopes: principal.scopes }
}

async function userStanding(rows: CallerRows, userId: string, named: string | undefined): Promise<Standing> {
  if (named === undefined) return { organizationId: null, scopes: ['organizations:read'] }
  const role = await rows.roleOf(named, userId)
  if (role === undefined) throw new ProblemError('not-found', FOREIGN)
  return { organizationId: named as Id<'org'>, scopes: ROLE_SCOPES[role as Role] }
}
