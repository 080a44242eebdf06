import { type CivilDate, isCivilDate } from '../civil-date.ts'
import type { AchFile } from '../file.ts'
import { batchHeader } from '../records/batch-header.ts'
import { entryDetail } from '../records/entry-detail.ts'
import { SEC_CODES, type SecCodeRow } from '../sec-code.ts'
import { TRANSACTION_CODES } from '../transaction-code.ts'
import { finished, type OperationOptions } from './assemble.ts'
import { type BatchDraft, categoryOfDraft, draftOf, type EntryDraft, entryLayoutOf } from './draft.ts'
import { type FileStamp, stamped } from './file-stamp.ts'
import { numbered } from './join-batches.ts'
import { type Outcome, Problems, refusal } from './problem.ts'
import {
  edited,
  fieldNamed,
  numberOf,
  retracedAddenda,
  sequenceAfter,
  TraceNumbering,
  textOf,
  traceOf,
} from './record-edit.ts'
import { type EntrySelection, selected } from './selection.ts'

export interface PrenoteOptions extends FileStamp, OperationOptions {
  readonly effectiveEntryDate: CivilDate
  /** Which entries are announced; all when left out. */
  readonly select?: EntrySelection | undefined
  /** After the highest trace number of the file when left out. */
  readonly firstTraceSequence?: number | undefined
}

/** The code that announces a payment of this code: 23 for 22, 38 for 37; null when there is none. */
export function prenoteCodeFor(code: number): number | null {
  const payment = TRANSACTION_CODES.get(code)
  if (payment?.purpose !== 'payment') return null
  const prenote = TRANSACTION_CODES.get(code + 1)
  const isOfSame = prenote?.accountType === payment.accountType && prenote.direction === payment.direction
  return isOfSame && prenote.purpose === 'prenote' ? code + 1 : null
}

const { transactionCode, amount, traceNumber, addendaRecordIndicator } = entryDetail.field
const { odfiIdentification, effectiveEntryDate, settlementDate } = batchHeader.field

function prenoteOf(batch: BatchDraft, entry: EntryDraft, trace: string, problems: Problems): EntryDraft | null {
  const { place } = entry
  const row: SecCodeRow = SEC_CODES[batch.secCode]
  const code = prenoteCodeFor(numberOf(entry.record, transactionCode))
  if (categoryOfDraft(entry) !== 'forward') {
    problems.add('entry.category', 'Only a payment is announced', place)
  } else if (!row.allowsPrenotes) {
    problems.add('batch.sec_excluded', `${batch.secCode} knows no prenotes`, place)
  } else if (code === null) {
    problems.add('entry.transaction_code', 'There is no prenote for this transaction code', place)
  }
  if (code === null) return null
  const context = { isIat: batch.isIat, isMte: false }
  // Only IAT keeps its addenda: they say who sends and who receives.
  const addenda = batch.isIat ? retracedAddenda(entry.addenda, trace, context, problems) : []
  const count = fieldNamed(entryLayoutOf(batch), 'numberOfAddenda')
  const record = edited(
    entry.record,
    [
      [transactionCode, code],
      [amount, 0],
      [addendaRecordIndicator, addenda.length > 0 ? 1 : 0],
      [traceNumber, trace],
      ...(count ? [[count, addenda.length] as const] : []),
    ],
    problems,
    place,
  )
  return { record, addenda, place }
}

/**
 * Announces the payments of a file (reference 8.14): codes 23, 28, 33 and so on, amount zero, no addenda but in IAT, new
 * trace numbers. Not for the SEC codes of checks. The first payment waits until the third banking day after the prenote
 * settled: `deadline('prenoteWait', …)`.
 */
export function makePrenotes(file: AchFile, options: PrenoteOptions): Outcome {
  const problems = new Problems()
  const draft = draftOf(file, problems)
  if (!isCivilDate(options.effectiveEntryDate)) {
    problems.add('date.invalid', 'The effective entry date is not a day of the form YYYY-MM-DD')
  }
  if (!draft || !problems.isEmpty) return refusal(problems)
  const all = draft.batches.flatMap(({ entries }) => entries.map(({ record }) => traceOf(record)))
  const traces = new TraceNumbering(options.firstTraceSequence ?? sequenceAfter(all), problems)
  const batches = selected(draft.batches, options.select, problems).map(({ batch, entries }) => {
    const odfi = textOf(batch.header, odfiIdentification)
    const header = edited(
      batch.header,
      [
        [effectiveEntryDate, options.effectiveEntryDate],
        [settlementDate, ''],
      ],
      problems,
    )
    const prenotes = entries.map((entry) => prenoteOf(batch, entry, traces.take(odfi), problems))
    return { ...batch, header, entries: prenotes.filter((each) => each !== null), controlText: '' }
  })
  const header = stamped(draft.header, options, problems)
  return finished({ header, batches: numbered(batches, problems) }, problems, options)
}
