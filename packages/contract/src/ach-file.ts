import * as z from 'zod/mini'
import { EncryptedFile } from './bank-encryption.ts'
import { Actor } from './actor.ts'
import { ApprovalRule } from './approval-policy.ts'
import { idOf } from './id.ts'
import { AmountCents, TotalCents } from './money.ts'
import { PageQuery, pageOf } from './page.ts'
import { PlannedTransmission, Transmit } from './transmit.ts'
import { achText, BankingDate, CivilDate, Instant, Label, optionalAchText } from './text.ts'

export const BATCHES_MAX = 100
/** Of a file, all its batches together. */
export const ENTRIES_MAX = 100_000
/** Of one request. A larger file gets its entries by `achFiles.addEntries`, and shows them by `achFiles.listEntries`. */
export const ENTRIES_PER_REQUEST_MAX = 10_000

/** SEC codes a draft may use today. */
export const DraftSecCode = z.enum(['PPD', 'CCD'], { error: 'must be PPD (a person) or CCD (a company)' })
export type DraftSecCode = z.infer<typeof DraftSecCode>
export const Direction = z.enum(['credit', 'debit'])
export type Direction = z.infer<typeof Direction>

export const ACH_FILE_STATUSES = [
  'draft',
  'pendingApproval',
  'rejected',
  'approved',
  'submitted',
  'delivered',
  'acknowledged',
  'needsAttention',
  'failed',
  'canceled',
] as const
export const AchFileStatus = z.enum(ACH_FILE_STATUSES)
export type AchFileStatus = z.infer<typeof AchFileStatus>

const EntryDraft = z.strictObject({
  recipientId: idOf('rcp'),
  amountCents: AmountCents,
  direction: z._default(Direction, 'credit'),
  /** One addenda of at most 80 characters (addenda 05, payment related information). */
  addenda: z._default(
    z
      .array(achText('paymentRelatedInformation'))
      .check(z.maxLength(1, { error: 'PPD and CCD carry at most one addenda' })),
    [],
  ),
  /** The accounting product's own id of what is paid, such as a bill. */
  externalId: z.optional(Label),
})

const BatchDraft = z.strictObject({
  bankAccountId: idOf('bac'),
  secCode: DraftSecCode,
  /** What the receiver reads: at most 10 characters (batch header, positions 54–63). */
  companyEntryDescription: achText('companyEntryDescription'),
  companyDiscretionaryData: z.optional(optionalAchText('companyDiscretionaryData')),
  effectiveDate: BankingDate,
  entries: z
    .array(EntryDraft)
    .check(z.minLength(1, { error: 'a batch needs at least one entry' }), z.maxLength(ENTRIES_PER_REQUEST_MAX)),
})

/** A draft as it is written: nothing in it is a number of an account. */
export const AchFileCreate = z.strictObject({
  name: Label,
  batches: z.array(BatchDraft).check(z.maxLength(BATCHES_MAX, { error: `a file has at most ${BATCHES_MAX} batches` })),
  transmit: z._default(Transmit, { when: 'now' }),
  /** The approval that completes the policy submits the file as well. */
  submitOnApproval: z._default(z.boolean(), false),
})
export type AchFileCreate = z.input<typeof AchFileCreate>

/** Replaces what is named; `version` is the one that was read, so that nobody overwrites another's change. */
export const AchFileUpdate = z.strictObject({
  version: z.int(),
  name: z.optional(Label),
  batches: z.optional(AchFileCreate.shape.batches),
  transmit: z.optional(Transmit),
  submitOnApproval: z.optional(z.boolean()),
})
export type AchFileUpdate = z.input<typeof AchFileUpdate>

/** More entries for a batch of a draft, after those it has. `version` is the one that was read. */
export const AchFileEntriesAdd = z.strictObject({
  version: z.int(),
  batchId: idOf('bat'),
  entries: BatchDraft.shape.entries,
})
export type AchFileEntriesAdd = z.input<typeof AchFileEntriesAdd>

/** What the bank said about an entry afterwards: it came back, or something in it is wrong. */
export const EntryOutcome = z.object({
  type: z.enum(['return', 'correction']),
  id: z.string(),
  /** `R01`, `C02`. */
  code: z.string(),
})
export type EntryOutcome = z.infer<typeof EntryOutcome>

export const Entry = z.object({
  id: idOf('ent'),
  recipientId: idOf('rcp'),
  recipientName: z.string(),
  accountNumberLast4: z.string(),
  routingNumberMasked: z.string(),
  amountCents: z.int(),
  direction: Direction,
  addenda: z.array(z.string()),
  externalId: z.nullable(z.string()),
  /** Given when the file is generated: ODFI and sequence, fifteen digits. */
  traceNumber: z.nullable(z.string()),
  outcome: z.nullable(EntryOutcome),
})
export type Entry = z.infer<typeof Entry>
export const EntryPage = pageOf(Entry)
/** `search` looks in names, as they are shown, and in the last four of the account. */
export const EntryQuery = z.extend(PageQuery, {
  batchId: z.optional(idOf('bat')),
  search: z.optional(z.string().check(z.maxLength(100))),
})
export type EntryQuery = z.infer<typeof EntryQuery>

export const Batch = z.object({
  id: idOf('bat'),
  bankAccountId: idOf('bac'),
  secCode: z.string(),
  companyEntryDescription: z.string(),
  companyDiscretionaryData: z.string(),
  effectiveDate: CivilDate,
  entryCount: z.int(),
  /** None in a file of more than 10,000 entries: list them. */
  entries: z.array(Entry),
})
export type Batch = z.infer<typeof Batch>

export const AchFileTotals = z.object({
  batchCount: z.int(),
  entryCount: z.int(),
  creditCents: TotalCents,
  debitCents: TotalCents,
})
export type AchFileTotals = z.infer<typeof AchFileTotals>

const summary = {
  type: z.literal('achFile'),
  id: idOf('ach'),
  name: z.string(),
  status: AchFileStatus,
  version: z.int(),
  totals: AchFileTotals,
  createdBy: Actor,
  createdAt: Instant,
  updatedAt: Instant,
  submittedAt: z.nullable(Instant),
  acknowledgedAt: z.nullable(Instant),
  submissionId: z.nullable(idOf('sub')),
}

/** An ACH file in a list: without its batches. */
export const AchFileSummary = z.object(summary)
export type AchFileSummary = z.infer<typeof AchFileSummary>
export const AchFilePage = pageOf(AchFileSummary)

/** An approval that stands: of this very content, and not taken back. */
export const Approval = z.object({ id: idOf('apv'), by: Actor, at: Instant })
export type Approval = z.infer<typeof Approval>

/** Why money may be taken back (Nacha Operating Rules, article two, reversing files and entries). */
export const ReversalReason = z.enum([
  'duplicate',
  'wrongRecipient',
  'wrongAmount',
  'debitTooEarly',
  'creditTooLate',
  'wagesPaidByCheck',
])
export type ReversalReason = z.infer<typeof ReversalReason>

/** A file that makes some of the same payments, and how many and how much of them. */
export const PossibleDuplicate = z.object({
  achFileId: idOf('ach'),
  name: z.string(),
  status: AchFileStatus,
  entryCount: z.int(),
  amountCents: z.int(),
})
export type PossibleDuplicate = z.infer<typeof PossibleDuplicate>

/** The thing a person drafts, others approve, and the bank gets. */
export const AchFile = z.object({
  ...summary,
  batches: z.array(Batch),
  transmit: Transmit,
  submitOnApproval: z.boolean(),
  /** Asked for now; `null` once submitted, and while there are no batches. */
  plannedTransmission: z.nullable(PlannedTransmission),
  /** How many of its entries came back or are to be corrected. */
  outcome: z.object({ returned: z.int(), corrected: z.int() }),
  /** The decision that came last, as far as it holds. */
  approval: z.nullable(
    z.object({
      decision: z.enum(['approved', 'rejected']),
      by: Actor,
      at: Instant,
      reason: z.nullable(z.string()),
    }),
  ),
  /** By different people. Any change of the file voids all of them. */
  approvals: z.array(Approval),
  /**
   * Of the caller: whether they wrote or changed the file or an account it pays, so that somebody else has to decide about
   * it, and whether an approval of theirs stands.
   */
  you: z.object({ isAuthor: z.boolean(), hasApproved: z.boolean() }),
  kind: z.enum(['payments', 'reversal']),
  /** The file that this one takes back, whole or in part, and why. */
  reverses: z.nullable(idOf('ach')),
  reversalReason: z.nullable(ReversalReason),
  /** The reversals of this file that were not canceled. */
  reversedBy: z.array(idOf('ach')),
  /** What the last one who decided knew to be possible duplicates, as it was then. */
  possibleDuplicates: z.array(PossibleDuplicate),
  /** When the request lapses and the file is a draft again; `null` when it does not wait. */
  approvalExpiresAt: z.nullable(Instant),
  /** Why a file that was sent for approval is a draft again. */
  reopenedBecause: z.nullable(z.string()),
  /** So many are needed at least, those that are there included. */
  approvalsNeeded: z.int(),
  /** The rules that the file reaches, and how many approvals count for each by now. */
  approvalRules: z.array(z.extend(ApprovalRule, { given: z.int() })),
  /** Known once generated: name, size and SHA-256 of the bytes. They never change afterwards. */
  generated: z.nullable(
    z.object({
      fileName: z.string(),
      sizeBytes: z.int(),
      sha256: z.string(),
      fileIdModifier: z.string(),
      generatedAt: Instant,
      /** What was made of these bytes for a bank that wants them encrypted: that is what it gets. */
      encrypted: z.nullable(EncryptedFile),
    }),
  ),
})
export type AchFile = z.infer<typeof AchFile>

export const AchFileQuery = z.extend(PageQuery, { status: z.optional(AchFileStatus) })
export type AchFileQuery = z.infer<typeof AchFileQuery>

/** What the person saw when they decided: a file changed since then is refused. */
export const AchFileDecision = z.strictObject({ version: z.int() })
/** The same where money may move: with the files that the person knows to make some of the same payments, on purpose. */
export const AchFileRelease = z.strictObject({
  version: z.int(),
  acknowledgedDuplicates: z.optional(z.array(idOf('ach')).check(z.maxLength(20))),
})
export type AchFileRelease = z.infer<typeof AchFileRelease>
export type AchFileDecision = z.infer<typeof AchFileDecision>
export const AchFileRejection = z.strictObject({ version: z.int(), reason: Label })
export type AchFileRejection = z.infer<typeof AchFileRejection>

/** Takes a file back that the bank has: within five banking days after it settled, and 24 hours after it was noticed. */
export const AchFileReversal = z.strictObject({
  version: z.int(),
  reason: ReversalReason,
  /** When somebody noticed that it was wrong: now, when left out. */
  discoveredAt: z.optional(
    z.string().check(
      z.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?Z$/, {
        error: 'must be an instant in UTC like 2026-11-24T15:00:00Z',
      }),
      z.refine((text) => !Number.isNaN(Date.parse(text)), { error: 'is not a day and time there is' }),
    ),
  ),
  /** All that did not come back, when left out. */
  entryIds: z.optional(z.array(idOf('ent')).check(z.minLength(1), z.maxLength(ENTRIES_MAX))),
})
export type AchFileReversal = z.infer<typeof AchFileReversal>
