import type { Deliveries, DeliveryReason } from '@fistworks/contract'
import type { ReadContext, WriteContext } from '../context.ts'
import { recordEvent } from '../events/record-event.ts'
import { ProblemError } from '../problem-error.ts'
import type { Reader } from '../storage/transaction.ts'
import { wakeWaitingIn } from '../submissions/wake.ts'
import { scrubText } from '../telemetry/scrub.ts'
import { findServerStop, findStop, stopWriter } from './store.ts'

export interface DeliveriesDependencies {
  /** Of the control plane, where the operator's stop stands. */
  control: Reader
}

/** Whether anything goes to the banks, and why not. */
export async function retrieveDeliveries({ control }: DeliveriesDependencies, ctx: ReadContext): Promise<Deliveries> {
  const own = await findStop(ctx.db, ctx.organizationId)
  const ofServer = await findServerStop(control)
  const stops: Deliveries['stops'] = []
  if (ofServer) stops.push({ by: 'operator', reason: ofServer.reason, at: ofServer.stoppedAt, actor: null })
  if (own) stops.push({ by: 'organization', reason: own.reason, at: own.stoppedAt, actor: own.stoppedBy })
  return { type: 'deliveries', isStopped: stops.length > 0, stops }
}

/**
 * Nothing of the organization is put at a bank any more as soon as this is stored; a file whose rename the bank has
 * already been asked for may still arrive. What waits keeps its tries.
 */
export async function stopDeliveries(
  deps: DeliveriesDependencies,
  ctx: WriteContext,
  input: DeliveryReason,
): Promise<Deliveries> {
  const reason = scrubText(input.reason)
  const stop = { stoppedAt: ctx.now.toISOString(), stoppedBy: ctx.actor, reason }
  await stopWriter(ctx.db, ctx.organizationId).add(stop)
  await tell(ctx, 'deliveries.stopped', reason)
  return retrieveDeliveries(deps, ctx)
}

/** Lets files go to the banks again, those that waited at once. @throws ProblemError `state-conflict` */
export async function resumeDeliveries(
  deps: DeliveriesDependencies,
  ctx: WriteContext,
  input: DeliveryReason,
): Promise<Deliveries> {
  if (!(await stopWriter(ctx.db, ctx.organizationId).remove())) {
    throw new ProblemError('state-conflict', 'The deliveries of this organization are not stopped by it.')
  }
  await wakeWaitingIn(ctx.db, ctx.organizationId, 'resume', ctx.now)
  await tell(ctx, 'deliveries.resumed', scrubText(input.reason))
  return retrieveDeliveries(deps, ctx)
}

async function tell(ctx: WriteContext, type: 'deliveries.stopped' | 'deliveries.resumed', reason: string) {
  const { organizationId: objectId, now: at } = ctx
  await recordEvent(ctx.db, objectId, { type, objectType: 'organization', objectId, at, about: { reason } })
  await ctx.audit({ action: type, targetType: 'organization', targetId: objectId, data: { reason } })
}
