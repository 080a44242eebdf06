import type { AchFile } from '@fistworks/contract'
import type { WriteContext } from '../context.ts'
import { cancelSubmission } from '../submissions/cancel.ts'
import { moved } from './decide.ts'
import { statusAfter } from './life-cycle.ts'
import { fileToDecide } from './service.ts'
import { tellOfFile } from './tell.ts'

/**
 * Ends a file that was not submitted, or that no worker has begun to send. Its author may. The same payments can be made
 * again afterwards: the bank has none of them.
 * @throws ProblemError `state-conflict` when a worker has it
 */
export async function cancelAchFile(ctx: WriteContext, id: string, input: { version: number }): Promise<AchFile> {
  const file = await fileToDecide(ctx, id, input.version)
  const status = statusAfter(file, 'cancel')
  if (file.status === 'submitted' && file.submissionId !== null) await cancelSubmission(ctx, file.submissionId)
  await tellOfFile(ctx, 'achFile.canceled', { ...file, status })
  return moved(ctx, file, 'achFile.canceled', { status, contentHash: null }, {})
}
