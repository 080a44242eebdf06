import { type CivilDate, isCivilDate } from '../civil-date.ts'
import type { AchFile } from '../file.ts'
import { addenda99Contested, addenda99Dishonored } from '../records/addenda-99.ts'
import { returnCode } from '../return-code.ts'
import { returnDeadline } from '../return-code-deadline.ts'
import { julianOf, lastAddenda } from './dishonor-returns.ts'
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

export interface ContestOrder extends ReplyOrder, AnswerDay {
  /** R71 to R77. */
  readonly code: string
  /** R73 must give both: when the original entry was returned, and when it had settled. */
  readonly returnedOn?: CivilDate | undefined
  readonly originalSettledOn?: CivilDate | undefined
  /** When the dishonored return settled; from its batch header when left out. */
  readonly settledOn?: CivilDate | undefined
}

const { field } = addenda99Dishonored

function refuseUnsuitable({ order, entry, problems }: Answered<ContestOrder>, dishonor: string): void {
  const row = returnCode(order.code)
  if (row?.kind !== 'contested') {
    problems.add('code.unsuitable', 'A dishonored return is contested with R71 to R77', entry.place)
  } else if (row.answers !== null && row.answers !== dishonor) {
    problems.add('code.unsuitable', `${order.code} answers ${row.answers}, this is ${dishonor}`, entry.place)
  }
  if (order.code === 'R73' && (order.returnedOn === undefined || order.originalSettledOn === undefined)) {
    problems.add(
      'value.missing',
      'R73 proves with returnedOn and originalSettledOn that the return was in time',
      entry.place,
    )
  }
}

function answer(answered: Answered<ContestOrder>): Answer | null {
  const { order, batch, entry, fileHeader, problems, trace } = answered
  if (!mustBe(answered, 'dishonored', 'Only a dishonored return is contested')) return null
  const said = lastAddenda(answered)
  const dishonor = textOf(said, field.dishonoredReturnReasonCode)
  refuseUnsuitable(answered, dishonor)
  const julian = julianOf(order.settledOn, batch.header)
  if (!/^\d{3}$/.test(julian)) {
    problems.add('value.missing', 'Give settledOn: when the dishonored return settled', entry.place)
  }
  const settled = order.settledOn ?? settledOn(batch, createdOn(fileHeader))
  if (settled !== null && isCivilDate(settled)) {
    const due = returnDeadline(order.code, { settledOn: settled })
    refuseMissed('The contested return', order, due, problems, entry.place)
  }
  const values = {
    contestedReturnReasonCode: order.code,
    originalTraceNumber: textOf(said, field.originalTraceNumber),
    dateOriginalEntryReturned: order.returnedOn ?? '',
    originalRdfiIdentification: textOf(said, field.originalRdfiIdentification),
    originalSettlementDate:
      order.originalSettledOn === undefined ? '' : julianOf(order.originalSettledOn, batch.header),
    returnTraceNumber: textOf(said, field.returnTraceNumber),
    returnSettlementDate: textOf(said, field.returnSettlementDate),
    returnReasonCode: textOf(said, field.returnReasonCode),
    dishonoredReturnTraceNumber: traceOf(entry.record),
    dishonoredReturnSettlementDate: julian || '000',
    dishonoredReturnReasonCode: dishonor.slice(1),
    traceNumber: trace,
  }
  return { entry: [], addenda: [addendaRecord(addenda99Contested, values, problems, entry.place)], header: [] }
}

/**
 * Answers dishonored returns (reference 8.12, 4.5), after which the matter leaves the network: all three trace numbers and
 * settlement days are filled in. With `on` it must be within 2 banking days after the dishonored return settled.
 */
export function contestDishonoredReturns(
  file: AchFile,
  orders: readonly ContestOrder[],
  options: ReplyOptions,
): Outcome {
  return replyTo(file, orders, options, answer)
}
