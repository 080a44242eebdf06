import * as z from 'zod/mini'
import { Email } from './email.ts'
import { idOf } from './id.ts'
import { Organization } from './organization.ts'
import { Role, Scope } from './scope.ts'
import { Instant, Label } from './text.ts'

/** Asks for a one-time code. The answer is the same whether the address is known or not. */
export const SignInCodeRequest = z.strictObject({ email: Email })
export type SignInCodeRequest = z.infer<typeof SignInCodeRequest>

export const SignIn = z.strictObject({
  email: Email,
  code: z.string().check(z.regex(/^\d{8}$/, { error: 'is the eight digits from the mail' })),
})
export type SignIn = z.infer<typeof SignIn>

/** Who is signed in to the portal, and where they may work. */
export const PortalSession = z.object({
  type: z.literal('portalSession'),
  user: z.object({ id: idOf('usr'), name: z.string(), email: z.string() }),
  organizations: z.array(
    z.object({
      id: idOf('org'),
      name: z.string(),
      status: Organization.shape.status,
      role: Role,
      scopes: z.array(Scope),
    }),
  ),
  /** The accounting products this person looks after. */
  platforms: z.array(z.object({ id: idOf('plt'), name: z.string(), scopes: z.array(Scope) })),
  /** Those this person was asked to look after, and has not answered. */
  platformInvitations: z.array(z.object({ id: idOf('plt'), name: z.string() })),
  /** To be sent as `FISTWorks-Anti-Forgery` with every change. */
  antiForgeryToken: z.string(),
  /** It ends then, whatever is done. */
  expiresAt: Instant,
  /** It ends when nothing is asked for so long. */
  idleSeconds: z.int(),
  /** Until when what needs a fresh proof of the person may be done; `null` when there is none. */
  steppedUpUntil: z.nullable(Instant),
  /** What the person can confirm with. */
  secondFactors: z.object({ passkeys: z.int(), authenticatorApp: z.boolean(), recoveryCodes: z.int() }),
  /** Until when a person without any may add the first; after that they sign in again for it. `null` when it is over. */
  firstFactorUntil: z.nullable(Instant),
})
export type PortalSession = z.infer<typeof PortalSession>

/** The word CLOSE, typed by the person themselves. */
export const AccountClosing = z.strictObject({
  confirm: z.literal('CLOSE', { error: 'must be the word CLOSE' }),
  reason: z.optional(Label),
})
export type AccountClosing = z.infer<typeof AccountClosing>
