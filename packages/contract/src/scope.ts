import * as z from 'zod/mini'

/** Everything a caller can be allowed to do. Nothing is allowed that is not named. */
export const SCOPES = [
  'organizations:read',
  'organizations:write',
  'organizations:close',
  'members:read',
  'members:write',
  'api-keys:read',
  'api-keys:write',
  'platforms:write',
  'embed-sessions:write',
  'bank-accounts:read',
  'bank-accounts:write',
  'bank-connections:read',
  'bank-connections:write',
  'recipients:read',
  'recipients:write',
  'recipients:reveal',
  'ach-files:read',
  'ach-files:write',
  'ach-files:approve',
  'ach-files:submit',
  'submissions:read',
  'submissions:resolve',
  'deliveries:stop',
  'deliveries:resume',
  'approval-policy:write',
  'schedules:read',
  'schedules:write',
  'returns:read',
  'returns:write',
  'events:read',
  'webhooks:read',
  'webhooks:write',
  'audit-events:read',
  'audit-events:export',
] as const

export const Scope = z.enum(SCOPES)
export type Scope = z.infer<typeof Scope>

const PEOPLE_ONLY: readonly Scope[] = [
  'recipients:reveal',
  'organizations:close',
  'members:write',
  'api-keys:write',
  'platforms:write',
  'approval-policy:write',
]

/** What a platform's or an organization's key may hold: full numbers, people and keys are for people only. */
export const MACHINE_SCOPES = SCOPES.filter((scope) => !PEOPLE_ONLY.includes(scope))

/** What a person who looks after a platform may do in its name; its organizations' own things are theirs. */
export const PLATFORM_ADMINISTRATOR_SCOPES = [
  'platforms:write',
  'api-keys:read',
  'api-keys:write',
  'organizations:read',
  'organizations:write',
  'audit-events:read',
] as const satisfies readonly Scope[]

/** What only a platform or its key does, never a member of an organization. */
const OF_PLATFORMS: readonly Scope[] = ['organizations:write', 'embed-sessions:write', 'platforms:write']

const OWNER_SCOPES = SCOPES.filter((scope) => !OF_PLATFORMS.includes(scope))

/** Roles of a person in an organization, and what each may do. Owners alone make and remove owners. */
export const ROLE_SCOPES = {
  owner: OWNER_SCOPES,
  administrator: OWNER_SCOPES.filter((scope) => scope !== 'organizations:close'),
  preparer: [
    'organizations:read',
    'bank-accounts:read',
    'bank-connections:read',
    'recipients:read',
    'recipients:write',
    'ach-files:read',
    'ach-files:write',
    'submissions:read',
    'schedules:read',
    'schedules:write',
    'returns:read',
    'returns:write',
    'events:read',
  ],
  approver: [
    'organizations:read',
    'bank-accounts:read',
    'bank-connections:read',
    'recipients:read',
    'ach-files:read',
    'ach-files:approve',
    'ach-files:submit',
    'submissions:read',
    'submissions:resolve',
    'deliveries:stop',
    'schedules:read',
    'returns:read',
    'events:read',
  ],
  viewer: [
    'organizations:read',
    'bank-accounts:read',
    'bank-connections:read',
    'recipients:read',
    'ach-files:read',
    'submissions:read',
    'schedules:read',
    'returns:read',
    'events:read',
  ],
} as const satisfies Record<string, readonly Scope[]>

export type Role = keyof typeof ROLE_SCOPES
export const Role = z.enum(['owner', 'administrator', 'preparer', 'approver', 'viewer'])
