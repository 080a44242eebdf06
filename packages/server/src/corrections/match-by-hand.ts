import type { Correction, CorrectionMatch } from '@fistworks/contract'
import { requirePerson } from '../ach-files/authors.ts'
import type { WriteContext } from '../context.ts'
import { recordEvent } from '../events/record-event.ts'
import { invalid, ProblemError } from '../problem-error.ts'
import { recipientStore } from '../recipients/store.ts'
import { findSentEntry, type SentEntry } from '../returns/match.ts'
import { scrubText } from '../telemetry/scrub.ts'
import { ALREADY_CHANGED, isAsPaid } from './as-paid.ts'
import { findCorrection, shownCorrection } from './service.ts'
import { correctionStore, correctionWriter } from './store.ts'
import type { CorrectionRow } from './table.ts'

/**
 * A person says which payment a correction is about that matched none by itself. It changes nobody: it is applied or
 * dismissed afterwards, like any other. The bank must have named the account that this payment went to.
 * @throws ProblemError `person-required`; `state-conflict` when it is matched or decided, names another account, or the
 * payment has this correction already
 */
export async function matchCorrection(ctx: WriteContext, id: string, input: CorrectionMatch): Promise<Correction> {
  requirePerson(ctx)
  const row = await findCorrection(ctx, id)
  refuseDecided(row)
  const sent = await findSentEntry(ctx.db, ctx.organizationId, input.entryId)
  if (sent === undefined) {
    const message = 'is no entry of a file that this organization submitted'
    throw invalid([{ pointer: '/entryId', code: 'not-found', message }])
  }
  refuseOtherAccount(row, sent)
  await refuseSecond(ctx, row, sent)
  const { achFileId, entryId, recipientId } = sent
  const recipient = await recipientStore(ctx.db, ctx.organizationId).find(recipientId)
  const differences = row.candidates.find((candidate) => candidate.entryId === entryId)?.differences ?? []
  const paid = { paidAccountIndex: sent.accountIndex, changes: named(row, sent), receivedAt: row.receivedAt }
  const isOpen = row.corrected === null || isAsPaid(paid, recipient)
  const values: Partial<CorrectionRow> = {
    achFileId,
    entryId,
    recipientId,
    matchedBy: 'person',
    unmatchedReason: null,
    candidates: [],
    originalTraceNumber: sent.traceNumber ?? row.originalTraceNumber,
    paidAccountIndex: paid.paidAccountIndex,
    changes: paid.changes,
    ...(isOpen ? {} : { state: 'alreadyChanged', problem: ALREADY_CHANGED }),
  }
  await correctionWriter(ctx.db, ctx.organizationId).change(row.id, values)
  await ctx.audit({
    action: 'correction.matched',
    targetType: 'correction',
    targetId: row.id,
    data: { achFileId, entryId, recipientId, code: row.code, reason: scrubText(input.reason), differences },
  })
  await recordEvent(ctx.db, ctx.organizationId, {
    type: 'correction.received',
    objectType: 'correction',
    objectId: row.id,
    status: values.state ?? row.state,
    at: ctx.now,
    about: { code: row.code, name: row.individualName, dueAt: row.dueOn, achFileId },
  })
  return shownCorrection(ctx, { ...row, ...values })
}

function refuseDecided({ entryId, state }: CorrectionRow): void {
  if (entryId !== null) throw new ProblemError('state-conflict', 'This correction is matched to a payment already.')
  if (state === 'open') return
  const detail = `This correction is ${state === 'dismissed' ? 'dismissed' : 'not about a recipient'}: nothing is left to match.`
  throw new ProblemError('state-conflict', detail)
}

/** Half of what is applied is what the bank says was paid, so a correction of another account would make a wrong one. */
function refuseOtherAccount({ accountIndex, candidates }: CorrectionRow, sent: SentEntry): void {
  if (accountIndex !== null && sent.accountIndex !== null) {
    if (Buffer.from(accountIndex).equals(Buffer.from(sent.accountIndex))) return
  } else {
    const compared = candidates.find(({ entryId }) => entryId === sent.entryId)
    const isOther = ({ field }: { field: string }) => field === 'accountNumber' || field === 'routingNumber'
    if (compared !== undefined && !compared.differences.some(isOther)) return
  }
  throw new ProblemError(
    'state-conflict',
    'The bank names another account than the one that this payment went to, so the correction is not about it. Ask your bank, or dismiss it and change the recipient by hand.',
  )
}

async function refuseSecond(ctx: WriteContext, { id, code }: CorrectionRow, { entryId }: SentEntry): Promise<void> {
  const others = await correctionStore(ctx.db, ctx.organizationId).ofEntry(entryId)
  const same = others.find((other) => other.id !== id && other.code === code && other.state !== 'dismissed')
  if (same === undefined) return
  throw new ProblemError('state-conflict', `This payment has a correction ${code} already (${same.id}).`)
}

/** Banks write names in capitals; what was paid we know better. */
function named({ changes }: CorrectionRow, { paidName }: SentEntry): CorrectionRow['changes'] {
  return changes.map((change) => (change.field === 'name' && paidName ? { ...change, before: paidName } : change))
}
