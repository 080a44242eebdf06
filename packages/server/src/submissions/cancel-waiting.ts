import type { Actor, Id } from '@fistworks/contract'
import { appendAuditEvent } from '../audit/audit.ts'
import { recordEvent } from '../events/record-event.ts'
import type { Tx } from '../storage/transaction.ts'
import { CLOSED } from './obstacle.ts'
import type { DeliveredFiles } from './ports.ts'
import { submissionStore, submissionWriter } from './store.ts'

const CLOSING: Actor = { type: 'system', id: 'closing', name: 'Closing of the organization' }

/**
 * Cancels every delivery that nobody has taken up and of which the bank certainly has nothing, because its organization
 * ends. Gives how many there were.
 */
export async function cancelWaiting(
  { onFileProgress }: Pick<DeliveredFiles, 'onFileProgress'>,
  tx: Tx,
  organizationId: Id<'org'>,
  now: Date,
): Promise<number> {
  const waiting = await submissionStore(tx, organizationId).waiting()
  const at = now.toISOString()
  for (const row of waiting) {
    const fence = { id: row.id, attempt: row.attempt, from: row.state }
    const values = { problem: CLOSED, retryAt: null, waitsFor: null }
    await submissionWriter(tx, organizationId).move(fence, 'canceled', at, CLOSED, values)
    await onFileProgress(tx, organizationId, row.achFileId, 'canceled', at)
    const { id, achFileId, fileName } = row
    await appendAuditEvent(tx, organizationId, now, {
      action: 'submission.canceled',
      actor: CLOSING,
      targetType: 'submission',
      targetId: id,
      outcome: 'succeeded',
      requestId: null,
      data: { achFileId, fileName },
    })
    const about = { name: fileName, achFileId, reason: CLOSED }
    const told = { type: 'submission.canceled', objectType: 'submission', objectId: id, status: 'canceled' } as const
    await recordEvent(tx, organizationId, { ...told, at: now, about })
  }
  return waiting.length
}
