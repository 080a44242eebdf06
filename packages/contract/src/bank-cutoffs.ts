import { zoneClock } from '@fistworks/nacha'
import * as z from 'zod/mini'
import { Label } from './text.ts'

const TimeZone = z.string().check(
  z.maxLength(100),
  z.check<string>((ctx) => {
    try {
      zoneClock(ctx.value)
    } catch {
      const message = 'must be a time zone such as America/New_York'
      ctx.issues.push({ code: 'custom', message, input: ctx.value })
    }
  }),
)

/** A time by which the bank takes files, as its agreement names it. */
export const BankCutoff = z.strictObject({
  /** 'HH:MM' of 24 hours on the clock of the time zone: what is there at this time is still in time. */
  by: z.string().check(z.regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: 'must be a time like 16:45' })),
  /** Banking days from the day the bank works on the file to the effective date: 0 is same day. */
  leadDays: z.union([z.literal(0), z.literal(1), z.literal(2)], { error: 'must be 0, 1 or 2' }),
  /** The time is that of the night after the day the bank works on it, such as 02:15. */
  dayAfter: z.optional(z.boolean()),
  name: z.optional(Label),
})
export type BankCutoff = z.infer<typeof BankCutoff>

/** When a bank takes files: the times in the order of the day. */
export const BankCutoffs = z.strictObject({
  /** IANA name of the clock that the times are read on. */
  timeZone: TimeZone,
  times: z.array(BankCutoff).check(
    z.minLength(1, { error: 'needs at least one time' }),
    z.maxLength(12, { error: 'has at most 12 times' }),
    z.check<BankCutoff[]>((ctx) => {
      const at = ctx.value.map(({ by, dayAfter }) => `${dayAfter === true ? 1 : 0} ${by}`)
      for (const [index, time] of at.entries()) {
        const before = at[index - 1]
        if (before === undefined || before < time) continue
        const what = before === time ? 'must be another time than the one before it' : 'must come after the one before'
        const message = `${what}: list the times in the order of the day`
        ctx.issues.push({ code: 'custom', message, input: ctx.value, path: [index, 'by'] })
      }
    }),
  ),
})
export type BankCutoffs = z.infer<typeof BankCutoffs>
