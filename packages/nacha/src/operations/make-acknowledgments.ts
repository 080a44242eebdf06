import type { CivilDate } from '../civil-date.ts'
import type { AchFile } from '../file.ts'
import { addenda05 } from '../records/addenda-05.ts'
import { batchHeader } from '../records/batch-header.ts'
import { entryAcknowledgment } from '../records/entry-acknowledgment.ts'
import { entryAtx } from '../records/entry-atx.ts'
import { entryDetail } from '../records/entry-detail.ts'
import type { Outcome } from './problem.ts'
import { type Changes, numberOf, textOf, traceOf } from './record-edit.ts'
import {
  type Answer,
  type Answered,
  addendaRecord,
  mustBe,
  type ReplyOptions,
  type ReplyOrder,
  replyTo,
} from './reply.ts'

export interface AcknowledgmentOrder extends ReplyOrder {
  /** One REF segment for an addenda 05, up to 80 characters. */
  readonly text?: string | undefined
}

export interface AcknowledgmentOptions extends ReplyOptions {
  /** The acknowledgments are entries of their own and have a day of their own. */
  readonly effectiveEntryDate: CivilDate
}

export interface AcknowledgmentRefusal extends ReplyOrder {
  /** A1 misrouted, A2 wrong trace number, A3 wrong company identification. */
  readonly code: 'A1' | 'A2' | 'A3'
}

const { transactionCode, amount, discretionaryData } = entryDetail.field
const { standardEntryClassCode, effectiveEntryDate } = batchHeader.field
/** Credits of demand and savings accounts are acknowledged with the zero-dollar code of the account. */
const CODE_OF: ReadonlyMap<number, number> = new Map([
  [22, 24],
  [32, 34],
])

function acknowledgedCode({ batch, entry, problems }: Answered<ReplyOrder>): number {
  const code = CODE_OF.get(numberOf(entry.record, transactionCode))
  if (batch.secCode !== 'CCD' && batch.secCode !== 'CTX') {
    problems.add('batch.sec_excluded', 'Only CCD and CTX credits are acknowledged', entry.place)
  } else if (code === undefined) {
    problems.add('entry.transaction_code', 'Only credits of 22 and 32 are acknowledged', entry.place)
  } else if (textOf(entry.record, discretionaryData) !== 'AK') {
    problems.add('value.missing', 'Nobody asks for an acknowledgment: positions 77-78 are not AK', entry.place)
  }
  return code ?? 24
}

function acknowledge(answered: Answered<AcknowledgmentOrder>, date: CivilDate): Answer | null {
  const { order, batch, entry, trace, problems } = answered
  if (!mustBe(answered, 'forward', 'Only a payment is acknowledged')) return null
  const code = acknowledgedCode(answered)
  const secCode = batch.secCode === 'CTX' ? 'ATX' : 'ACK'
  const { originalEntryTraceNumber } = secCode === 'ATX' ? entryAtx.field : entryAcknowledgment.field
  const changes: Changes = [
    [transactionCode, code],
    [amount, 0],
    [originalEntryTraceNumber, traceOf(entry.record)],
    [discretionaryData, ''],
  ]
  const remark = order.text
  const values = { addendaSequenceNumber: 1, entryDetailSequenceNumber: trace.slice(8) }
  const addenda =
    remark === undefined
      ? []
      : [addendaRecord(addenda05, { ...values, paymentRelatedInformation: remark }, problems, entry.place)]
  const header: Changes = [
    [standardEntryClassCode, secCode],
    [effectiveEntryDate, date],
  ]
  return { entry: changes, addenda, header, secCode }
}

/**
 * Acknowledges CCD and CTX credits that ask for it (`AK`) as ACK and ATX (reference 8.15): amount zero, code 24 or 34, the
 * trace number of the payment as its identification.
 */
export function makeAcknowledgments(
  file: AchFile,
  orders: readonly AcknowledgmentOrder[],
  options: AcknowledgmentOptions,
): Outcome {
  return replyTo(file, orders, options, (answered) => acknowledge(answered, options.effectiveEntryDate))
}

function refuse(answered: Answered<AcknowledgmentRefusal>, date: CivilDate): Answer | null {
  const { order, batch, entry, problems } = answered
  if (batch.secCode !== 'ACK' && batch.secCode !== 'ATX') {
    problems.add('batch.sec_excluded', 'Only ACK and ATX entries are refused in this way', entry.place)
    return null
  }
  if (/^A[1-3]$/.test(textOf(entry.record, discretionaryData))) {
    problems.add('entry.category', 'The acknowledgment is itself a refusal', entry.place)
  }
  return { entry: [[discretionaryData, order.code]], addenda: [], header: [[effectiveEntryDate, date]] }
}

/** Sends acknowledgments back as refused, with A1, A2 or A3 in positions 77-78; due 15 calendar days after receipt. */
export function refuseAcknowledgments(
  file: AchFile,
  orders: readonly AcknowledgmentRefusal[],
  options: AcknowledgmentOptions,
): Outcome {
  return replyTo(file, orders, options, (answered) => refuse(answered, options.effectiveEntryDate))
}
