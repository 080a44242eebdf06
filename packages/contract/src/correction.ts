import * as z from 'zod/mini'
import { Actor } from './actor.ts'
import { idOf } from './id.ts'
import { PageQuery, pageOf } from './page.ts'
import { MatchCandidate, UnmatchedReason } from './return.ts'
import { CivilDate, Instant, Label } from './text.ts'

/**
 * `open`: a person should look. `alreadyChanged`: the recipient is not any more what was paid, so nothing is to be done.
 * `notForUs`: nothing of a recipient can be changed by it (C08, C13, C14, a refused notification, data that cannot be read).
 */
export const CORRECTION_STATES = ['open', 'applied', 'dismissed', 'alreadyChanged', 'notForUs'] as const
export const CorrectionState = z.enum(CORRECTION_STATES)
export type CorrectionState = z.infer<typeof CorrectionState>

/** One field, as it was paid and as the bank says it is. Numbers show their last digits only. */
export const CorrectionChange = z.object({
  field: z.enum(['routingNumber', 'accountNumber', 'accountType', 'name', 'identification']),
  before: z.string(),
  after: z.string(),
})
export type CorrectionChange = z.infer<typeof CorrectionChange>

/** A notification of change (NOC): the payment was posted, but something in it is wrong. */
export const Correction = z.object({
  type: z.literal('correction'),
  id: idOf('cor'),
  /** `C01`. */
  code: z.string(),
  reason: z.string(),
  advice: z.string(),
  state: CorrectionState,
  /** Why it cannot be applied, or what to look at before; `null` when nothing is to be said. */
  problem: z.nullable(z.string()),
  inboundFileId: idOf('inb'),
  bankConnectionId: idOf('bcn'),
  achFileId: z.nullable(idOf('ach')),
  entryId: z.nullable(idOf('ent')),
  recipientId: z.nullable(idOf('rcp')),
  recipientName: z.string(),
  matchedBy: z.nullable(z.enum(['details', 'person'])),
  unmatched: z.nullable(z.object({ reason: UnmatchedReason, candidates: z.array(MatchCandidate) })),
  changes: z.array(CorrectionChange),
  originalTraceNumber: z.string(),
  receivedAt: Instant,
  /** Six banking days after it came: apply it by then, or before the next payment if that is later. */
  dueOn: CivilDate,
  isOverdue: z.boolean(),
  decidedBy: z.nullable(Actor),
  decidedAt: z.nullable(Instant),
  decisionReason: z.nullable(z.string()),
})
export type Correction = z.infer<typeof Correction>
export const CorrectionPage = pageOf(Correction)

export const CorrectionQuery = z.extend(PageQuery, {
  state: z.optional(CorrectionState),
  unmatched: z.optional(z.literal('true', { error: 'must be true, or left out' })),
  recipientId: z.optional(idOf('rcp')),
  inboundFileId: z.optional(idOf('inb')),
})
export type CorrectionQuery = z.infer<typeof CorrectionQuery>

/** A person says which entry a correction is about; the bank must have named the account that it paid. */
export const CorrectionMatch = z.strictObject({ entryId: idOf('ent'), reason: Label })
export type CorrectionMatch = z.infer<typeof CorrectionMatch>

export const CorrectionDismissal = z.strictObject({ reason: Label })
export type CorrectionDismissal = z.infer<typeof CorrectionDismissal>

/**
 * Who applies corrections. `byRule`: those that parse cleanly at their exact positions and are about what we paid are
 * applied when they come; every other waits for a person.
 */
export const CorrectionPolicy = z.object({
  type: z.literal('correctionPolicy'),
  apply: z.enum(['byPerson', 'byRule']),
  /** Who asks for `byRule`, until another owner or administrator chooses it too. */
  proposal: z.nullable(z.object({ by: Actor, at: Instant, expiresAt: Instant })),
})
export type CorrectionPolicy = z.infer<typeof CorrectionPolicy>
export const CorrectionPolicyUpdate = z.strictObject({ apply: CorrectionPolicy.shape.apply })
export type CorrectionPolicyUpdate = z.infer<typeof CorrectionPolicyUpdate>
