import * as z from 'zod/mini'
import { Direction } from './ach-file.ts'
import { idOf } from './id.ts'
import { PageQuery, pageOf } from './page.ts'
import { BankingDate, CivilDate, Instant, Label } from './text.ts'

/**
 * `return` (R01 to R53, R80 to R90): the payment came back. `dishonored` (R61 to R70): our bank sent the return back.
 * `contested` (R71 to R77): the other bank stands by it. `acknowledgment`: the receiver has the payment (ACK, ATX).
 */
export const ReturnKind = z.enum(['return', 'dishonored', 'contested', 'acknowledgment'])
export type ReturnKind = z.infer<typeof ReturnKind>

/** What a person can do about a return. */
export const RETURN_STEPS = [
  'match',
  'retry',
  'correct',
  'archiveRecipient',
  'newAuthorization',
  'newPayment',
  'contactRecipient',
  'contactBank',
] as const
export const ReturnStep = z.enum(RETURN_STEPS)
export type ReturnStep = z.infer<typeof ReturnStep>

/** A detail in which what the bank says and what we sent disagree; numbers masked. */
export const Difference = z.object({ field: z.string(), ours: z.string(), banks: z.string(), message: z.string() })
export type Difference = z.infer<typeof Difference>

/** An entry that a return may be about, and what speaks against it. */
export const MatchCandidate = z.object({
  achFileId: idOf('ach'),
  entryId: idOf('ent'),
  differences: z.array(Difference),
})
export type MatchCandidate = z.infer<typeof MatchCandidate>

/** Why nothing was matched. Beside `noEntry` may stand payments that fit in all but the trace number. */
export const UnmatchedReason = z.enum(['noEntry', 'severalEntries', 'detailsDiffer'])
export type UnmatchedReason = z.infer<typeof UnmatchedReason>

/** Whether and how the entry may be sent again, by the rules of the network. */
export const SendAgain = z.object({
  answer: z.enum(['asItWas', 'onceAuthorized', 'onceCorrected', 'asCorrectedEntry', 'no']),
  /** The last day for it to settle; `null` when the rules set none or the answer is no. */
  until: z.nullable(CivilDate),
  /** Tries that are left; `null` when they are not counted. */
  left: z.nullable(z.int()),
  why: z.string(),
})
export type SendAgain = z.infer<typeof SendAgain>

/** What a bank said about one payment. */
export const Return = z.object({
  type: z.literal('return'),
  id: idOf('ret'),
  kind: ReturnKind,
  /** `R01`; of an acknowledgment `ACK` or `ATX`. */
  code: z.string(),
  /** What the code means, and what to do about it, in words. */
  reason: z.string(),
  advice: z.string(),
  categories: z.array(z.string()),
  inboundFileId: idOf('inb'),
  bankConnectionId: idOf('bcn'),
  /** The payment it is about; all `null` while it matches none. */
  achFileId: z.nullable(idOf('ach')),
  entryId: z.nullable(idOf('ent')),
  recipientId: z.nullable(idOf('rcp')),
  matchedBy: z.nullable(z.enum(['details', 'person'])),
  unmatched: z.nullable(z.object({ reason: UnmatchedReason, candidates: z.array(MatchCandidate) })),
  /** In what it differs from the payment although a person matched it. */
  differences: z.array(Difference),
  /** The earlier return of the same entry: this one is not counted. */
  repeats: z.nullable(idOf('ret')),
  /** Of a dishonored or contested return, the return it answers. */
  answers: z.nullable(idOf('ret')),
  isPrenote: z.boolean(),
  recipientName: z.string(),
  accountNumberLast4: z.string(),
  amountCents: z.int(),
  direction: Direction,
  secCode: z.string(),
  originalTraceNumber: z.string(),
  /** The free text of the bank, numbers hidden. */
  information: z.nullable(z.string()),
  dateOfDeath: z.nullable(CivilDate),
  /** The day the return settled, as far as the file says it; else the day it came. */
  returnedOn: CivilDate,
  /** By when the other bank had to return it, and whether it was late; `null` where no day can be counted. */
  deadline: z.nullable(z.object({ date: CivilDate, wasMissed: z.boolean() })),
  /** By when our own bank can send a wrong return back: ask it in time. */
  dishonorBy: z.nullable(CivilDate),
  /** `null` for what is matched to no payment, and for what is no return. */
  sendAgain: z.nullable(SendAgain),
  nextSteps: z.array(ReturnStep),
  /** The draft that sends it again. */
  retriedBy: z.nullable(idOf('ach')),
  receivedAt: Instant,
})
export type Return = z.infer<typeof Return>
export const ReturnPage = pageOf(Return)

const Yes = z.literal('true', { error: 'must be true, or left out' })

export const ReturnQuery = z.extend(PageQuery, {
  kind: z.optional(ReturnKind),
  /** Only those that match no entry. */
  unmatched: z.optional(Yes),
  achFileId: z.optional(idOf('ach')),
  recipientId: z.optional(idOf('rcp')),
  inboundFileId: z.optional(idOf('inb')),
})
export type ReturnQuery = z.infer<typeof ReturnQuery>

/** A person says which entry a return is about. */
export const ReturnMatch = z.strictObject({
  entryId: idOf('ent'),
  reason: Label,
  /** That the person has seen in what the two differ; without it only what fits as far as it is known is matched. */
  acceptDifferences: z.optional(z.literal(true)),
})
export type ReturnMatch = z.infer<typeof ReturnMatch>

/** Sends a returned payment again. */
export const ReturnRetry = z.strictObject({
  /** The first possible banking day unless told. */
  effectiveDate: z.optional(BankingDate),
  /** Where the receiver has to agree again: when and how they did. */
  newAuthorization: z.optional(Label),
})
export type ReturnRetry = z.infer<typeof ReturnRetry>

/** Levels of returned debits over the last 60 days (reference: RETURN_RATE_LEVELS of the codec). */
export const ReturnRateLevel = z.object({
  level: z.enum(['unauthorized', 'administrative', 'overall']),
  /** Hundredths of a percent: 50 is 0.5 %. */
  thresholdBasisPoints: z.int(),
  /** The codes that count; `null` for all. */
  codes: z.nullable(z.array(z.string())),
  returnedCount: z.int(),
  /** Rounded down; `null` without debits. */
  basisPoints: z.nullable(z.int()),
  /** `warning` from 80 % of the threshold on, `exceeded` above it. */
  state: z.enum(['fine', 'warning', 'exceeded']),
})
export type ReturnRateLevel = z.infer<typeof ReturnRateLevel>

/** Returned debits among the debits originated, of one bank account and SEC code. */
export const ReturnRate = z.object({
  bankAccountId: idOf('bac'),
  companyName: z.string(),
  secCode: z.string(),
  debitCount: z.int(),
  /** Returned debits by return code. */
  returnCounts: z.array(z.object({ code: z.string(), count: z.int() })),
  levels: z.array(ReturnRateLevel),
})
export type ReturnRate = z.infer<typeof ReturnRate>

/**
 * The rates of the 60 days (of 24 hours) that end with `until`. Debits count by the instant their file was submitted,
 * unless it failed or was canceled; returns by the instant they were received. An entry that came back counts once.
 */
export const ReturnRates = z.object({
  type: z.literal('returnRates'),
  from: Instant,
  until: Instant,
  rates: z.array(ReturnRate),
})
export type ReturnRates = z.infer<typeof ReturnRates>
