import { Correction, CorrectionPage, CorrectionPolicy, CorrectionQuery } from '@fistworks/contract'
import { type Operation, operation } from '../http/operation.ts'
import { listCorrections, retrieveCorrection, retrieveCorrectionPolicy } from './service.ts'

const path = '/v1/corrections'

/** Notifications of change. */
export const correctionOperations: Operation[] = [
  operation({
    id: 'corrections.list',
    method: 'get',
    path,
    summary: 'Corrections that banks ask for (notifications of change), newest first',
    effect: 'read',
    scope: 'returns:read',
    rate: 'read',
    query: CorrectionQuery,
    response: { status: 200, schema: CorrectionPage },
    handle: (ctx, { query }) => listCorrections(ctx, query),
  }),
  operation({
    id: 'corrections.retrieve',
    method: 'get',
    path: `${path}/{id}`,
    summary: 'One correction: what was paid beside what is right, masked',
    effect: 'read',
    scope: 'returns:read',
    rate: 'read',
    response: { status: 200, schema: Correction },
    handle: (ctx, { id }) => retrieveCorrection(ctx, id),
  }),
  operation({
    id: 'corrections.policy',
    method: 'get',
    path: '/v1/correction-policy',
    summary: 'Whether corrections are applied by rule or by a person',
    effect: 'read',
    scope: 'returns:read',
    rate: 'read',
    response: { status: 200, schema: CorrectionPolicy },
    handle: (ctx) => retrieveCorrectionPolicy(ctx),
  }),
]
