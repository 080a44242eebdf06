import type { ApprovalPolicy, ApprovalPolicyProposalDecision, ApprovalPolicyUpdate } from '@fistworks/contract'
import type { RequestOptions } from '../options.ts'
import { Resource } from '../resource.ts'

const PATH = '/v1/approval-policy'

/** How many approvals an organization asks for before money moves, and by whom. */
export class ApprovalPolicies extends Resource {
  /**
   * The policy, the change that waits for a confirmation, and who may approve.
   * @example
   * const { rules, proposal } = await fist.approvalPolicy.retrieve()
   */
  async retrieve(options?: RequestOptions): Promise<ApprovalPolicy> {
    return this.send({ operation: 'approvalPolicy.retrieve', method: 'GET', path: PATH, options })
  }

  /**
   * Changes it. Needs an owner or administrator who has just proven who they are; what asks for less than before waits in `proposal` until another one confirms it.
   * @example
   * await fist.approvalPolicy.update({ version: 0, rules: [{ fromCents: 0, approvals: 2 }], expiresAfterDays: 7 })
   */
  async update(input: ApprovalPolicyUpdate, options?: RequestOptions): Promise<ApprovalPolicy> {
    return this.send({ operation: 'approvalPolicy.update', method: 'POST', path: PATH, body: input, options })
  }

  /**
   * Confirms what another person proposed.
   * @example
   * await fist.approvalPolicy.confirm({ number: proposal.number })
   */
  async confirm(input: ApprovalPolicyProposalDecision, options?: RequestOptions): Promise<ApprovalPolicy> {
    const path = `${PATH}/confirm`
    return this.send({ operation: 'approvalPolicy.confirm', method: 'POST', path, body: input, options })
  }

  /**
   * Gives a proposed change up.
   * @example
   * await fist.approvalPolicy.discard({ number: proposal.number })
   */
  async discard(input: ApprovalPolicyProposalDecision, options?: RequestOptions): Promise<ApprovalPolicy> {
    const path = `${PATH}/discard`
    return this.send({ operation: 'approvalPolicy.discard', method: 'POST', path, body: input, options })
  }
}
