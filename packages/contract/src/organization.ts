import * as z from 'zod/mini'
import { idOf } from './id.ts'
import { pageOf } from './page.ts'
import { Instant, Label } from './text.ts'

/** A paying company: the tenant. */
export const Organization = z.object({
  type: z.literal('organization'),
  id: idOf('org'),
  name: z.string(),
  externalId: z.nullable(z.string()),
  /** `closing` while what it sealed is made unreadable; from then on only its audit log is shown. */
  status: z.enum(['open', 'closing', 'closed']),
  createdAt: Instant,
})
export type Organization = z.infer<typeof Organization>
export const OrganizationPage = pageOf(Organization)

export const OrganizationCreate = z.strictObject({ name: Label, externalId: z.optional(Label) })
export type OrganizationCreate = z.infer<typeof OrganizationCreate>

/** Typed by its owner, so that no wrong click closes one. */
export const OrganizationClosing = z.strictObject({
  name: z.string().check(z.maxLength(200)),
  reason: z.optional(Label),
})
export type OrganizationClosing = z.infer<typeof OrganizationClosing>
