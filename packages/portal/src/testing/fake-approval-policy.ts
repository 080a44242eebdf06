import {
  ApprovalPolicy,
  ApprovalPolicyProposalDecision,
  ApprovalPolicyUpdate,
  type ApprovalRule,
  type NamedPerson,
} from '@fistworks/contract'
import { newId } from './new-id.ts'

const AT = '2026-11-20T10:00:00Z'
const OTHER = { type: 'user', id: 'usr_other', name: 'Grace' } as const

/** The approval policy as the API keeps it; whatever asks for fewer approvals waits. */
export class FakeApprovalPolicy {
  readonly approvers: NamedPerson[] = ['Ada', 'Grace'].map((name) => ({ id: newId('usr'), name }))
  policy: ApprovalPolicy = {
    type: 'approvalPolicy',
    version: 0,
    rules: [{ fromCents: 0, approvals: 1, people: null }],
    expiresAfterDays: 30,
    decidedBy: null,
    decidedAt: null,
    confirmedBy: null,
    proposal: null,
    approvers: this.approvers,
    problem: null,
    alone: [],
  }

  propose(rules: ApprovalRule[]): void {
    const proposal = { number: 1, rules, expiresAfterDays: 30, by: OTHER, at: AT, expiresAt: '2026-11-27T10:00:00Z' }
    this.policy = { ...this.policy, proposal }
  }

  answer(method: string, path: string, body: unknown): Response | null {
    if (!path.startsWith('/v1/approval-policy')) return null
    if (method === 'POST') this.change(path, body)
    return new Response(JSON.stringify(ApprovalPolicy.parse(this.policy)), {
      headers: { 'Content-Type': 'application/json' },
    })
  }

  private change(path: string, body: unknown): void {
    const { proposal, version } = this.policy
    if (path.endsWith('/confirm') || path.endsWith('/discard')) {
      ApprovalPolicyProposalDecision.parse(body)
      const rules = path.endsWith('/confirm') && proposal ? proposal.rules : this.policy.rules
      this.policy = { ...this.policy, version: version + 1, rules, proposal: null }
      return
    }
    const { rules, expiresAfterDays } = ApprovalPolicyUpdate.parse(body)
    const named = rules.map(({ people, ...rule }) => ({
      ...rule,
      people: people ? this.approvers.filter(({ id }) => people.includes(id)) : null,
    }))
    this.policy = { ...this.policy, version: version + 1, rules: named, expiresAfterDays }
  }
}
