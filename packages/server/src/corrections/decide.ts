import type { Correction, CorrectionDismissal } from '@fistworks/contract'
import { keptActor } from '../ach-files/draft.ts'
import type { WriteContext } from '../context.ts'
import { ProblemError } from '../problem-error.ts'
import { scrubText } from '../telemetry/scrub.ts'
import { applyCorrection } from './apply.ts'
import { findCorrection, shownCorrection } from './service.ts'
import { correctionWriter } from './store.ts'

/** Somebody applies what the bank asks for. */
export async function applyOne(ctx: WriteContext, id: string): Promise<Correction> {
  return shownCorrection(ctx, await applyCorrection(ctx, await findCorrection(ctx, id), null))
}

/**
 * Somebody decides that nothing is to be changed, or changed it by hand.
 * @throws ProblemError `state-conflict` when it was decided already
 */
export async function dismissCorrection(
  ctx: WriteContext,
  id: string,
  input: CorrectionDismissal,
): Promise<Correction> {
  const row = await findCorrection(ctx, id)
  if (row.state === 'applied' || row.state === 'dismissed') {
    throw new ProblemError('state-conflict', `This correction is ${row.state} already.`)
  }
  const values = {
    state: 'dismissed' as const,
    decidedBy: keptActor(ctx.actor),
    decidedAt: ctx.now.toISOString(),
    decisionReason: scrubText(input.reason),
  }
  await correctionWriter(ctx.db, ctx.organizationId).change(row.id, values)
  await ctx.audit({
    action: 'correction.dismissed',
    targetType: 'correction',
    targetId: row.id,
    data: { code: row.code, recipientId: row.recipientId, reason: values.decisionReason },
  })
  return shownCorrection(ctx, { ...row, ...values })
}
