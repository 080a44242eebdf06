import * as z from 'zod/mini'
import { Actor } from './actor.ts'
import { idOf } from './id.ts'
import { PageQuery, pageOf } from './page.ts'
import { Instant, Label } from './text.ts'

/** How far one delivery of one file's bytes to one bank has come. */
export const SUBMISSION_STATES = [
  'ready',
  'claimed',
  'uploading',
  'uploaded',
  'renamed',
  'verified',
  'done',
  'acknowledged',
  'rejectedByBank',
  'retryWait',
  'reconciling',
  'unknown',
  'failed',
  'canceled',
] as const
export const SubmissionState = z.enum(SUBMISSION_STATES)
export type SubmissionState = z.infer<typeof SubmissionState>

/** One recorded state of the delivery, in words a treasurer understands. */
export const SubmissionStep = z.object({
  state: SubmissionState,
  attempt: z.int(),
  at: Instant,
  detail: z.string(),
})
export type SubmissionStep = z.infer<typeof SubmissionStep>

/** What the bank told a person about a delivery that is `unknown`. */
const Outcome = z.enum(['delivered', 'notDelivered'])

export const Submission = z.object({
  type: z.literal('submission'),
  id: idOf('sub'),
  achFileId: idOf('ach'),
  bankConnectionId: idOf('bcn'),
  fileName: z.string(),
  sizeBytes: z.int(),
  sha256: z.string(),
  state: SubmissionState,
  attempt: z.int(),
  /** Held until then; until a worker takes it, it can be canceled. `null`: as soon as may be. */
  notBefore: z.nullable(Instant),
  /** The bank's cutoff that the file must meet. Tries end 15 minutes before it; past it nothing is sent by itself. */
  deliverBy: z.nullable(Instant),
  /** When that cutoff passed without the file at the bank. */
  cutoffMissedAt: z.nullable(Instant),
  /** A person lets it go out after its cutoff. */
  isLate: z.boolean(),
  /** When the next try is due, while waiting for one. */
  retryAt: z.nullable(Instant),
  /** Why a person is needed, or why it failed; `null` while all is well. */
  problem: z.nullable(z.string()),
  /** What one person says the bank told them about an `unknown` one; another person confirms or rejects it. */
  resolution: z.nullable(
    z.object({
      outcome: Outcome,
      reason: z.string(),
      proposedBy: Actor,
      proposedAt: Instant,
      expiresAt: Instant,
      /** Whether the caller said it: somebody else confirms it. */
      isYours: z.boolean(),
    }),
  ),
  steps: z.array(SubmissionStep),
  createdAt: Instant,
  deliveredAt: z.nullable(Instant),
  acknowledgedAt: z.nullable(Instant),
})
export type Submission = z.infer<typeof Submission>
export const SubmissionPage = pageOf(Submission)

export const SubmissionQuery = z.extend(PageQuery, {
  achFileId: z.optional(idOf('ach')),
  state: z.optional(SubmissionState),
})
export type SubmissionQuery = z.infer<typeof SubmissionQuery>

/** What a person found out at the bank about a submission that is `unknown`. */
export const SubmissionResolution = z.strictObject({
  outcome: Outcome,
  reason: Label,
})
export type SubmissionResolution = z.infer<typeof SubmissionResolution>

/** Files that make some of the same payments, which the caller knows: this one is sent all the same. */
const AcknowledgedDuplicates = z.optional(z.array(idOf('ach')).check(z.maxLength(20)))

/** The outcome is said again, so that nobody confirms another one than they saw. */
export const SubmissionConfirmation = z.strictObject({
  outcome: Outcome,
  acknowledgedDuplicates: AcknowledgedDuplicates,
})
export type SubmissionConfirmation = z.infer<typeof SubmissionConfirmation>

export const SubmissionRejection = z.strictObject({ reason: Label })
export type SubmissionRejection = z.infer<typeof SubmissionRejection>

export const SubmissionRetry = z.strictObject({
  /** Needed once the bank's cutoff is less than 15 minutes away or has passed: it goes out late, on purpose. */
  late: z.optional(z.boolean()),
  acknowledgedDuplicates: AcknowledgedDuplicates,
})
export type SubmissionRetry = z.infer<typeof SubmissionRetry>
