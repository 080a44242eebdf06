import * as z from 'zod/mini'
import { idOf } from './id.ts'
import { Instant } from './text.ts'

/** What a page needs to send somebody to the identity provider and back. None of it is secret. */
export const EntraChallenge = z.object({
  type: z.literal('entraChallenge'),
  /** What people call it, `Microsoft`. */
  name: z.string(),
  authority: z.string(),
  clientId: z.string(),
  scopes: z.array(z.string()),
  /** Goes into the request to the provider; the token that comes back with it works in this browser alone, once. */
  nonce: z.string(),
})
export type EntraChallenge = z.infer<typeof EntraChallenge>

/** How somebody can sign in here. */
export const SignInMethods = z.object({
  type: z.literal('signInMethods'),
  mailedCode: z.boolean(),
  entra: z.nullable(EntraChallenge),
})
export type SignInMethods = z.infer<typeof SignInMethods>

/** The ID token that came back from the identity provider. It is looked at once, for signing in, and not kept. */
export const EntraToken = z.strictObject({ token: z.string() })
export type EntraToken = z.infer<typeof EntraToken>

/** An account at the identity provider that signs a person in. */
export const UserIdentity = z.object({
  type: z.literal('userIdentity'),
  id: idOf('idn'),
  /** What the provider calls the account, for telling several apart. */
  label: z.string(),
  createdAt: Instant,
  lastUsedAt: z.nullable(Instant),
})
export type UserIdentity = z.infer<typeof UserIdentity>

/** All of a person's; there are never more than a few. */
export const UserIdentityList = z.object({
  data: z.array(UserIdentity),
  /** What the provider is called where another account can be connected; `null` where none can. */
  provider: z.nullable(z.string()),
})
export type UserIdentityList = z.infer<typeof UserIdentityList>
