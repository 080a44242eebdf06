import * as z from 'zod/mini'
import { Actor } from './actor.ts'
import { Instant, Label } from './text.ts'

/** One reason why nothing goes to the banks. */
export const DeliveryStop = z.object({
  /** `operator`: of the whole server; only its operator ends it. */
  by: z.enum(['organization', 'operator']),
  reason: z.string(),
  at: Instant,
  actor: z.nullable(Actor),
})
export type DeliveryStop = z.infer<typeof DeliveryStop>

/** Whether files of an organization go to its banks. While they are stopped they wait; none of their tries is used up. */
export const Deliveries = z.object({
  type: z.literal('deliveries'),
  isStopped: z.boolean(),
  stops: z.array(DeliveryStop),
})
export type Deliveries = z.infer<typeof Deliveries>

/** Why, in words that everybody of the organization reads. */
export const DeliveryReason = z.strictObject({ reason: Label })
export type DeliveryReason = z.infer<typeof DeliveryReason>
