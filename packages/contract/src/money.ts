import * as z from 'zod/mini'
import { MAX_AMOUNT_CENTS } from './dollars.ts'

/** An amount in whole cents, greater than zero. */
export const AmountCents = z.number({ error: 'must be a number of cents' }).check(
  z.refine((n) => Number.isInteger(n), { error: 'must be whole cents: 12.34 dollars are 1234' }),
  z.refine((n) => n > 0, { error: 'must be more than zero' }),
  z.refine((n) => n <= MAX_AMOUNT_CENTS, { error: 'must be at most 9999999999 cents ($99,999,999.99)' }),
  z.meta({ type: 'integer', minimum: 1, maximum: MAX_AMOUNT_CENTS }),
)
export type AmountCents = z.infer<typeof AmountCents>

/** A sum of amounts in whole cents; may be zero. */
export const TotalCents = z.int().check(z.nonnegative())
