import {
  EMBED_COMPONENTS,
  MACHINE_SCOPES,
  PLATFORM_ADMINISTRATOR_SCOPES,
  ROLE_SCOPES,
  type Role,
  type Scope,
} from '@fistworks/contract'
import type { Operation, ScopedOperation } from '../../src/http/operation.ts'

/** Who calls, in the order of the columns. */
export const CALLERS = [
  'owner',
  'administrator',
  'preparer',
  'approver',
  'viewer',
  'signed in, elsewhere',
  'platform administrator',
  'platform key',
  'organization key',
  'embed session',
  'nobody',
] as const
export type CallerName = (typeof CALLERS)[number]

/** `proof`: yes, with a fresh proof of the person; `some`: with one where the body holds certain fields. */
export type Cell = 'yes' | 'proof' | 'some' | 'no'

const ROLES: readonly Role[] = ['owner', 'administrator', 'preparer', 'approver', 'viewer']
const isRole = (caller: CallerName): caller is Role => (ROLES as readonly CallerName[]).includes(caller)

const EMBEDDED = new Set<Scope>(
  Object.values(EMBED_COMPONENTS).flatMap(({ scopes, features }) => [...scopes, ...Object.values(features).flat()]),
)

/** What no scope says: who of those who have it is refused by what the operation is about. */
const BESIDES_SCOPES: Readonly<Record<string, readonly CallerName[]>> = {
  'organizations.create': ['organization key'],
  'invitations.createFirstOwner': ['organization key', 'signed in, elsewhere', 'platform administrator'],
  'members.leave': ['signed in, elsewhere', 'platform administrator'],
  'platforms.create': ['platform administrator'],
  'platforms.acceptInvitation': ['platform administrator'],
}
/** What of a platform somebody may do who has the permission, but looks after none. */
const WITHOUT_PLATFORM: Readonly<Record<string, readonly CallerName[]>> = {
  'platforms.create': ['signed in, elsewhere'],
  'platforms.acceptInvitation': ['signed in, elsewhere'],
  'platforms.retrieve': ['signed in, elsewhere'],
}
/** A person decides about a payment, never a key. */
const DECISIONS: readonly Scope[] = ['ach-files:approve', 'submissions:resolve']

/** What a caller with everything that it can have may do. */
export function cellOf(operation: Operation, caller: CallerName): Cell {
  if (operation.effect === 'session') return ofSession(operation.id, caller)
  if (!scopesOf(caller).includes(operation.scope) || BESIDES_SCOPES[operation.id]?.includes(caller)) return 'no'
  if (!isInReach(operation, caller)) return 'no'
  if (isRole(caller) || caller === 'signed in, elsewhere' || caller === 'platform administrator')
    return proofOf(operation)
  if (proofOf(operation) !== 'yes' && 'stepUp' in operation && operation.stepUp === 'person') return 'no'
  return caller !== 'embed session' && DECISIONS.includes(operation.scope) ? 'no' : 'yes'
}

/** Platforms are looked after by their own people and keys, and these people work in no organization. */
function isInReach({ id, path, effect }: ScopedOperation, caller: CallerName): boolean {
  const isOfControl = effect === 'control' || effect === 'controlRead'
  if (caller === 'platform administrator' || caller === 'signed in, elsewhere') {
    if (!isOfControl) return false
  }
  if (caller === 'platform administrator') return true
  if (!path.startsWith('/v1/platforms/') || caller === 'platform key') return true
  return WITHOUT_PLATFORM[id]?.includes(caller) ?? false
}

function scopesOf(caller: CallerName): readonly Scope[] {
  if (isRole(caller)) return ROLE_SCOPES[caller]
  if (caller === 'signed in, elsewhere') return ['organizations:read', 'organizations:write', 'platforms:write']
  if (caller === 'platform administrator') return PLATFORM_ADMINISTRATOR_SCOPES
  if (caller === 'embed session') return [...EMBEDDED]
  return caller === 'nobody' ? [] : MACHINE_SCOPES
}

function proofOf(operation: ScopedOperation): Cell {
  if (!('stepUp' in operation) || operation.stepUp === undefined) return 'yes'
  return 'stepUpFor' in operation && operation.stepUpFor !== undefined ? 'some' : 'proof'
}

/** Sign-in is for everybody at a page of the portal, what is one's own for whoever is signed in. */
function ofSession(id: string, caller: CallerName): Cell {
  // An embed session asks about itself.
  if (id === 'embedSession.retrieve') return caller === 'embed session' ? 'yes' : 'no'
  if (caller === 'platform key' || caller === 'organization key' || caller === 'embed session') return 'no'
  return caller === 'nobody' && !id.startsWith('signIn.') ? 'no' : 'yes'
}

const WORDS: Readonly<Record<Cell, string>> = { yes: '✓', proof: '✓ proof', some: '✓ some', no: '–' }

/** The page `docs/permissions.md`. */
export function permissionsPage(operations: readonly Operation[]): string {
  const heads = ['Operation', 'Permission', ...CALLERS]
  const rows = operations.map((operation) => [
    `\`${operation.id}\``,
    operation.effect === 'session' ? 'one’s own' : `\`${operation.scope}\``,
    ...CALLERS.map((caller) => WORDS[cellOf(operation, caller)]),
  ])
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return `${INTRODUCTION}\n${[line(heads), line(heads.map(() => '---')), ...rows.map(line)].join('\n')}\n`
}

const INTRODUCTION = `# Who may do what

Made from the operations themselves: \`vitest run --project server packages/server/prove/permissions.test.ts -u\` writes it,
and without \`-u\` the same test fails when it is out of date. A second test calls every operation as each of these callers
against the running API.

✓ yes · ✓ proof: with a passkey or code used within five minutes · ✓ some: a proof where the body changes an account · – no

- The five roles are those of a member who names the organization; *signed in, elsewhere* is a person who names none.
- *platform administrator* is a person who names the platform they look after.
- Keys and embed sessions are shown with every permission they can have. Without the one in the second column the answer is
  always \`forbidden\`. A key of a platform names one of the platform's organizations.
- *one's own* is about whoever is signed in. Some of these ask for a proof too: adding and removing ways to sign in or to
  confirm, and closing the account.
- In an organization that is being closed, or is closed, only \`organizations:read\`, \`audit-events:read\` and
  \`audit-events:export\` are left of everybody's permissions.
- Beyond this table: an approver of a payment is none of its authors; only owners make and remove owners; the last owner stays.
`
