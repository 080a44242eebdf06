import { ApprovalPolicy, ApprovalPolicyProposalDecision, ApprovalPolicyUpdate } from '@fistworks/contract'
import { type Operation, operation } from '../http/operation.ts'
import {
  type ApprovalPolicyDependencies,
  confirmApprovalPolicy,
  discardApprovalPolicy,
  retrieveApprovalPolicy,
  updateApprovalPolicy,
} from './service.ts'

/** What an organization asks for before money moves. */
export function approvalPolicyOperations(deps: ApprovalPolicyDependencies): Operation[] {
  const response = { status: 200, schema: ApprovalPolicy } as const
  const change = {
    scope: 'approval-policy:write',
    stepUp: 'person',
    rate: 'write',
    idempotency: 'accepted',
    response,
  } as const
  return [
    operation({
      id: 'approvalPolicy.retrieve',
      effect: 'read',
      method: 'get',
      path: '/v1/approval-policy',
      summary: 'How many approvals files need, and by whom',
      scope: 'organizations:read',
      rate: 'read',
      response,
      handle: (ctx) => retrieveApprovalPolicy(deps, ctx),
    }),
    operation({
      ...change,
      effect: 'write',
      method: 'post',
      id: 'approvalPolicy.update',
      path: '/v1/approval-policy',
      summary: 'Changes the approval policy; what asks for less waits until a second person confirms it',
      audit: 'approvalPolicy.updated',
      body: ApprovalPolicyUpdate,
      handle: (ctx, { body }) => updateApprovalPolicy(deps, ctx, body),
    }),
    operation({
      ...change,
      effect: 'write',
      method: 'post',
      id: 'approvalPolicy.confirm',
      path: '/v1/approval-policy/confirm',
      summary: 'Confirms a change of the approval policy that another person proposed',
      audit: 'approvalPolicy.confirmed',
      body: ApprovalPolicyProposalDecision,
      handle: (ctx, { body }) => confirmApprovalPolicy(deps, ctx, body),
    }),
    operation({
      ...change,
      effect: 'write',
      method: 'post',
      id: 'approvalPolicy.discard',
      path: '/v1/approval-policy/discard',
      summary: 'Gives up a change of the approval policy that waits',
      audit: 'approvalPolicy.discarded',
      body: ApprovalPolicyProposalDecision,
      handle: (ctx, { body }) => discardApprovalPolicy(deps, ctx, body),
    }),
  ]
}
