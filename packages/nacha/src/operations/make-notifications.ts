import { deadline } from '../calendar/deadline.ts'
import { changeCodeProblem } from '../change-code.ts'
import { isCivilDate } from '../civil-date.ts'
import { type CorrectedData, formatCorrectedData } from '../corrected-data.ts'
import type { AchFile } from '../file.ts'
import { addenda98, addenda98Iat } from '../records/addenda-98.ts'
import { batchHeader } from '../records/batch-header.ts'
import { batchHeaderIat } from '../records/batch-header-iat.ts'
import { entryDetail } from '../records/entry-detail.ts'
import type { Outcome } from './problem.ts'
import { type Changes, numberOf, textOf, traceOf } from './record-edit.ts'
import {
  type Answer,
  type Answered,
  addendaRecord,
  answerCode,
  mustBe,
  type ReplyOptions,
  type ReplyOrder,
  replyTo,
} from './reply.ts'
import { type AnswerDay, refuseMissed } from './reply-time.ts'
import { createdOn, settledOn } from './settlement.ts'

export interface NotificationOrder extends ReplyOrder, AnswerDay {
  /** The change code with what is right. */
  readonly correction: CorrectedData
}

const { transactionCode, amount, rdfiIdentification } = entryDetail.field

function refuseUnsuitable({ order, batch, entry, fileHeader, problems }: Answered<NotificationOrder>): void {
  const on = order.on ?? createdOn(fileHeader)
  if (on === null || !isCivilDate(on)) return
  const problem = changeCodeProblem(order.correction.changeCode, { isIat: batch.isIat, on })
  if (problem !== null) problems.add('code.unsuitable', problem, entry.place)
  const settled = settledOn(batch, createdOn(fileHeader))
  if (settled !== null) refuseMissed('The notification', order, deadline('noc', settled), problems, entry.place)
}

function answer(answered: Answered<NotificationOrder>): Answer | null {
  const { order, batch, entry, problems, trace } = answered
  if (!mustBe(answered, 'forward', 'A notification of change is about a payment')) return null
  refuseUnsuitable(answered)
  const formatted = formatCorrectedData(order.correction, { isIat: batch.isIat })
  if (!formatted.ok) problems.add('value.unfit', `Corrected data: ${formatted.problem.message}`, entry.place)
  const values = {
    changeCode: order.correction.changeCode,
    originalTraceNumber: traceOf(entry.record),
    originalRdfiIdentification: textOf(entry.record, rdfiIdentification),
    correctedData: formatted.ok ? formatted.text.trimEnd() : '',
    traceNumber: trace,
  }
  const layout = batch.isIat ? addenda98Iat : addenda98
  const header: Changes = [
    [batchHeader.field.standardEntryClassCode, 'COR'],
    ...(batch.isIat ? [[batchHeaderIat.field.iatIndicator, 'IATCOR'] as const] : []),
  ]
  const code = answerCode(numberOf(entry.record, transactionCode))
  const entryChanges: Changes = [
    [transactionCode, code],
    [amount, 0],
  ]
  return {
    entry: entryChanges,
    addenda: [addendaRecord(layout, values, problems, entry.place)],
    header,
    secCode: 'COR',
  }
}

/**
 * Notifies of changes as receiving banks do (reference 8.13, 4.6): SEC code COR (IATCOR for IAT), amount zero, the
 * corrected data at the positions of its code. With `on` it must be within 2 banking days after settlement.
 */
export function makeNotifications(file: AchFile, orders: readonly NotificationOrder[], options: ReplyOptions): Outcome {
  return replyTo(file, orders, options, answer)
}
