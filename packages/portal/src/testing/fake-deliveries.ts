import { Deliveries, DeliveryReason } from '@fistworks/contract'

/** The switch of the deliveries, in the browser. */
export class FakeDeliveries {
  stops: Deliveries['stops'] = []

  answer(method: string, path: string, body: unknown): Response | null {
    if (method === 'POST' && path === '/v1/deliveries/stop') {
      const { reason } = DeliveryReason.parse(body)
      const actor = { type: 'user', id: 'usr_1', name: 'Ada Moss' } as const
      this.stops = [{ by: 'organization', reason, at: '2026-11-23T15:00:00.000Z', actor }]
    } else if (method === 'POST' && path === '/v1/deliveries/resume') this.stops = []
    else if (`${method} ${path}` !== 'GET /v1/deliveries') return null
    return Response.json(Deliveries.parse({ type: 'deliveries', isStopped: this.stops.length > 0, stops: this.stops }))
  }
}
