import * as z from 'zod/mini'
import { idOf } from './id.ts'
import { pageOf } from './page.ts'
import { MACHINE_SCOPES, Scope } from './scope.ts'
import { Instant, Label } from './text.ts'

export const API_KEY_DAYS_MAX = 365
export const API_KEY_OVERLAP_DAYS_MAX = 7

/** What moves money or says where it goes: in live mode a key may have it only from networks it names. */
export const NETWORK_BOUND_SCOPES = [
  'ach-files:approve',
  'ach-files:submit',
  'bank-connections:write',
  'submissions:resolve',
] as const satisfies readonly Scope[]

const MachineScope = Scope.check(
  z.refine((scope) => MACHINE_SCOPES.includes(scope), { error: 'is for people, not for keys' }),
)
const Days = z
  .int()
  .check(
    z.minimum(1, { error: 'must be from 1 to 365 days' }),
    z.maximum(API_KEY_DAYS_MAX, { error: 'must be from 1 to 365 days' }),
  )
/** `203.0.113.0/24`, `2001:db8::/48`, or one address; the server says more about a wrong one. */
const Network = z
  .string()
  .check(
    z.regex(/^[0-9a-fA-F:.]{2,45}(\/\d{1,3})?$/, { error: 'must be a network like 203.0.113.0/24 or 2001:db8::/48' }),
  )
const Networks = z.array(Network).check(z.maxLength(20, { error: 'must have at most 20 networks' }))

/** A key of a platform's or an organization's back end, as it can be looked at later: without the key. */
export const ApiKey = z.object({
  type: z.literal('apiKey'),
  id: idOf('key'),
  name: z.string(),
  /** The end of the key; `null` for keys of before this was kept. */
  lastFour: z.nullable(z.string()),
  scopes: z.array(Scope),
  /** Where it may be used from, as CIDR blocks; empty for anywhere. */
  allowedNetworks: z.array(z.string()),
  /** Of a platform's key: the organizations it may work in; `null` for all of the platform. */
  organizationIds: z.nullable(z.array(idOf('org'))),
  createdAt: Instant,
  expiresAt: Instant,
  revokedAt: z.nullable(Instant),
  /** To the minute, and up to a minute late. */
  lastUsedAt: z.nullable(Instant),
  /** The key that took its place. */
  replacedBy: z.nullable(idOf('key')),
})
export type ApiKey = z.infer<typeof ApiKey>
export const ApiKeyPage = pageOf(ApiKey)

/** The same with `secret`, the key itself: shown this once and never again. */
export const NewApiKey = z.extend(ApiKey, { secret: z.string() })
export type NewApiKey = z.infer<typeof NewApiKey>

export const ApiKeyCreate = z.strictObject({
  name: Label,
  scopes: z.array(MachineScope).check(z.minLength(1, { error: 'name at least one permission' })),
  expiresInDays: z._default(Days, API_KEY_DAYS_MAX),
  allowedNetworks: z._default(Networks, []),
  /** For a platform's key; all organizations of the platform when left out. */
  organizationIds: z.optional(
    z.array(idOf('org')).check(z.minLength(1, { error: 'name at least one organization' }), z.maxLength(200)),
  ),
})
export type ApiKeyCreate = z.input<typeof ApiKeyCreate>

/** A new key with what the old one has. The old one works on for `overlapDays`, and not at all for 0. */
export const ApiKeyRotate = z.strictObject({
  overlapDays: z._default(
    z
      .int()
      .check(
        z.minimum(0, { error: 'must be from 0 to 7 days' }),
        z.maximum(API_KEY_OVERLAP_DAYS_MAX, { error: 'must be from 0 to 7 days' }),
      ),
    1,
  ),
  expiresInDays: z._default(Days, API_KEY_DAYS_MAX),
  /** Other networks for the new key; those of the old one when left out. */
  allowedNetworks: z.optional(Networks),
})
export type ApiKeyRotate = z.input<typeof ApiKeyRotate>
