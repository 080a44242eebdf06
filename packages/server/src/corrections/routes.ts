import {
  Correction,
  CorrectionDismissal,
  CorrectionMatch,
  CorrectionPage,
  CorrectionPolicy,
  CorrectionPolicyUpdate,
  CorrectionQuery,
} from '@fistworks/contract'
import type { ApprovalPolicyDependencies } from '../approval-policies/service.ts'
import { type Operation, operation } from '../http/operation.ts'
import { applyOne, dismissCorrection } from './decide.ts'
import { matchCorrection } from './match-by-hand.ts'
import { retrieveCorrectionPolicy, updateCorrectionPolicy } from './policy.ts'
import { listCorrections, retrieveCorrection } from './service.ts'

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
    id: 'corrections.apply',
    method: 'post',
    path: `${path}/{id}/apply`,
    summary:
      'Make the recipient what the bank says; files that wait for approval or are approved and pay it become drafts again',
    effect: 'write',
    scope: 'returns:write',
    stepUp: 'people',
    rate: 'write',
    idempotency: 'accepted',
    audit: 'correction.applied',
    response: { status: 200, schema: Correction },
    handle: (ctx, { id }) => applyOne(ctx, id),
  }),
  operation({
    id: 'corrections.match',
    method: 'post',
    path: `${path}/{id}/match`,
    summary: 'Say which payment a correction is about that matched none by itself; a person only',
    effect: 'write',
    scope: 'returns:write',
    stepUp: 'person',
    rate: 'write',
    idempotency: 'accepted',
    audit: 'correction.matched',
    body: CorrectionMatch,
    response: { status: 200, schema: Correction },
    handle: (ctx, { id, body }) => matchCorrection(ctx, id, body),
  }),
  operation({
    id: 'corrections.dismiss',
    method: 'post',
    path: `${path}/{id}/dismiss`,
    summary: 'Say that nothing is to be changed, and why',
    effect: 'write',
    scope: 'returns:write',
    rate: 'write',
    idempotency: 'accepted',
    audit: 'correction.dismissed',
    body: CorrectionDismissal,
    response: { status: 200, schema: Correction },
    handle: (ctx, { id, body }) => dismissCorrection(ctx, id, body),
  }),
]

/** Who applies corrections. */
export function correctionPolicyOperations(deps: ApprovalPolicyDependencies): Operation[] {
  return [
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
    operation({
      id: 'corrections.updatePolicy',
      method: 'patch',
      path: '/v1/correction-policy',
      summary:
        'Choose whether corrections are applied by rule or by a person; by rule holds once a second person chooses it too',
      effect: 'write',
      scope: 'approval-policy:write',
      stepUp: 'person',
      rate: 'write',
      idempotency: 'accepted',
      audit: 'correctionPolicy.updated',
      body: CorrectionPolicyUpdate,
      response: { status: 200, schema: CorrectionPolicy },
      handle: (ctx, { body }) => updateCorrectionPolicy(deps, ctx, body),
    }),
  ]
}
