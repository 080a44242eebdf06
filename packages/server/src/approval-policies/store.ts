import type { Id } from '@fistworks/contract'
import { and, desc, eq, isNull } from 'drizzle-orm'
import type { Reader, Tx } from '../storage/transaction.ts'
import {
  type ApprovalPolicyRow,
  type ApprovalProposalRow,
  type ApprovalTerms,
  approvalPolicies,
  approvalPolicyProposals,
} from './table.ts'

/** A version of the policy. Zero is the one that every organization begins with. */
export type ApprovalPolicy = Pick<ApprovalPolicyRow, 'version' | 'terms'> & Partial<ApprovalPolicyRow>

const DEFAULT_TERMS: ApprovalTerms = { rules: [{ fromCents: 0, approvals: 1, people: null }], expiresAfterDays: 30 }
const FIRST: ApprovalPolicy = { version: 0, terms: DEFAULT_TERMS }

/** A tenant's approval policy, to read. */
export function approvalPolicyStore(db: Reader, organizationId: Id<'org'>) {
  const mine = eq(approvalPolicies.organizationId, organizationId)
  return {
    async current(): Promise<ApprovalPolicy> {
      const rows = await db.select().from(approvalPolicies).where(mine).orderBy(desc(approvalPolicies.version)).limit(1)
      return rows[0] ?? FIRST
    },

    async version(version: number): Promise<ApprovalPolicy> {
      if (version === 0) return FIRST
      const rows = await db
        .select()
        .from(approvalPolicies)
        .where(and(mine, eq(approvalPolicies.version, version)))
        .limit(1)
      if (rows[0] === undefined) throw new Error(`There is no version ${version} of this approval policy.`)
      return rows[0]
    },

    /** The proposal with the highest number, whatever became of it. */
    async lastProposal(): Promise<ApprovalProposalRow | undefined> {
      const rows = await db
        .select()
        .from(approvalPolicyProposals)
        .where(eq(approvalPolicyProposals.organizationId, organizationId))
        .orderBy(desc(approvalPolicyProposals.number))
        .limit(1)
      return rows[0]
    },
  }
}

/** Adds versions, inside the unit of work it is handed. */
export function approvalPolicyWriter(tx: Tx, organizationId: Id<'org'>) {
  return {
    add: (row: Omit<ApprovalPolicyRow, 'organizationId'>) =>
      tx.insert(approvalPolicies).values({ ...row, organizationId }),
    addProposal: (row: Omit<ApprovalProposalRow, 'organizationId'>) =>
      tx.insert(approvalPolicyProposals).values({ ...row, organizationId }),
    endProposals: (endedAt: string) =>
      tx
        .update(approvalPolicyProposals)
        .set({ endedAt })
        .where(
          and(eq(approvalPolicyProposals.organizationId, organizationId), isNull(approvalPolicyProposals.endedAt)),
        ),
  }
}
