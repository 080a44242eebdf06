import { RecipientUpdate } from '@fistworks/contract'
import * as z from 'zod/mini'
import { keptActor } from '../ach-files/draft.ts'
import type { WriteContext } from '../context.ts'
import { recordEvent } from '../events/record-event.ts'
import { ProblemError } from '../problem-error.ts'
import { updateRecipient } from '../recipients/service.ts'
import { recipientStore } from '../recipients/store.ts'
import { ALREADY_CHANGED, isAsPaid } from './as-paid.ts'
import { correctionWriter } from './store.ts'
import type { CorrectionRow } from './table.ts'

/**
 * Makes the recipient what the bank says it is. Files in preparation that pay it become drafts again, and whoever
 * applies is an author of them, as with any changed account.
 * @param reason of a person; `null` by rule
 * @throws ProblemError `state-conflict` when it is not open, matches nothing, cannot be read, or the recipient is not
 * what was paid any more
 */
export async function applyCorrection(
  ctx: WriteContext,
  row: CorrectionRow,
  reason: string | null,
): Promise<CorrectionRow> {
  const { corrected, recipientId } = openCorrection(row)
  const recipient = await recipientStore(ctx.db, ctx.organizationId).find(recipientId)
  if (!isAsPaid(row, recipient)) throw new ProblemError('state-conflict', ALREADY_CHANGED)
  const text = ctx.vault.openText({ table: 'corrections', column: 'corrected', row: row.id }, corrected).reveal()
  const input = z.parse(RecipientUpdate, { ...JSON.parse(text), allowDuplicate: true })
  await updateRecipient(ctx, recipientId, input)
  const values = {
    state: 'applied' as const,
    decidedBy: keptActor(ctx.actor),
    decidedAt: ctx.now.toISOString(),
    decisionReason: reason,
  }
  await correctionWriter(ctx.db, ctx.organizationId).change(row.id, values)
  const { code, changes, entryId } = row
  await ctx.audit({
    action: 'correction.applied',
    targetType: 'correction',
    targetId: row.id,
    data: { code, recipientId, entryId, changes },
  })
  await recordEvent(ctx.db, ctx.organizationId, {
    type: 'correction.applied',
    objectType: 'correction',
    objectId: row.id,
    status: 'applied',
    at: ctx.now,
    about: { code, name: row.individualName },
  })
  return { ...row, ...values }
}

/** @throws ProblemError `state-conflict` */
function openCorrection({ state, corrected, recipientId, problem, unmatchedReason }: CorrectionRow) {
  if (state !== 'open') throw new ProblemError('state-conflict', `A correction that is ${state} cannot be applied.`)
  if (unmatchedReason !== null || recipientId === null) {
    throw new ProblemError(
      'state-conflict',
      'It matches no payment of yours, so it is not known whose account it is about. Ask your bank, or dismiss it.',
    )
  }
  if (corrected === null) {
    throw new ProblemError(
      'state-conflict',
      `It cannot be applied as it is: ${problem ?? 'its data cannot be read.'} Change the recipient by hand, then dismiss it.`,
    )
  }
  return { corrected, recipientId }
}
