import { type Id, PLATFORM_ADMINISTRATOR_SCOPES, ROLE_SCOPES, type Scope } from '@fistworks/contract'
import { ProblemError } from '../problem-error.ts'
import type { CallerRows } from './access-store.ts'
import type { Principal } from './principal.ts'

/** Where a caller works, and what it may do there. */
export interface Standing {
  organizationId: Id<'org'> | null
  /** False once the organization is being closed: from then on little of it is shown. */
  isOpen: boolean
  /** The platform of a key or an embed session, or the one a person works for. */
  platformId: Id<'plt'> | null
  scopes: readonly Scope[]
}

/** What the headers `FISTWorks-Organization` and `FISTWorks-Platform` name, where they were sent. */
export interface Place {
  organization: string | undefined
  platform: string | undefined
}

const FOREIGN = 'There is no organization with this id that you can work in.'
const FOREIGN_PLATFORM = 'There is no platform with this id that you can work for.'

/** Finds the place a request is about. A foreign one and one that never was give the same answer. */
export async function standingOf(rows: CallerRows, principal: Principal, named: Place): Promise<Standing> {
  if (principal.type === 'user') return userStanding(rows, principal.userId, named)
  const { platformId, scopes } = principal
  if (named.platform !== undefined && named.platform !== platformId) {
    throw new ProblemError('not-found', FOREIGN_PLATFORM)
  }
  if (principal.organizationId !== null) {
    if (named.organization !== undefined && named.organization !== principal.organizationId) {
      throw new ProblemError('not-found', FOREIGN)
    }
    return standingIn(rows, principal.organizationId, platformId, scopes)
  }
  if (named.organization === undefined) return { organizationId: null, isOpen: true, platformId, scopes }
  const organization = await rows.organization(named.organization)
  const isReached = principal.onlyOrganizations?.includes(named.organization) ?? true
  if (organization === undefined || organization.platformId !== platformId || !isReached) {
    throw new ProblemError('not-found', FOREIGN)
  }
  return standingIn(rows, organization.id as Id<'org'>, platformId, scopes)
}

async function userStanding(rows: CallerRows, userId: string, { organization, platform }: Place): Promise<Standing> {
  if (organization !== undefined && platform !== undefined) {
    throw new ProblemError(
      'validation-failed',
      'A person works in an organization or for a platform: name one of them.',
    )
  }
  if (platform !== undefined) {
    const role = await rows.platformRoleOf(platform, userId)
    if (role === undefined) throw new ProblemError('not-found', FOREIGN_PLATFORM)
    const platformId = platform as Id<'plt'>
    return { organizationId: null, isOpen: true, platformId, scopes: PLATFORM_ADMINISTRATOR_SCOPES }
  }
  if (organization === undefined) return { organizationId: null, isOpen: true, platformId: null, scopes: NOWHERE }
  const membership = await rows.membership(organization, userId)
  if (membership === undefined) throw new ProblemError('not-found', FOREIGN)
  return standingIn(rows, organization as Id<'org'>, null, ROLE_SCOPES[membership.role])
}

/** What a person may do who names no place: see where they belong, and found an organization or a platform. */
const NOWHERE: readonly Scope[] = ['organizations:read', 'organizations:write', 'platforms:write']

/** What of its scopes a caller keeps in an organization that is being closed, or is. */
const CLOSED: readonly Scope[] = ['organizations:read', 'audit-events:read', 'audit-events:export']

/** Until it is closed, people settle a delivery that nobody knows the end of: its closing waits for that. */
const CLOSING: readonly Scope[] = [...CLOSED, 'ach-files:read', 'submissions:read', 'submissions:resolve']

/** What of these scopes is left in this organization. */
export function scopesLeft(
  { closingAt, closedAt }: { closingAt: string | null; closedAt: string | null },
  scopes: readonly Scope[],
): readonly Scope[] {
  if (closingAt === null) return scopes
  const left = closedAt === null ? CLOSING : CLOSED
  return scopes.filter((scope) => left.includes(scope))
}

const GONE = { closingAt: '', closedAt: '' }

async function standingIn(
  rows: CallerRows,
  organizationId: Id<'org'>,
  platformId: Id<'plt'> | null,
  scopes: readonly Scope[],
): Promise<Standing> {
  const organization = (await rows.organization(organizationId)) ?? GONE
  const isOpen = organization.closingAt === null
  return { organizationId, isOpen, platformId, scopes: scopesLeft(organization, scopes) }
}
