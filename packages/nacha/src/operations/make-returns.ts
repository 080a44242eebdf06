import { addendaTypeAt } from '../addenda-kind.ts'
import type { CivilDate } from '../civil-date.ts'
import type { AchFile } from '../file.ts'
import { addenda99, addenda99Iat } from '../records/addenda-99.ts'
import { entryDetail } from '../records/entry-detail.ts'
import { returnCode, returnCodeProblem } from '../return-code.ts'
import { returnDeadline } from '../return-code-deadline.ts'
import { isCreditCode } from '../transaction-code.ts'
import type { Outcome } from './problem.ts'
import { numberOf, retracedAddenda, textOf, traceOf } from './record-edit.ts'
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

export interface ReturnOrder extends ReplyOrder, AnswerDay {
  /** R01 to R53, R80 to R85, R90. */
  readonly code: string
  /** Up to 44 characters (IAT 34): R17 names the field that could not be processed, or says QUESTIONABLE. */
  readonly information?: string | undefined
  /** R14 and R15 only. */
  readonly dateOfDeath?: CivilDate | undefined
  /** When the entry settled; worked out from its batch header when left out. */
  readonly settledOn?: CivilDate | undefined
  readonly statementCheckedOn?: CivilDate | undefined
  readonly refusedOn?: CivilDate | undefined
}

const { transactionCode, amount, rdfiIdentification } = entryDetail.field

function refuseUnsuitable({ order, batch, entry, problems }: Answered<ReturnOrder>): void {
  const direction = isCreditCode(numberOf(entry.record, transactionCode)) ? 'credit' : 'debit'
  const problem = returnCodeProblem(order.code, { secCode: batch.secCode, direction })
  const isReturn = returnCode(order.code)?.kind === 'return'
  const isDeath = order.code === 'R14' || order.code === 'R15'
  if (problem !== null) problems.add('code.unsuitable', problem, entry.place)
  else if (!isReturn) problems.add('code.unsuitable', `${order.code} answers a return, not a payment`, entry.place)
  if (isDeath !== (order.dateOfDeath !== undefined)) {
    const message = isDeath ? `${order.code} comes with the date of death` : 'A date of death is for R14 and R15 only'
    problems.add('value.missing', message, entry.place)
  }
  if (order.code === 'R17' && !order.information) {
    problems.add('value.missing', 'R17 names the field that could not be processed, or says QUESTIONABLE', entry.place)
  }
}

function refuseLateReturn({ order, batch, entry, fileHeader, problems }: Answered<ReturnOrder>): void {
  const settled = order.settledOn ?? settledOn(batch, createdOn(fileHeader))
  if (settled === null || returnCode(order.code) === null) return
  const { statementCheckedOn, refusedOn } = order
  const dates = {
    settledOn: settled,
    ...(statementCheckedOn === undefined ? {} : { statementCheckedOn }),
    ...(refusedOn === undefined ? {} : { refusedOn }),
  }
  refuseMissed(`A return with ${order.code}`, order, returnDeadline(order.code, dates), problems, entry.place)
}

/** IAT keeps 10 to 16 and says its forward amount; of any other entry no addenda comes back. */
function returnAddenda({ order, batch, entry, trace, problems }: Answered<ReturnOrder>): Uint8Array[] {
  const same = {
    returnReasonCode: order.code,
    originalTraceNumber: traceOf(entry.record),
    dateOfDeath: order.dateOfDeath ?? '',
    originalRdfiIdentification: textOf(entry.record, rdfiIdentification),
    addendaInformation: order.information ?? '',
    traceNumber: trace,
  }
  if (!batch.isIat) return [addendaRecord(addenda99, same, problems, entry.place)]
  const kept = entry.addenda.filter((record) => addendaTypeAt(record, 0) <= 16)
  const originalForwardAmount = textOf(entry.record, amount)
  const context = { isIat: true, isMte: false }
  return [
    ...retracedAddenda(kept, trace, context, problems),
    addendaRecord(addenda99Iat, { ...same, originalForwardAmount }, problems, entry.place),
  ]
}

function answer(answered: Answered<ReturnOrder>): Answer | null {
  if (!mustBe(answered, 'forward', 'Only a payment is returned')) return null
  if (answered.batch.secCode === 'COR') {
    answered.problems.add(
      'batch.sec_excluded',
      'A notification of change is refused, not returned',
      answered.entry.place,
    )
    return null
  }
  refuseUnsuitable(answered)
  refuseLateReturn(answered)
  const code = answerCode(numberOf(answered.entry.record, transactionCode))
  return { entry: [[transactionCode, code]], addenda: returnAddenda(answered), header: [] }
}

/**
 * Returns entries as their receiving banks do (reference 8.11): batch header copied, banks swapped, codes x1 and x6, amount,
 * account and texts kept, an addenda 99 with the original trace number. With `on` the deadline of the code is held.
 */
export function makeReturns(file: AchFile, orders: readonly ReturnOrder[], options: ReplyOptions): Outcome {
  return replyTo(file, orders, options, answer)
}
