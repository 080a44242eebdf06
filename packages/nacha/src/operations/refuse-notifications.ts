import { deadline } from '../calendar/deadline.ts'
import { changeCodeKind } from '../change-code-kind.ts'
import { type CivilDate, isCivilDate } from '../civil-date.ts'
import type { AchFile } from '../file.ts'
import { addenda98, addenda98Refused } from '../records/addenda-98.ts'
import { lastAddenda } from './dishonor-returns.ts'
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

export interface RefusalOrder extends ReplyOrder, AnswerDay {
  /** C61 to C69. */
  readonly code: string
  /** When the notification came; the refusal is due 15 calendar days after. */
  readonly receivedOn?: CivilDate | undefined
}

const { field } = addenda98

function answer(answered: Answered<RefusalOrder>): Answer | null {
  const { order, batch, entry, problems, trace } = answered
  if (!mustBe(answered, 'noc', 'Only a notification of change is refused')) return null
  if (batch.isIat) problems.add('batch.sec_excluded', 'A notification for IAT is never refused', entry.place)
  if (changeCodeKind(order.code) !== 'refused') {
    problems.add('code.unsuitable', 'A notification is refused with C61 to C69', entry.place)
  }
  if (order.receivedOn !== undefined && isCivilDate(order.receivedOn)) {
    refuseMissed('The refusal', order, deadline('nocRefuse', order.receivedOn), problems, entry.place)
  }
  const said = lastAddenda(answered)
  const values = {
    refusedChangeCode: order.code,
    originalTraceNumber: textOf(said, field.originalTraceNumber),
    originalRdfiIdentification: textOf(said, field.originalRdfiIdentification),
    correctedData: textOf(said, field.correctedData),
    changeCode: textOf(said, field.changeCode),
    traceSequenceNumber: traceOf(entry.record).slice(8),
    traceNumber: trace,
  }
  return { entry: [], addenda: [addendaRecord(addenda98Refused, values, problems, entry.place)], header: [] }
}

/**
 * Refuses notifications of change (reference 8.13): the notification is copied, its change code and the last 7 digits of
 * its trace number are added. Not for IAT. With `on` and `receivedOn` it must be within 15 calendar days.
 */
export function refuseNotifications(file: AchFile, orders: readonly RefusalOrder[], options: ReplyOptions): Outcome {
  return replyTo(file, orders, options, answer)
}
