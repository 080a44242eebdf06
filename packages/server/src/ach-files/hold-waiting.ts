import type { Id } from '@fistworks/contract'
import { isMet } from '../approval-policies/rules.ts'
import type { WriteContext } from '../context.ts'
import { enqueueExpiry } from './approval-expiry.ts'
import { approvalState } from './approval-state.ts'
import { achFileStore, achFileWriter } from './store.ts'
import { tellOfFile } from './tell.ts'

/**
 * After the policy was changed: what was approved and needs more by now waits again, with the approvals it has, and what
 * waits lapses when the policies say. Gives the ids of those that wait again.
 */
export async function holdWaiting(ctx: WriteContext): Promise<Id<'ach'>[]> {
  const held: Id<'ach'>[] = []
  for (const file of await achFileStore(ctx.db, ctx.organizationId).waiting()) {
    const { progress } = await approvalState(ctx, file, null)
    const isHeld = file.status === 'approved' && !isMet(progress)
    const at = ctx.now.toISOString()
    const waiting = { status: 'pendingApproval' as const, version: file.version + 1, updatedAt: at }
    const after = isHeld ? { ...file, ...waiting, approvalRequestedAt: at } : file
    if (isHeld) {
      held.push(file.id)
      await achFileWriter(ctx.db, ctx.organizationId).change(file.id, after)
      await tellOfFile(ctx, 'achFile.approvalRequested', after)
    }
    if (after.status === 'pendingApproval') await enqueueExpiry(ctx, after)
  }
  return held
}
