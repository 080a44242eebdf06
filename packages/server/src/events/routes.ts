import { EventPage, EventQuery } from '@fistworks/contract'
import { type Operation, operation } from '../http/operation.ts'
import { listEvents } from './service.ts'

/** What happened, for whoever asks instead of being called, or has missed calls. */
export const eventOperations: Operation[] = [
  operation({
    id: 'events.list',
    effect: 'read',
    method: 'get',
    path: '/v1/events',
    summary: 'What happened after an event, oldest first',
    scope: 'events:read',
    rate: 'read',
    query: EventQuery,
    response: { status: 200, schema: EventPage },
    handle: (ctx, { query }) => listEvents(ctx, query),
  }),
]
