import { Deliveries, DeliveryReason } from '@fistworks/contract'
import { type Operation, operation } from '../http/operation.ts'
import { type DeliveriesDependencies, resumeDeliveries, retrieveDeliveries, stopDeliveries } from './service.ts'

/** The switch that stops everything on its way to the banks. */
export function deliveriesOperations(deps: DeliveriesDependencies): Operation[] {
  const response = { status: 200, schema: Deliveries } as const
  return [
    operation({
      id: 'deliveries.retrieve',
      method: 'get',
      path: '/v1/deliveries',
      summary: 'Whether files go to the banks',
      effect: 'read',
      scope: 'submissions:read',
      rate: 'read',
      response,
      handle: (ctx) => retrieveDeliveries(deps, ctx),
    }),
    operation({
      id: 'deliveries.stop',
      method: 'post',
      path: '/v1/deliveries/stop',
      summary: 'Stop everything on its way to the banks, at once',
      effect: 'write',
      scope: 'deliveries:stop',
      idempotency: 'accepted',
      audit: 'deliveries.stopped',
      rate: 'write',
      body: DeliveryReason,
      response,
      handle: (ctx, { body }) => stopDeliveries(deps, ctx, body),
    }),
    operation({
      id: 'deliveries.resume',
      method: 'post',
      path: '/v1/deliveries/resume',
      summary: 'Let files go to the banks again',
      effect: 'write',
      scope: 'deliveries:resume',
      stepUp: 'person',
      idempotency: 'accepted',
      audit: 'deliveries.resumed',
      rate: 'write',
      body: DeliveryReason,
      response,
      handle: (ctx, { body }) => resumeDeliveries(deps, ctx, body),
    }),
  ]
}
