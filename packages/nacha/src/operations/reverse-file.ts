import { type CivilDate, isCivilDate } from '../civil-date.ts'
import type { AchFile } from '../file.ts'
import { batchHeader } from '../records/batch-header.ts'
import { entryDetail } from '../records/entry-detail.ts'
import { isCreditCode } from '../transaction-code.ts'
import { finished, type OperationOptions } from './assemble.ts'
import { type BatchDraft, categoryOfDraft, draftOf, type EntryDraft } from './draft.ts'
import { type FileStamp, stamped } from './file-stamp.ts'
import { numbered } from './join-batches.ts'
import { type Outcome, Problems, refusal } from './problem.ts'
import {
  type Changes,
  edited,
  numberOf,
  retracedAddenda,
  sequenceAfter,
  TraceNumbering,
  textOf,
  traceOf,
} from './record-edit.ts'
import { type ReversalMoment, refuseLate } from './reversal-time.ts'
import { type EntrySelection, selected } from './selection.ts'
import { createdOn, settledOn } from './settlement.ts'

export interface ReversalOptions extends FileStamp, ReversalMoment, OperationOptions {
  /** Effective entry date of the reversal. */
  readonly effectiveEntryDate: CivilDate
  /** What is reversed; the whole file when left out. */
  readonly select?: EntrySelection | undefined
  /** Last 7 digits of the first new trace number; after the highest one of the file when left out. */
  readonly firstTraceSequence?: number | undefined
}

/** Which entry of the reversal takes back which one of the original: keep it, no field of the format can. */
export interface ReversalLink {
  readonly original: { readonly batch: number; readonly entry: number; readonly traceNumber: string }
  readonly reversal: { readonly batch: number; readonly entry: number; readonly traceNumber: string }
}

export type ReversalResult = Outcome & {
  readonly links: readonly ReversalLink[]
  /** Entries without money (prenotes, zero-dollar entries), which are not reversed. */
  readonly leftOut: readonly { readonly batch: number; readonly entry: number }[]
}

/** Reference 3.1: the same account, the other direction. 55, the debit of a loan account, is for reversals only. */
const FLIPPED: ReadonlyMap<number, number> = new Map([
  [22, 27],
  [27, 22],
  [32, 37],
  [37, 32],
  [42, 47],
  [47, 42],
  [52, 55],
  [55, 52],
])

const { companyEntryDescription, companyDescriptiveDate, effectiveEntryDate, settlementDate, serviceClassCode } =
  batchHeader.field
const { transactionCode, traceNumber, amount } = entryDetail.field

interface Reversed {
  readonly entry: EntryDraft
  readonly code: number
}

/** The entries of a batch that are reversed, with the codes they get. */
function reversible(batch: BatchDraft, entries: readonly EntryDraft[], isChosen: boolean, problems: Problems) {
  const reversed: Reversed[] = []
  const leftOut: EntryDraft[] = []
  for (const entry of entries) {
    const code = FLIPPED.get(numberOf(entry.record, transactionCode))
    if (batch.isAdv || categoryOfDraft(entry) !== 'forward') {
      problems.add('entry.category', 'Only payments are reversed, not advice, returns and notifications', entry.place)
    } else if (code !== undefined && numberOf(entry.record, amount) > 0) reversed.push({ entry, code })
    else if (isChosen) {
      problems.add('entry.transaction_code', 'An entry without money is not reversed', entry.place)
    } else leftOut.push(entry)
  }
  return { reversed, leftOut }
}

function reversedHeader(batch: BatchDraft, isCredit: boolean, date: CivilDate, problems: Problems): Uint8Array {
  // The wish to settle the original on one day says nothing about its reversal.
  const sign = !batch.isIat && /^SD\d{4}$/.test(textOf(batch.header, companyDescriptiveDate))
  const changes: Changes = [
    [serviceClassCode, isCredit ? 220 : 225],
    [companyEntryDescription, 'REVERSAL'],
    [effectiveEntryDate, date],
    [settlementDate, ''],
    ...(sign ? [[companyDescriptiveDate, ''] as const] : []),
  ]
  return edited(batch.header, changes, problems)
}

/**
 * The batches that take `entries` of a batch back: amounts, SEC code, company and individual fields and addenda as they
 * were, opposite codes. A mixed batch becomes two: a REVERSAL batch holds credits or debits, not both.
 */
function reversedBatches(
  batch: BatchDraft,
  entries: readonly Reversed[],
  options: ReversalOptions,
  traces: TraceNumbering,
  problems: Problems,
): BatchDraft[] {
  const odfi = textOf(batch.header, batchHeader.field.odfiIdentification)
  return [true, false].flatMap((isCredit) => {
    const chosen = entries.filter(({ code }) => isCreditCode(code) === isCredit)
    if (chosen.length === 0) return []
    const header = reversedHeader(batch, isCredit, options.effectiveEntryDate, problems)
    const turned = chosen.map(({ entry, code }) => {
      const trace = traces.take(odfi)
      const record = edited(
        entry.record,
        [
          [transactionCode, code],
          [traceNumber, trace],
        ],
        problems,
        entry.place,
      )
      const context = { isIat: batch.isIat, isMte: batch.secCode === 'MTE' }
      return { record, addenda: retracedAddenda(entry.addenda, trace, context, problems), place: entry.place }
    })
    return [{ ...batch, header, entries: turned, controlText: '' }]
  })
}

function linksOf(batches: readonly BatchDraft[], originals: readonly BatchDraft[]): ReversalLink[] {
  return batches.flatMap(({ entries }, batch) =>
    entries.map(({ record, place }, entry) => ({
      original: {
        batch: place.batch,
        entry: place.entry,
        traceNumber: traceOf(originals[place.batch]?.entries[place.entry]?.record ?? record),
      },
      reversal: { batch, entry, traceNumber: traceOf(record) },
    })),
  )
}

/**
 * Takes back a file, some batches or some entries (reference 8.10, 6.3): every amount in the opposite direction under
 * REVERSAL, with a new effective entry date, new trace and batch numbers. Refused when it comes later than 5 banking days
 * after settlement or 24 hours after discovery, unless `evenIfLate`. Reasons that allow a reversal are a duplicate, a
 * wrong receiver, amount or date; that is for the caller to know.
 */
export function reverseFile(file: AchFile, options: ReversalOptions): ReversalResult {
  const problems = new Problems()
  const draft = draftOf(file, problems)
  if (!isCivilDate(options.effectiveEntryDate)) {
    problems.add('date.invalid', 'The effective entry date is not a day of the form YYYY-MM-DD')
  }
  const nothing = { links: [], leftOut: [] }
  if (!draft || !problems.isEmpty) return { ...refusal(problems), ...nothing }
  const all = draft.batches.flatMap(({ entries }) => entries.map(({ record }) => traceOf(record)))
  const traces = new TraceNumbering(options.firstTraceSequence ?? sequenceAfter(all), problems)
  const creation = createdOn(draft.header)
  const leftOut: EntryDraft[] = []
  const batches: BatchDraft[] = []
  for (const { batch, entries, isWhole } of selected(draft.batches, options.select, problems)) {
    const found = reversible(batch, entries, !isWhole, problems)
    for (const entry of found.leftOut) leftOut.push(entry)
    if (found.reversed.length === 0) continue
    const settled = options.settledOn ?? settledOn(batch, creation)
    refuseLate(settled, options, found.reversed[0]?.entry.place.batch ?? 0, problems)
    batches.push(...reversedBatches(batch, found.reversed, options, traces, problems))
  }
  const header = stamped(draft.header, options, problems)
  const reversal = numbered(batches, problems)
  const outcome = finished({ header, batches: reversal }, problems, options)
  const links = outcome.file ? linksOf(reversal, draft.batches) : []
  return { ...outcome, links, leftOut: leftOut.map(({ place: { batch, entry } }) => ({ batch, entry })) }
}
