import * as z from 'zod/mini'

/** An e-mail address, at most 200 characters. */
export const Email = z
  .string()
  .check(z.maxLength(200), z.regex(/^[^\s@]+@[^\s@]+$/, { error: 'must be an e-mail address' }))
