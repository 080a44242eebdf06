import * as z from 'zod/mini'
import { idOf } from './id.ts'
import { Role } from './scope.ts'
import { Instant } from './text.ts'

/** A person of an organization. */
export const Member = z.object({
  type: z.literal('member'),
  /** Of the person: the same in each of their organizations. */
  id: idOf('usr'),
  name: z.string(),
  email: z.string(),
  role: Role,
  joinedAt: Instant,
  /** Since when they have this role. */
  roleSince: Instant,
  /** When they last worked in this organization, to the hour; `null` for never. */
  lastUsedAt: z.nullable(Instant),
  /** Whether they have a passkey or an authenticator app. Without one they approve and administer nothing. */
  hasSecondFactor: z.boolean(),
})
export type Member = z.infer<typeof Member>

/** All members; there are never more than a few hundred. */
export const MemberList = z.object({ data: z.array(Member) })
export type MemberList = z.infer<typeof MemberList>

export const MemberRoleChange = z.strictObject({ role: Role })
export type MemberRoleChange = z.infer<typeof MemberRoleChange>
