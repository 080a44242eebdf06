import * as z from 'zod/mini'
import { CONTRAST_MIN, contrastWithWhite } from './color.ts'
import { ParentOrigin } from './embed-session.ts'
import { idOf } from './id.ts'
import { pageOf } from './page.ts'
import { Instant, Label } from './text.ts'
import { Email } from './email.ts'

/** A color `#rrggbb` that white text can be read on: the platform's name and the text of buttons stand in white on it. */
export const AccentColor = z.string().check((ctx) => {
  const contrast = contrastWithWhite(ctx.value)
  const problem =
    contrast === null
      ? 'must be a color like #0b5fff'
      : contrast < CONTRAST_MIN
        ? `is too light for white text on it: its contrast is ${contrast.toFixed(1)}, and ${CONTRAST_MIN} is needed`
        : null
  if (problem !== null) ctx.issues.push({ code: 'custom', message: problem, input: ctx.value })
})

/**
 * How our frame and the window in which a person confirms show whose product they belong to. There is no logo: nobody
 * else's bytes are shown on them.
 */
export const Branding = z.strictObject({
  /** Shown instead of the platform's name; `null` for that. */
  displayName: z.nullable(Label),
  /** `null` for the pages' own. */
  accentColor: z.nullable(AccentColor),
})
export type Branding = z.infer<typeof Branding>

/** An accounting product that offers payments to its customers. */
export const Platform = z.object({
  type: z.literal('platform'),
  id: idOf('plt'),
  name: z.string(),
  /** Embed sessions are made for pages of these origins only; any when the list is empty. */
  allowedOrigins: z.array(z.string()),
  branding: z.object({ displayName: z.nullable(z.string()), accentColor: z.nullable(z.string()) }),
  createdAt: Instant,
})
export type Platform = z.infer<typeof Platform>
export const PlatformPage = pageOf(Platform)

const AllowedOrigins = z.array(ParentOrigin).check(z.maxLength(20, { error: 'must have at most 20 origins' }))

export const PlatformCreate = z.strictObject({ name: Label, allowedOrigins: z._default(AllowedOrigins, []) })
export type PlatformCreate = z.input<typeof PlatformCreate>

/** What is left out stays. */
export const PlatformUpdate = z.strictObject({
  name: z.optional(Label),
  allowedOrigins: z.optional(AllowedOrigins),
  branding: z.optional(Branding),
})
export type PlatformUpdate = z.infer<typeof PlatformUpdate>

/** A person who looks after a platform, or one who was asked to: whether an address is known is told to nobody. */
export const PlatformAdministrator = z.object({
  type: z.literal('platformAdministrator'),
  /** `null` for somebody who was asked and has not accepted. */
  userId: z.nullable(idOf('usr')),
  name: z.nullable(z.string()),
  email: z.string(),
  /** When they became one, or were asked. */
  since: Instant,
  /** Until when an invitation can be accepted; `null` for an administrator. */
  invitationExpiresAt: z.nullable(Instant),
})
export type PlatformAdministrator = z.infer<typeof PlatformAdministrator>
export const PlatformAdministratorList = z.object({ data: z.array(PlatformAdministrator) })
export type PlatformAdministratorList = z.infer<typeof PlatformAdministratorList>

/** Asks somebody to look after the platform too. They accept it when they are signed in. */
export const PlatformInvitation = z.strictObject({ email: Email })
export type PlatformInvitation = z.infer<typeof PlatformInvitation>

/** Takes away an administrator, or an invitation that was not accepted. */
export const PlatformAdministratorRemoval = z.strictObject({ email: Email })
export type PlatformAdministratorRemoval = z.infer<typeof PlatformAdministratorRemoval>
