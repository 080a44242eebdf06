import type { Correction } from '@fistworks/contract'
import { changeCode } from '@fistworks/nacha'
import { newYorkTime } from '../ach-files/new-york-time.ts'
import type { RecipientRow } from '../recipients/table.ts'
import { ALREADY_CHANGED, isAsPaid } from './as-paid.ts'
import type { CorrectionRow } from './table.ts'

const NOT_ASSIGNED = { reason: 'The code is not one of the network.', advice: 'Ask your bank what it means.' }

/** @param recipient the one that was paid, as it is now */
export function presentCorrection(row: CorrectionRow, recipient: RecipientRow | undefined, now: Date): Correction {
  const known = changeCode(row.code) ?? NOT_ASSIGNED
  const isStale =
    row.state === 'open' && row.corrected !== null && row.recipientId !== null && !isAsPaid(row, recipient)
  const state = isStale ? 'alreadyChanged' : row.state
  return {
    type: 'correction',
    id: row.id,
    code: row.code,
    reason: known.reason,
    advice: known.advice,
    state,
    problem: isStale ? ALREADY_CHANGED : row.problem,
    inboundFileId: row.inboundFileId,
    bankConnectionId: row.bankConnectionId,
    achFileId: row.achFileId,
    entryId: row.entryId,
    recipientId: row.recipientId,
    recipientName: recipient?.name ?? row.individualName,
    matchedBy: row.matchedBy,
    unmatched: row.unmatchedReason === null ? null : { reason: row.unmatchedReason, candidates: row.candidates },
    changes: row.changes,
    originalTraceNumber: row.originalTraceNumber,
    receivedAt: row.receivedAt,
    dueOn: row.dueOn,
    isOverdue: state === 'open' && newYorkTime(now).date > row.dueOn,
    decidedBy: row.decidedBy,
    decidedAt: row.decidedAt,
    decisionReason: row.decisionReason,
  }
}
