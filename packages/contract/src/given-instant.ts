import * as z from 'zod/mini'

/** An instant that a caller names: RFC 3339 in UTC. */
export const GivenInstant = z.string().check(
  z.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?Z$/, {
    error: 'must be an instant in UTC like 2026-12-24T00:00:00Z',
  }),
  z.refine((text) => !Number.isNaN(Date.parse(text)), { error: 'is not a day and time there is' }),
)
