import type { Id } from '@fistworks/contract'
import { and, eq, isNull, ne } from 'drizzle-orm'
import { bankConnections } from '../bank-connections/table.ts'
import { jobStore } from '../jobs/store.ts'
import { schedules } from '../schedules/table.ts'
import type { Tx } from '../storage/transaction.ts'
import { cancelWaiting } from '../submissions/cancel-waiting.ts'
import type { DeliveredFiles } from '../submissions/ports.ts'
import { type OnItsWay, submissionStore } from '../submissions/store.ts'
import { webhookDeliveries, webhookEndpoints } from '../webhooks/table.ts'

export const CLOSED = 'The organization was closed.'

/**
 * Ends, in one transaction of its database, all that works in the name of an organization that is closed: deliveries that
 * nobody took up are canceled; its bank connections, schedules and webhook endpoints end, so that no clock starts
 * anything anew; and every job that is left.
 * @param isPatient false: it ends even so
 * @returns what is on its way to a bank, or of which nobody knows whether it arrived: while there is any, a patient call has
 * changed nothing
 */
export async function endWork(
  files: Pick<DeliveredFiles, 'onFileProgress'>,
  tx: Tx,
  organizationId: Id<'org'>,
  now: Date,
  isPatient: boolean,
): Promise<OnItsWay[]> {
  const held = await submissionStore(tx, organizationId).onItsWay()
  if (isPatient && held.length > 0) return held
  await cancelWaiting(files, tx, organizationId, now)
  const at = now.toISOString()
  await tx
    .update(bankConnections)
    .set({ archivedAt: at })
    .where(and(eq(bankConnections.organizationId, organizationId), isNull(bankConnections.archivedAt)))
  await tx
    .update(schedules)
    .set({ status: 'ended', jobId: null, updatedAt: at })
    .where(and(eq(schedules.organizationId, organizationId), ne(schedules.status, 'ended')))
  await tx
    .update(webhookEndpoints)
    .set({ state: 'disabled', disabledBecause: 'person' })
    .where(and(eq(webhookEndpoints.organizationId, organizationId), eq(webhookEndpoints.state, 'enabled')))
  await tx
    .update(webhookDeliveries)
    .set({ state: 'failed', nextAttemptAt: null })
    .where(and(eq(webhookDeliveries.organizationId, organizationId), eq(webhookDeliveries.state, 'waiting')))
  await jobStore(tx).stopAll(organizationId, null, now, CLOSED)
  return held
}
