import type { Id } from '@fistworks/contract'
import type { DraftBatch } from '../ach-files/draft.ts'
import { readDraft } from '../ach-files/read-draft.ts'
import type { WriteContext } from '../context.ts'
import { ProblemError } from '../problem-error.ts'
import { reinitiationsOf, sendAgain } from './send-again.ts'
import { returnStore } from './store.ts'

/**
 * A draft that sends a returned payment again keeps what the rules want kept; only its date may be another.
 * @throws ProblemError `state-conflict`
 */
export async function refuseChangedRetry(
  ctx: WriteContext,
  achFileId: Id<'ach'>,
  batches: readonly DraftBatch[],
): Promise<void> {
  const returnId = await returnStore(ctx.db, ctx.organizationId).retriedBy(achFileId)
  if (returnId === null) return
  const before = await readDraft(ctx, achFileId)
  const isKept = JSON.stringify(batches.map(kept)) === JSON.stringify(before.batches.map(kept))
  if (isKept) return refuseLate(ctx, returnId, batches[0]?.effectiveDate)
  throw new ProblemError(
    'state-conflict',
    `This draft sends a returned payment (${returnId}) again, so only its date may be changed: cancel it to pay otherwise.`,
  )
}

/** The rules end some days after the payment; a date past that is refused as it would have been at first. */
async function refuseLate(ctx: WriteContext, returnId: Id<'ret'>, on: string | undefined): Promise<void> {
  const row = await returnStore(ctx.db, ctx.organizationId).find(returnId)
  if (row === undefined || row.achFileId === null || row.entryId === null || on === undefined) return
  const { achFileId, entryId } = row
  const rule = sendAgain(row, await reinitiationsOf(ctx.db, ctx.organizationId, { achFileId, entryId }), on)
  if (rule.answer === 'no') throw new ProblemError('state-conflict', `It cannot be sent on ${on}. ${rule.why}.`)
}

function kept({ bankAccountId, secCode, companyEntryDescription, entries }: DraftBatch) {
  const paid = entries.map(({ recipientId, amountCents, direction }) => [recipientId, amountCents, direction])
  return [bankAccountId, secCode, companyEntryDescription, paid]
}
