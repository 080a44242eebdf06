import type { Id, Return } from '@fistworks/contract'
import { deadline, isMissed, returnCode, returnDeadline } from '@fistworks/nacha'
import { newYorkTime } from '../ach-files/new-york-time.ts'
import type { ReadContext } from '../context.ts'
import { nextSteps } from './next-steps.ts'
import { notSentAgain } from './not-sent-again.ts'
import { type Reinitiations, reinitiationsOf, sendAgain } from './send-again.ts'
import { returnStore } from './store.ts'
import type { ReturnRow } from './table.ts'

const NOT_ASSIGNED = {
  reason: 'The code is not one of the network.',
  advice: 'Ask your bank what it means.',
  categories: [],
} as const
const ACKNOWLEDGED = {
  reason: 'The receiving bank has the payment and posted it.',
  advice: 'Nothing is to be done.',
  categories: [],
} as const

/** A return with its meaning, and what can be done about it today. */
export async function presentReturn(ctx: ReadContext, row: ReturnRow): Promise<Return> {
  const store = returnStore(ctx.db, ctx.organizationId)
  const retry = await store.retryOf(row.id)
  const past = await pastOf(ctx, row)
  const today = newYorkTime(ctx.now).date
  const allowed = past === null || row.kind !== 'return' || row.repeats !== null ? null : sendAgain(row, past, today)
  const never = allowed === null ? null : await notSentAgain(ctx.db, ctx.organizationId as Id<'org'>, row)
  const known = row.kind === 'acknowledgment' ? ACKNOWLEDGED : (returnCode(row.code) ?? NOT_ASSIGNED)
  return {
    type: 'return',
    id: row.id,
    kind: row.kind,
    code: row.code,
    reason: known.reason,
    advice: known.advice,
    categories: [...known.categories],
    inboundFileId: row.inboundFileId,
    bankConnectionId: row.bankConnectionId,
    achFileId: row.achFileId,
    entryId: row.entryId,
    recipientId: row.recipientId,
    matchedBy: row.matchedBy,
    unmatched: row.unmatchedReason === null ? null : { reason: row.unmatchedReason, candidates: row.candidates },
    differences: row.differences,
    repeats: row.repeats,
    answers: row.answers,
    isPrenote: row.kind === 'return' && row.amountCents === 0,
    recipientName: row.individualName,
    accountNumberLast4: row.accountNumberLast4,
    amountCents: row.amountCents,
    direction: row.direction,
    secCode: row.secCode,
    originalTraceNumber: row.originalTraceNumber,
    information: row.information,
    dateOfDeath: row.dateOfDeath,
    returnedOn: row.returnedOn,
    deadline: deadlineOf(row, past),
    dishonorBy: row.kind === 'return' ? (deadline('dishonor', row.returnedOn)?.date ?? null) : null,
    sendAgain: never ?? allowed,
    nextSteps: nextSteps({
      kind: row.kind,
      code: row.code,
      isMatched: row.entryId !== null,
      isRepeated: row.repeats !== null,
      sendAgain: never ?? allowed,
      isRetried: retry !== undefined,
      isSettled: never !== null,
    }),
    retriedBy: retry?.achFileId ?? null,
    receivedAt: row.receivedAt,
  }
}

async function pastOf(ctx: ReadContext, row: ReturnRow): Promise<Reinitiations | null> {
  if (row.achFileId === null || row.entryId === null) return null
  return reinitiationsOf(ctx.db, ctx.organizationId as Id<'org'>, { achFileId: row.achFileId, entryId: row.entryId })
}

/** Only a return of a payment is counted from what we know; the others from days that the banks alone know. */
function deadlineOf(row: ReturnRow, past: Reinitiations | null): Return['deadline'] {
  if (row.kind !== 'return' || past === null || past.count > 0) return null
  const due = returnDeadline(row.code, { settledOn: past.settledOn })
  return due === null ? null : { date: due.date, wasMissed: isMissed(due, row.returnedOn) }
}
