import type { Category } from '../addenda-kind.ts'
import { RECORD_LENGTH, type RecordLayout, type RecordValues } from '../field.ts'
import type { AchFile } from '../file.ts'
import { batchHeader } from '../records/batch-header.ts'
import { entryDetail } from '../records/entry-detail.ts'
import { checkDigitOf } from '../routing-number-problem.ts'
import { isCreditCode } from '../transaction-code.ts'
import { writeRecord } from '../write-field.ts'
import { finished, type OperationOptions } from './assemble.ts'
import { type BatchDraft, categoryOfDraft, draftOf, type EntryDraft, entryLayoutOf } from './draft.ts'
import { type FileParties, type FileStamp, stamped, swappedParties } from './file-stamp.ts'
import { bytesKey, numbered } from './join-batches.ts'
import { type Outcome, Problems, refusal } from './problem.ts'
import { type Changes, edited, fieldNamed, hasControlCharacter, TraceNumbering, textOf } from './record-edit.ts'
import { entryAt } from './selection.ts'

/** Which entry is answered, by its indexes in the file, from 0. */
export interface ReplyOrder {
  readonly batch: number
  readonly entry: number
}

/** The file that holds the answers. Its parties are those of the answered file the other way round. */
export interface ReplyOptions extends FileStamp, FileParties, OperationOptions {
  /** Last 7 digits of the first trace number; 1 when left out. A bank goes on counting through the day. */
  readonly firstTraceSequence?: number | undefined
}

/** An entry that is answered, and what its answer needs. */
export interface Answered<Order extends ReplyOrder> {
  readonly order: Order
  readonly batch: BatchDraft
  readonly entry: EntryDraft
  readonly category: Category
  readonly fileHeader: Uint8Array
  /** Trace number of the answer. */
  readonly trace: string
  readonly problems: Problems
}

/** An answer: changes to the copied entry and its batch, and its addenda. */
export interface Answer {
  readonly entry: Changes
  readonly addenda: readonly Uint8Array[]
  readonly header: Changes
  /** When the answer is of another SEC code. */
  readonly secCode?: BatchDraft['secCode']
}

const { rdfiIdentification, checkDigit, transactionCode, traceNumber, addendaRecordIndicator } = entryDetail.field
const { odfiIdentification, originatorStatusCode, settlementDate, serviceClassCode } = batchHeader.field

export function addendaRecord<Layout extends RecordLayout>(
  layout: Layout,
  values: RecordValues<Layout>,
  problems: Problems,
  place: EntryDraft['place'],
): Uint8Array {
  const record = new Uint8Array(RECORD_LENGTH)
  const misfits = new Set(writeRecord(record, 0, layout, values))
  for (const [name, value] of Object.entries<string | number>(values)) {
    const field = fieldNamed(layout, name)
    if (field && hasControlCharacter(value)) misfits.add(field)
  }
  for (const { name, length } of misfits) {
    problems.add('value.unfit', `The ${name} of the addenda does not fit its ${length} places`, place)
  }
  return record
}

/** The code of a return or notification for the code of an entry (reference 3.1): x1 for credits, x6 for debits. */
export function answerCode(code: number): number {
  return Math.floor(code / 10) * 10 + (isCreditCode(code) ? 1 : 6)
}

/** Entry and batch header as the bank that got the entry sends them back: banks swapped, new trace, status 1. */
function turned<Order extends ReplyOrder>(answered: Answered<Order>, { entry, addenda, header, secCode }: Answer) {
  const { batch, problems, trace } = answered
  const place = answered.entry.place
  const receiver = textOf(batch.header, odfiIdentification)
  const count = fieldNamed(entryLayoutOf(batch), 'numberOfAddenda')
  const record = edited(
    answered.entry.record,
    [
      [rdfiIdentification, receiver],
      [checkDigit, checkDigitOf(receiver)],
      [traceNumber, trace],
      [addendaRecordIndicator, addenda.length > 0 ? 1 : 0],
      ...(count ? [[count, addenda.length] as const] : []),
      ...entry,
    ],
    problems,
    place,
  )
  const headerChanges: Changes = [
    [odfiIdentification, textOf(answered.entry.record, rdfiIdentification)],
    [originatorStatusCode, '1'],
    [settlementDate, ''],
    ...header,
  ]
  return {
    header: edited(batch.header, headerChanges, problems, place),
    secCode: secCode ?? batch.secCode,
    entry: { record, addenda, place },
  }
}

/** Answers with equal headers stand in one batch, whose class follows from what is in it. */
function batched(answers: readonly (ReturnType<typeof turned> & { isIat: boolean })[], problems: Problems) {
  const batches = new Map<string, BatchDraft & { entries: EntryDraft[] }>()
  for (const { header, secCode, entry, isIat } of answers) {
    const key = `${entry.place.batch} ${bytesKey(header, 0, RECORD_LENGTH)}`
    const batch = batches.get(key) ?? { secCode, isIat, isAdv: false, header, entries: [], controlText: '' }
    batches.set(key, batch)
    batch.entries.push(entry)
  }
  return [...batches.values()].map((batch) => {
    const credits = batch.entries.filter(({ record }) => isCreditCode(Number(textOf(record, transactionCode)))).length
    const serviceClass = credits === 0 ? 225 : credits === batch.entries.length ? 220 : 200
    return { ...batch, header: edited(batch.header, [[serviceClassCode, serviceClass]], problems) }
  })
}

/**
 * Makes the file of answers to some entries of a file: for each order `answer` says what becomes of the copied entry,
 * null when it refused. Order is that of the orders.
 */
export function replyTo<Order extends ReplyOrder>(
  file: AchFile,
  orders: readonly Order[],
  options: ReplyOptions,
  answer: (answered: Answered<Order>) => Answer | null,
): Outcome {
  const problems = new Problems()
  const draft = draftOf(file, problems)
  if (!draft) return refusal(problems)
  const traces = new TraceNumbering(options.firstTraceSequence ?? 1, problems)
  const seen = new Set<string>()
  const answers = orders.flatMap((order) => {
    const found = entryAt(draft.batches, order, problems)
    if (!found) return []
    const { batch, entry } = found
    if (batch.isAdv) problems.add('batch.sec_excluded', 'Accounting advice (ADV) is not answered', entry.place)
    const key = `${order.batch} ${order.entry}`
    if (seen.has(key)) problems.add('entry.chosen_twice', 'The entry is answered twice', entry.place)
    seen.add(key)
    const trace = traces.take(textOf(entry.record, rdfiIdentification))
    const category = categoryOfDraft(entry)
    const answered = { order, batch, entry, category, fileHeader: draft.header, trace, problems }
    const made = answer(answered)
    return made ? [{ ...turned(answered, made), isIat: batch.isIat }] : []
  })
  const header = stamped(swappedParties(draft.header), options, problems, options)
  return finished({ header, batches: numbered(batched(answers, problems), problems) }, problems, options)
}

/** Refuses an entry that is not of the kind that is answered; true when it is. */
export function mustBe<Order extends ReplyOrder>(
  { category, entry, problems }: Answered<Order>,
  wanted: Category,
  message: string,
): boolean {
  if (category !== wanted) problems.add('entry.category', message, entry.place)
  return category === wanted
}
