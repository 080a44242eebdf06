import * as z from 'zod/mini'

/** Who did something. `endUser` is a person of an accounting product, `user` one of the portal, `anonymous` nobody known. */
export const Actor = z.object({
  type: z.enum(['apiKey', 'endUser', 'user', 'system', 'anonymous']),
  id: z.string(),
  name: z.optional(z.string()),
})
export type Actor = z.infer<typeof Actor>
