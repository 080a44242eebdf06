import * as z from 'zod/mini'
import { Email } from './email.ts'
import { idOf } from './id.ts'
import { Role } from './scope.ts'
import { Instant, Label } from './text.ts'

/** Days an invitation works for: the shortest, the longest, and unless told. */
export const INVITATION_DAYS = { min: 1, max: 30, default: 7 } as const

/** Somebody is asked to become a member. The link of the newest mail works once. */
export const Invitation = z.object({
  type: z.literal('invitation'),
  id: idOf('inv'),
  email: z.string(),
  role: Role,
  status: z.enum(['pending', 'accepted', 'revoked', 'expired']),
  invitedBy: z.string(),
  createdAt: Instant,
  expiresAt: Instant,
  /** When the newest mail went out; `null` while none has. */
  sentAt: z.nullable(Instant),
})
export type Invitation = z.infer<typeof Invitation>

export const InvitationList = z.object({ data: z.array(Invitation) })
export type InvitationList = z.infer<typeof InvitationList>

const days = z
  .int()
  .check(
    z.refine((n) => n >= INVITATION_DAYS.min && n <= INVITATION_DAYS.max, { error: 'must be a number from 1 to 30' }),
  )

export const InvitationCreate = z.strictObject({ email: Email, role: Role, expiresInDays: z.optional(days) })
export type InvitationCreate = z.infer<typeof InvitationCreate>

/** A platform asks the first owner of one of its organizations. */
export const FirstOwnerInvitation = z.strictObject({ email: Email, expiresInDays: z.optional(days) })
export type FirstOwnerInvitation = z.infer<typeof FirstOwnerInvitation>

const secret = z.string().check(z.maxLength(200))

/** What stands behind the `#` of the link. */
export const InvitationSecret = z.strictObject({ secret })
export type InvitationSecret = z.infer<typeof InvitationSecret>

export const InvitationAccept = z.strictObject({ secret, name: z.optional(Label) })
export type InvitationAccept = z.infer<typeof InvitationAccept>

/** What somebody who holds the link is asked. */
export const InvitationOffer = z.object({
  type: z.literal('invitationOffer'),
  organizationName: z.string(),
  role: Role,
  invitedBy: z.string(),
  expiresAt: Instant,
})
export type InvitationOffer = z.infer<typeof InvitationOffer>
