import * as z from 'zod/mini'
import { idOf } from './id.ts'
import { Scope } from './scope.ts'
import { Instant, Label } from './text.ts'

export const EMBED_SESSION_SECONDS_MAX = 900

/** How long a session that a person has raised can do more. */
export const EMBED_RAISE_MINUTES = 5

/**
 * What each component may do by itself, what each of its features adds, and what only a person of the portal can add
 * who raises the session in our own frame.
 */
export const EMBED_COMPONENTS = {
  recipients: {
    scopes: ['recipients:read'],
    features: { write: ['recipients:write'] },
    forPeople: { reveal: ['recipients:reveal'] },
  },
  achFiles: {
    scopes: ['ach-files:read', 'bank-accounts:read', 'recipients:read', 'submissions:read'],
    features: {
      write: ['ach-files:write'],
      approve: ['ach-files:approve'],
      submit: ['ach-files:submit'],
      resolve: ['submissions:resolve'],
    },
    forPeople: {},
  },
} as const satisfies Record<string, Component>

type Features = Record<string, readonly Scope[]>
interface Component {
  scopes: readonly Scope[]
  features: Features
  forPeople: Features
}

const OF_FILES = ['write', 'approve', 'submit', 'resolve'] as const
const recipients = z.strictObject({
  features: z._default(z.array(z.enum(['write'])), []),
  risable: z._default(z.array(z.enum(['write', 'reveal'])), []),
})
const achFiles = z.strictObject({
  features: z._default(z.array(z.enum(OF_FILES)), []),
  risable: z._default(z.array(z.enum(OF_FILES)), []),
})
export const EmbedComponents = z.strictObject({ recipients: z.optional(recipients), achFiles: z.optional(achFiles) })
export type EmbedComponents = z.infer<typeof EmbedComponents>

/** The scopes that these components and features come to. */
export function scopesOf(components: Asked): Scope[] {
  return collect(components, ({ scopes, features }, asked) => [
    ...scopes,
    ...(asked.features ?? []).flatMap((each) => (features as Features)[each] ?? []),
  ])
}

/** The scopes that a person of the portal may add to such a session, as far as their role has them. */
export function risableScopesOf(components: Asked): Scope[] {
  return collect(components, ({ features, forPeople }, asked) =>
    (asked.risable ?? []).flatMap((each) => (({ ...features, ...forPeople }) as Features)[each] ?? []),
  )
}

type Asked = Record<string, { features?: readonly string[]; risable?: readonly string[] } | undefined>

function collect(components: Asked, scopesFor: (known: Component, asked: NonNullable<Asked[string]>) => Scope[]) {
  const known: Record<string, Component> = EMBED_COMPONENTS
  const scopes = Object.entries(components).flatMap(([name, asked]) => {
    const component = known[name]
    return component === undefined || asked === undefined ? [] : scopesFor(component, asked)
  })
  return [...new Set(scopes)]
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
  /** `frame`: only inside our own frame on your page. `page`: as elements of your page too. */
  isolation: z._default(z.enum(['page', 'frame']), 'page'),
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

/** What the session that asks is, and what it may do now. */
export const EmbedSessionState = z.object({
  type: z.literal('embedSession'),
  id: idOf('ems'),
  expiresAt: Instant,
  organization: z.object({ id: idOf('org'), name: z.string() }),
  /** As its people show it: the display name where there is one, and the color, `null` for the pages' own. */
  platform: z.nullable(z.object({ name: z.string(), accentColor: z.nullable(z.string()) })),
  endUser: z.object({ name: z.string() }),
  scopes: z.array(Scope),
  /** What a person of the portal may add, as far as their role has it. */
  risable: z.array(Scope),
  /** Who has raised it for this frame, and until when; `null` when nobody has. */
  raised: z.nullable(z.object({ by: z.string(), until: Instant })),
})
export type EmbedSessionState = z.infer<typeof EmbedSessionState>

/** `secretHash` is the SHA-256, in hex, of a secret that only the frame has. */
export const EmbedRaiseCreate = z.strictObject({
  embedSessionId: idOf('ems'),
  secretHash: z.string().check(z.regex(/^[0-9a-f]{64}$/, { error: 'must be 64 hex digits' })),
})
export type EmbedRaiseCreate = z.infer<typeof EmbedRaiseCreate>

/** What the frame may do until then, in the name of the person who is signed in. */
export const EmbedRaise = z.object({
  type: z.literal('embedRaise'),
  scopes: z.array(Scope),
  expiresAt: Instant,
})
export type EmbedRaise = z.infer<typeof EmbedRaise>
