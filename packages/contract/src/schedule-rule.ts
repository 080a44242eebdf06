import * as z from 'zod/mini'

/** 31 is the last day of every month. */
const DayOfMonth = z
  .int({ error: 'must be a day of the month' })
  .check(z.minimum(1, { error: 'must be from 1 to 31' }), z.maximum(31, { error: 'must be from 1 to 31' }))
const EveryMonths = z
  .int({ error: 'must be a whole number of months' })
  .check(z.minimum(1, { error: 'must be from 1 to 12' }), z.maximum(12, { error: 'must be from 1 to 12' }))

/** February has so many days: dates that are so far apart there never come to the same banking day. */
const SHORTEST_MONTH = 28
/** Banks are closed for three days in a row at most. */
const APART_MIN = 4

function areApart([first, second]: readonly [number, number]): boolean {
  const [a, b] = [Math.min(first, SHORTEST_MONTH), Math.min(second, SHORTEST_MONTH)]
  return b - a >= APART_MIN && a + SHORTEST_MONTH - b >= APART_MIN
}

/** On which days payments are due; days on which banks do not settle are rolled. */
export const ScheduleRule = z.discriminatedUnion('frequency', [
  /** On the weekday of the first date: every week, every second or every fourth. */
  z.strictObject({
    frequency: z.literal('weekly'),
    everyWeeks: z._default(
      z.union([z.literal(1), z.literal(2), z.literal(4)], { error: 'must be 1, 2 or 4 weeks' }),
      1,
    ),
  }),
  /** On two days of each month, the earlier one first; 31 is the last day. */
  z.strictObject({
    frequency: z.literal('semiMonthly'),
    days: z.tuple([DayOfMonth, DayOfMonth]).check(
      z.refine(areApart, {
        error: `must be two days at least ${APART_MIN} days apart in every month, the earlier one first`,
      }),
    ),
  }),
  /** On one day of the month; 31 is the last day. */
  z.strictObject({
    frequency: z.literal('monthly'),
    day: DayOfMonth,
    everyMonths: z._default(EveryMonths, 1),
  }),
  /** On the n-th banking day of the month, or on its last. */
  z.strictObject({
    frequency: z.literal('monthlyBankingDay'),
    nth: z.union([z.literal('last'), z.int().check(z.minimum(1), z.maximum(15))], {
      error: 'must be a banking day from 1 to 15, or last',
    }),
    everyMonths: z._default(EveryMonths, 1),
  }),
])
export type ScheduleRule = z.infer<typeof ScheduleRule>

export const ScheduleRoll = z.enum(['before', 'after'])
export type ScheduleRoll = z.infer<typeof ScheduleRoll>
