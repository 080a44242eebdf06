import * as z from 'zod/mini'
import { idOf } from './id.ts'
import type { Scope } from './scope.ts'
import { Instant, Label } from './text.ts'

export const EMBED_SESSION_SECONDS_MAX = 900

/** What each component may do by itself, and what each of its features adds. */
export const EMBED_COMPONENTS = {
  recipients: {
    scopes: ['recipients:read'],
    features: { write: ['recipients:write'] },
  },
  achFiles: {
    scopes: ['ach-files:read', 'bank-accounts:read', 'recipients:read', 'submissions:read'],
    features: {
      write: ['ach-files:write'],
      approve: ['ach-files:approve'],
      submit: ['ach-files:submit'],
      resolve: ['submissions:resolve'],
    },
  },
} as const satisfies Record<string, { scopes: readonly Scope[]; features: Record<string, readonly Scope[]> }>

const recipients = z.strictObject({ features: z._default(z.array(z.enum(['write'])), []) })
const achFiles = z.strictObject({
  features: z._default(z.array(z.enum(['write', 'approve', 'submit', 'resolve'])), []),
})
export const EmbedComponents = z.strictObject({ recipients: z.optional(recipients), achFiles: z.optional(achFiles) })
export type EmbedComponents = z.infer<typeof EmbedComponents>

/** The scopes that these components and features come to. */
export function scopesOf(components: EmbedComponents): Scope[] {
  const scopes = new Set<Scope>()
  for (const [name, asked] of Object.entries(components)) {
    const known = EMBED_COMPONENTS[name as keyof typeof EMBED_COMPONENTS]
    if (known === undefined || asked === undefined) continue
    for (const scope of known.scopes) scopes.add(scope)
    const features: Record<string, readonly Scope[]> = known.features
    for (const feature of asked.features) for (const scope of features[feature] ?? []) scopes.add(scope)
  }
  return [...scopes]
}

/** `https://app.example.com`, or `http://localhost:port` while developing; nothing after the host. */
export const ParentOrigin = z.string().check(
  z.regex(/^(https:\/\/[a-z0-9.-]+|http:\/\/(localhost|127\.0\.0\.1))(:\d{1,5})?$/, {
    error: 'must be an origin like https://app.example.com (http only for localhost)',
  }),
)

/** Asked for by the platform's back end; never made from anything the browser sent. */
export const EmbedSessionCreate = z.strictObject({
  endUser: z.strictObject({ externalId: Label, name: Label }),
  components: EmbedComponents,
  allowedOrigins: z.array(ParentOrigin).check(z.minLength(1, { error: 'name at least one origin' }), z.maxLength(10)),
  ttlSeconds: z._default(
    z
      .int()
      .check(
        z.minimum(30, { error: 'must be from 30 to 900 seconds' }),
        z.maximum(EMBED_SESSION_SECONDS_MAX, { error: 'must be from 30 to 900 seconds' }),
      ),
    EMBED_SESSION_SECONDS_MAX,
  ),
})
export type EmbedSessionCreate = z.input<typeof EmbedSessionCreate>

/** `token` is shown once. It works only for these components, this end user, from these origins, until it expires. */
export const EmbedSession = z.object({
  type: z.literal('embedSession'),
  id: idOf('ems'),
  token: z.string(),
  expiresAt: Instant,
})
export type EmbedSession = z.infer<typeof EmbedSession>
