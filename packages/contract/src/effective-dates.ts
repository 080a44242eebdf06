import * as z from 'zod/mini'
import { Direction } from './ach-file.ts'
import { idOf } from './id.ts'
import { CivilDate, Instant } from './text.ts'

export const EffectiveDatesQuery = z.strictObject({
  /** `credit` unless told: debits may be told to the bank a banking day later only. */
  direction: z.optional(Direction),
})
export type EffectiveDatesQuery = z.infer<typeof EffectiveDatesQuery>

/** A date that a file of this account can still have, were it submitted now. */
export const OfferedDate = z.object({
  effectiveDate: CivilDate,
  leavesAt: Instant,
  /** The last cutoff that reaches it; `null` where the bank's cutoffs are not known. */
  deliverBy: z.nullable(Instant),
  sameDay: z.boolean(),
  /** Most that an entry may carry to settle the same day, in cents; `null` where that does not matter. */
  mostPerEntryCents: z.nullable(z.int()),
})
export type OfferedDate = z.infer<typeof OfferedDate>
export const EffectiveDates = z.object({
  type: z.literal('effectiveDates'),
  bankAccountId: idOf('bac'),
  direction: Direction,
  dates: z.array(OfferedDate),
})
export type EffectiveDates = z.infer<typeof EffectiveDates>
