import type { Difference, Return, ReturnMatch } from '@fistworks/contract'
import type { WriteContext } from '../context.ts'
import { recordEvent } from '../events/record-event.ts'
import { invalid, ProblemError } from '../problem-error.ts'
import { scrubText } from '../telemetry/scrub.ts'
import { differencesFromKept } from './differences.ts'
import { findSentEntry } from './match.ts'
import { presentReturn } from './present.ts'
import { findReturn } from './service.ts'
import { returnStore, returnWriter } from './store.ts'

/**
 * A person says which payment a return is about that matched none by itself.
 * @throws ProblemError `person-required`; `state-conflict` when it is matched, the entry came back before, or goes the
 * other way; `validation-failed` when they differ in something that was not accepted
 */
export async function matchReturn(ctx: WriteContext, id: string, input: ReturnMatch): Promise<Return> {
  if (!ctx.isPerson) {
    throw new ProblemError('person-required', 'Only a signed-in person can say which payment a return is about.')
  }
  const row = await findReturn(ctx, id)
  if (row.entryId !== null) {
    throw new ProblemError('state-conflict', 'This return is matched to a payment already.')
  }
  const sent = await findSentEntry(ctx.db, ctx.organizationId, input.entryId)
  if (sent === undefined) {
    const message = 'is no entry of a file that this organization submitted'
    throw invalid([{ pointer: '/entryId', code: 'not-found', message }])
  }
  if (sent.direction !== row.direction) {
    const detail = `The return is of a ${row.direction}, and this entry is a ${sent.direction}.`
    throw new ProblemError('state-conflict', detail)
  }
  const store = returnStore(ctx.db, ctx.organizationId)
  const [before] = row.kind === 'return' ? await store.firstOfEntries([sent.entryId]) : []
  if (before !== undefined) {
    throw new ProblemError('state-conflict', `This entry came back already (${before.id}): an entry comes back once.`)
  }
  const differences = differencesFromKept(row, sent)
  refuseUnseen(differences, input)
  const { achFileId, entryId, recipientId } = sent
  const values = {
    achFileId,
    entryId,
    recipientId,
    matchedBy: 'person' as const,
    unmatchedReason: null,
    originalTraceNumber: sent.traceNumber ?? row.originalTraceNumber,
    differences,
    candidates: [],
  }
  await returnWriter(ctx.db, ctx.organizationId).change(row.id, values)
  await ctx.audit({
    action: 'return.matched',
    targetType: 'return',
    targetId: row.id,
    data: { achFileId, entryId, code: row.code, reason: scrubText(input.reason), differences: values.differences },
  })
  await recordEvent(ctx.db, ctx.organizationId, {
    type: 'return.received',
    objectType: 'return',
    objectId: row.id,
    status: row.kind,
    at: ctx.now,
    about: { code: row.code, name: row.individualName, achFileId, amountCents: row.amountCents },
  })
  return presentReturn(ctx, { ...row, ...values })
}

/** What does not fit is matched only by somebody who was told what it is. */
function refuseUnseen(differences: readonly Difference[], { acceptDifferences }: ReturnMatch): void {
  if (differences.length === 0 || acceptDifferences === true) return
  const what = differences.map(({ message, ours, banks }) => `${message} (ours ${ours}, the bank’s ${banks})`).join(' ')
  const message = `must be true when what the bank says does not fit the payment. ${what}`
  throw invalid([{ pointer: '/acceptDifferences', code: 'differs', message }])
}
