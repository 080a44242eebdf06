import { type Id, ROLE_SCOPES, type Scope } from '@fistworks/contract'
import { ProblemError } from '../problem-error.ts'
import type { CallerRows } from './access-store.ts'
import type { Principal } from './principal.ts'

/** Where a caller works, and what it may do there. */
export interface Standing {
  organizationId: Id<'org'> | null
  /** False once the organization is being closed: from then on little of it is shown. */
  isOpen: boolean
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
    return standingIn(rows, principal.organizationId, principal.scopes)
  }
  if (named === undefined) return { organizationId: null, isOpen: true, scopes: principal.scopes }
  const organization = await rows.organization(named)
  if (organization === undefined || organization.platformId !== principal.platformId) {
    throw new ProblemError('not-found', FOREIGN)
  }
  return standingIn(rows, organization.id as Id<'org'>, principal.scopes)
}

async function userStanding(rows: CallerRows, userId: string, named: string | undefined): Promise<Standing> {
  if (named === undefined) return { organizationId: null, isOpen: true, scopes: NOWHERE }
  const membership = await rows.membership(named, userId)
  if (membership === undefined) throw new ProblemError('not-found', FOREIGN)
  return standingIn(rows, named as Id<'org'>, ROLE_SCOPES[membership.role])
}

/** What a person may do who names no organization: see their own, and found another. */
const NOWHERE: readonly Scope[] = ['organizations:read', 'organizations:write']

/** What of its scopes a caller keeps in an organization that is being closed, or is. */
const CLOSED: readonly Scope[] = ['organizations:read', 'audit-events:read', 'audit-events:export']

/** What of these scopes is left in this organization. */
export function scopesLeft(isOpen: boolean, scopes: readonly Scope[]): readonly Scope[] {
  return isOpen ? scopes : scopes.filter((scope) => CLOSED.includes(scope))
}

async function standingIn(rows: CallerRows, organizationId: Id<'org'>, scopes: readonly Scope[]): Promise<Standing> {
  const isOpen = (await rows.organization(organizationId))?.closingAt === null
  return { organizationId, isOpen, scopes: scopesLeft(isOpen, scopes) }
}
