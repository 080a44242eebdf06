import * as z from 'zod/mini'
import { Actor } from './actor.ts'
import { idOf } from './id.ts'
import { pageOf } from './page.ts'
import { Instant } from './text.ts'

/** One significant action. Values in `data` are masked. `hash` chains it to the event before. */
export const AuditEvent = z.object({
  type: z.literal('auditEvent'),
  id: idOf('aud'),
  sequence: z.int(),
  at: Instant,
  action: z.string(),
  actor: Actor,
  targetType: z.string(),
  targetId: z.string(),
  outcome: z.enum(['succeeded', 'failed', 'denied']),
  requestId: z.nullable(z.string()),
  data: z.record(z.string(), z.unknown()),
  hash: z.string(),
})
export type AuditEvent = z.infer<typeof AuditEvent>
export const AuditEventPage = pageOf(AuditEvent)
