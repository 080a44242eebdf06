import * as z from 'zod/mini'
import { CivilDate, Instant } from './text.ts'

const FutureInstant = z.string().check(
  z.regex(/^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,3})?)?Z$/, {
    error: 'must be an instant in UTC like 2026-11-24T14:30:00Z',
  }),
  z.refine((text) => !Number.isNaN(Date.parse(text)), { error: 'must be an instant that exists' }),
)

/**
 * When a submitted file leaves for the bank: at once, shortly before the next cutoff that reaches its dates (it can be
 * canceled until then), or from a given time on. Never before its dates may be told to the bank.
 */
export const Transmit = z.discriminatedUnion('when', [
  z.strictObject({ when: z.literal('now') }),
  z.strictObject({ when: z.literal('nextCutoff') }),
  z.strictObject({ when: z.literal('at'), at: FutureInstant }),
])
export type Transmit = z.infer<typeof Transmit>

/** When a file that was not submitted yet would leave, were it submitted now. */
export const PlannedTransmission = z.object({
  leavesAt: z.nullable(Instant),
  /** The last cutoff that reaches every date; `null` where the bank's cutoffs are not known. */
  deliverBy: z.nullable(Instant),
  /** By batch, in their order. */
  settles: z.array(z.object({ on: CivilDate, sameDay: z.boolean() })),
  /** Why it cannot be sent like this, in words; then `leavesAt` is `null`. */
  problem: z.nullable(z.string()),
})
export type PlannedTransmission = z.infer<typeof PlannedTransmission>
