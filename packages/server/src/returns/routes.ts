import { AchFile, Return, ReturnMatch, ReturnPage, ReturnQuery, ReturnRates, ReturnRetry } from '@fistworks/contract'
import { type Operation, operation } from '../http/operation.ts'
import { matchReturn } from './match-by-hand.ts'
import { returnRates } from './rates.ts'
import { retryReturn } from './retry.ts'
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
  operation({
    id: 'returns.match',
    method: 'post',
    path: `${path}/{id}/match`,
    summary: 'Say which payment a return is about that matched none by itself; a person only',
    effect: 'write',
    scope: 'returns:write',
    stepUp: 'person',
    rate: 'write',
    idempotency: 'accepted',
    audit: 'return.matched',
    body: ReturnMatch,
    response: { status: 200, schema: Return },
    handle: (ctx, { id, body }) => matchReturn(ctx, id, body),
  }),
  operation({
    id: 'returns.retry',
    method: 'post',
    path: `${path}/{id}/retry`,
    summary: 'Draft a file that sends a returned payment again, as the rules of the network allow it',
    effect: 'write',
    scope: 'ach-files:write',
    rate: 'write',
    idempotency: 'required',
    audit: 'return.retried',
    body: ReturnRetry,
    response: { status: 201, schema: AchFile },
    handle: (ctx, { id, body }) => retryReturn(ctx, id, body),
  }),
  operation({
    id: 'returnRates.retrieve',
    method: 'get',
    path: '/v1/return-rates',
    summary: 'Returned debits among the debits of the last 60 days, by bank account and SEC code',
    effect: 'read',
    scope: 'returns:read',
    rate: 'read',
    response: { status: 200, schema: ReturnRates },
    handle: (ctx) => returnRates(ctx.db, ctx.organizationId, ctx.now),
  }),
]
