import * as z from 'zod/mini'
import { idOf } from './id.ts'
import { Instant } from './text.ts'

/** One of the sessions that a person has open, as they see it. */
export const OpenSession = z.object({
  type: z.literal('openSession'),
  id: idOf('ses'),
  signedInAt: Instant,
  /** To the minute. */
  seenAt: Instant,
  /** What the program said it is; it can say anything. */
  program: z.nullable(z.string()),
  /** Where it was last seen. */
  address: z.nullable(z.string()),
  /** It is the one that asks. */
  isCurrent: z.boolean(),
})
export type OpenSession = z.infer<typeof OpenSession>

export const OpenSessionList = z.object({ data: z.array(OpenSession) })
export type OpenSessionList = z.infer<typeof OpenSessionList>

/** How many sessions were ended. */
export const EndedSessions = z.object({ type: z.literal('endedSessions'), count: z.int() })
export type EndedSessions = z.infer<typeof EndedSessions>
