import { julianDay } from '../calendar/julian-day.ts'
import { type CivilDate, isCivilDate } from '../civil-date.ts'
import type { AchFile } from '../file.ts'
import { addenda99, addenda99Dishonored } from '../records/addenda-99.ts'
import { batchHeader } from '../records/batch-header.ts'
import { returnCode } from '../return-code.ts'
import { returnDeadline } from '../return-code-deadline.ts'
import type { Outcome } from './problem.ts'
import { textOf, traceOf } from './record-edit.ts'
import {
  type Answer,
  type Answered,
  addendaRecord,
  mustBe,
  type ReplyOptions,
  type ReplyOrder,
  replyTo,
} from './reply.ts'
import { type AnswerDay, refuseMissed } from './reply-time.ts'
import { createdOn, settledOn } from './settlement.ts'

export interface DishonorOrder extends ReplyOrder, AnswerDay {
  /** R61, R62, R67 to R70. */
  readonly code: string
  /** R69 only: which fields of the return are wrong, '01' account to '07' effective entry date. */
  readonly wrongFields?: readonly string[] | undefined
  /** Up to 21 characters, but for R69. */
  readonly information?: string | undefined
  /** When the return settled; from its batch header when left out. */
  readonly settledOn?: CivilDate | undefined
}

/** Julian day of a settlement: given, or as the Operator filled it in; '' when neither. */
export function julianOf(given: CivilDate | undefined, header: Uint8Array): string {
  if (given !== undefined && isCivilDate(given)) return julianDay(given)
  return given === undefined ? textOf(header, batchHeader.field.settlementDate) : ''
}

/** The last addenda of a return, dishonored return or notification: what it says. */
export function lastAddenda({ entry }: Answered<ReplyOrder>): Uint8Array {
  const record = entry.addenda.at(-1)
  if (!record) throw new Error('what a bank answers has an addenda')
  return record
}

function informationOf({ order, entry, problems }: Answered<DishonorOrder>): string {
  const fields = order.wrongFields ?? []
  if (order.code !== 'R69') {
    if (fields.length > 0) problems.add('code.unsuitable', 'Wrong fields are listed with R69 only', entry.place)
    return order.information ?? ''
  }
  const isList = fields.length > 0 && fields.every((each) => /^0[1-7]$/.test(each))
  if (!isList) problems.add('value.missing', 'R69 lists the wrong fields, 01 to 07', entry.place)
  return fields.join('*')
}

function answer(answered: Answered<DishonorOrder>): Answer | null {
  const { order, batch, entry, fileHeader, problems, trace } = answered
  if (!mustBe(answered, 'return', 'Only a return is dishonored')) return null
  if (batch.isIat) problems.add('batch.sec_excluded', 'A return of IAT is never dishonored', entry.place)
  if (returnCode(order.code)?.kind !== 'dishonored') {
    problems.add('code.unsuitable', 'A return is dishonored with R61, R62 or R67 to R70', entry.place)
  }
  const julian = julianOf(order.settledOn, batch.header)
  if (!/^\d{3}$/.test(julian)) problems.add('value.missing', 'Give settledOn: when the return settled', entry.place)
  const settled = order.settledOn ?? settledOn(batch, createdOn(fileHeader))
  if (settled !== null && isCivilDate(settled)) {
    const due = returnDeadline(order.code, { settledOn: settled })
    refuseMissed('The dishonored return', order, due, problems, entry.place)
  }
  const said = lastAddenda(answered)
  const { field } = addenda99
  const values = {
    dishonoredReturnReasonCode: order.code,
    originalTraceNumber: textOf(said, field.originalTraceNumber),
    originalRdfiIdentification: textOf(said, field.originalRdfiIdentification),
    returnTraceNumber: traceOf(entry.record),
    returnSettlementDate: julian || '000',
    returnReasonCode: textOf(said, field.returnReasonCode).slice(1),
    addendaInformation: informationOf(answered),
    traceNumber: trace,
  }
  return { entry: [], addenda: [addendaRecord(addenda99Dishonored, values, problems, entry.place)], header: [] }
}

/**
 * Sends returns back to the banks that made them (reference 8.12, 4.5): banks swapped again, the original copied from the
 * return, its settlement as a Julian day. Not for IAT. With `on` it must be within 5 banking days after that settlement.
 */
export function dishonorReturns(file: AchFile, orders: readonly DishonorOrder[], options: ReplyOptions): Outcome {
  return replyTo(file, orders, options, answer)
}
