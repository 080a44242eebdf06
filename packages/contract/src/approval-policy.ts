import * as z from 'zod/mini'
import { idOf } from './id.ts'

/** A person that a rule names. */
export const NamedPerson = z.object({ id: idOf('usr'), name: z.string() })
export type NamedPerson = z.infer<typeof NamedPerson>

/**
 * A file needs so many approvals by different people once it moves this much: the larger of the sum of its credits and
 * the sum of its debits. Every rule that a file reaches must be met; one approval counts for all of them.
 */
export const ApprovalRule = z.object({
  fromCents: z.int(),
  approvals: z.int(),
  /** Whose approvals count; `null`: everybody's who may approve. Never that of an author of the file. */
  people: z.nullable(z.array(NamedPerson)),
})
export type ApprovalRule = z.infer<typeof ApprovalRule>
