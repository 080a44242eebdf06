import * as z from 'zod/mini'

/** Everything a caller can be allowed to do. Nothing is allowed that is not named. */
export const SCOPES = [
  'organizations:read',
  'organizations:write',
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
  'audit-events:read',
  'audit-events:export',
] as const

export const Scope = z.enum(SCOPES)
export type Scope = z.infer<typeof Scope>

/** What a platform's or an organization's key may hold: a full number is shown to people only. */
export const MACHINE_SCOPES = SCOPES.filter((scope) => scope !== 'recipients:reveal')

/** Roles of a person in an organization, and what each may do. */
export const ROLE_SCOPES = {
  administrator: SCOPES.filter((scope) => scope !== 'organizations:write' && scope !== 'embed-sessions:write'),
  preparer: [
    'organizations:read',
    'bank-accounts:read',
    'bank-connections:read',
    'recipients:read',
    'recipients:write',
    'ach-files:read',
    'ach-files:write',
    'submissions:read',
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
  ],
  viewer: [
    'organizations:read',
    'bank-accounts:read',
    'bank-connections:read',
    'recipients:read',
    'ach-files:read',
    'submissions:read',
  ],
} as const satisfies Record<string, readonly Scope[]>

export type Role = keyof typeof ROLE_SCOPES
export const Role = z.enum(['administrator', 'preparer', 'approver', 'viewer'])
