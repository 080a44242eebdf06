import { Return, ReturnPage, ReturnQuery } from '@fistworks/contract'
import { type Operation, operation } from '../http/operation.ts'
import { listReturns, retrieveReturn } from './service.ts'

const path = '/v1/returns'

/** What banks said about payments: returns, dishonored and contested ones, acknowledgments. */
export const returnOperations: Operation[] = [
  operation({
    id: 'returns.list',
    method: 'get',
    path,
    summary: 'Returned payments and what banks said about them, newest first',
    effect: 'read',
    scope: 'returns:read',
    rate: 'read',
    query: ReturnQuery,
    response: { status: 200, schema: ReturnPage },
    handle: (ctx, { query }) => listReturns(ctx, query),
  }),
  operation({
    id: 'returns.retrieve',
    method: 'get',
    path: `${path}/{id}`,
    summary: 'One return: what it means, whether the payment may be sent again, and what to do next',
    effect: 'read',
    scope: 'returns:read',
    rate: 'read',
    response: { status: 200, schema: Return },
    handle: (ctx, { id }) => retrieveReturn(ctx, id),
  }),
]
