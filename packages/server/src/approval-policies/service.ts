import type {
  ApprovalPolicy,
  ApprovalPolicyProposalDecision,
  ApprovalPolicyUpdate,
  Id,
  NamedPerson,
} from '@fistworks/contract'
import type * as z from 'zod/mini'
import { authorKeys } from '../ach-files/authors.ts'
import { keptActor } from '../ach-files/draft.ts'
import { holdWaiting } from '../ach-files/hold-waiting.ts'
import type { ReadContext, WriteContext } from '../context.ts'
import { invalid, ProblemError } from '../problem-error.ts'
import { aloneOf, approversOf, governorsOf, unmeetable, type Workforce } from './eligible.ts'
import { loosens } from './loosens.ts'
import { mayBeOne } from './people.ts'
import { approvalPolicyStore, approvalPolicyWriter } from './store.ts'
import type { ApprovalProposalRow, ApprovalTerms } from './table.ts'

export interface ApprovalPolicyDependencies {
  workforceOf(organizationId: string, now: Date): Promise<Workforce>
}

const PROPOSAL_DAYS = 7

export async function retrieveApprovalPolicy(
  deps: ApprovalPolicyDependencies,
  ctx: ReadContext,
): Promise<ApprovalPolicy> {
  const store = approvalPolicyStore(ctx.db, ctx.organizationId)
  const policy = await store.current()
  const proposal = await store.lastProposal()
  const workforce = await deps.workforceOf(ctx.organizationId, ctx.now)
  const problems = unmeetable(policy.terms, workforce)
  return {
    type: 'approvalPolicy',
    version: policy.version,
    ...policy.terms,
    decidedBy: policy.decidedBy ?? null,
    decidedAt: policy.decidedAt ?? null,
    confirmedBy: policy.confirmedBy ?? null,
    proposal: proposal !== undefined && isOpen(proposal, ctx.now) ? presentProposal(proposal) : null,
    approvers: approversOf(workforce),
    problem: problems.length === 0 ? null : problems.map(({ message }) => `A rule ${message}.`).join(' '),
    alone: aloneOf(policy.terms, workforce),
  }
}

/**
 * Changes the policy. What asks for less than before waits until a second owner or administrator confirms it, unless
 * there is nobody else who could.
 * @throws ProblemError `version-mismatch`; `validation-failed` when nobody could meet a rule, or it names a stranger
 */
export async function updateApprovalPolicy(
  deps: ApprovalPolicyDependencies,
  ctx: WriteContext,
  input: z.output<typeof ApprovalPolicyUpdate>,
): Promise<ApprovalPolicy> {
  const before = await approvalPolicyStore(ctx.db, ctx.organizationId).current()
  if (before.version !== input.version) {
    throw new ProblemError('version-mismatch', `The policy is at version ${before.version} now: read it again.`)
  }
  const workforce = await deps.workforceOf(ctx.organizationId, ctx.now)
  const terms = termsOf(input, workforce)
  const problems = unmeetable(terms, workforce)
  if (problems.length > 0) throw invalid(problems)
  const isLooser = loosens(before.terms, terms)
  const isAlone = governorsOf(workforce).length <= 1
  const data = { before: before.terms, after: terms, confirmation: isLooser ? (isAlone ? NOBODY : WAITS) : NOT_NEEDED }
  if (isLooser && !isAlone) {
    await propose(ctx, before.version, terms)
    await ctx.audit({ action: 'approvalPolicy.updated', ...TARGET(ctx), data })
  } else {
    const heldFiles = await putInForce(ctx, terms, { decidedBy: keptActor(ctx.actor), confirmedBy: null })
    await ctx.audit({ action: 'approvalPolicy.updated', ...TARGET(ctx), data: { ...data, heldFiles } })
  }
  return retrieveApprovalPolicy(deps, ctx)
}

const NOT_NEEDED = 'It asks for no less than before.'
const WAITS = 'It asks for less than before and waits until another owner or administrator confirms it.'
const NOBODY = 'It asks for less than before, and nobody else could confirm it.'

/** @throws ProblemError `second-person-required`, `state-conflict` */
export async function confirmApprovalPolicy(
  deps: ApprovalPolicyDependencies,
  ctx: WriteContext,
  { number }: ApprovalPolicyProposalDecision,
): Promise<ApprovalPolicy> {
  const proposal = await waitingProposal(ctx, number)
  if (mayBeOne(proposal.people, authorKeys(ctx))) {
    throw new ProblemError('second-person-required', 'Another owner or administrator must confirm what you proposed.')
  }
  const before = await approvalPolicyStore(ctx.db, ctx.organizationId).current()
  if (before.version !== proposal.fromVersion) {
    throw new ProblemError('state-conflict', 'The policy has changed since this was proposed: propose it again.')
  }
  const problems = unmeetable(proposal.terms, await deps.workforceOf(ctx.organizationId, ctx.now))
  if (problems.length > 0) throw invalid(problems)
  const decision = { decidedBy: proposal.proposedBy, confirmedBy: keptActor(ctx.actor) }
  const heldFiles = await putInForce(ctx, proposal.terms, decision)
  const data = { before: before.terms, after: proposal.terms, proposedBy: proposal.proposedBy, heldFiles }
  await ctx.audit({ action: 'approvalPolicy.confirmed', ...TARGET(ctx), data })
  return retrieveApprovalPolicy(deps, ctx)
}

/** Gives a proposal up: whoever made it, or another who does not agree. */
export async function discardApprovalPolicy(
  deps: ApprovalPolicyDependencies,
  ctx: WriteContext,
  { number }: ApprovalPolicyProposalDecision,
): Promise<ApprovalPolicy> {
  const { terms } = await waitingProposal(ctx, number)
  await approvalPolicyWriter(ctx.db, ctx.organizationId).endProposals(ctx.now.toISOString())
  await ctx.audit({ action: 'approvalPolicy.discarded', ...TARGET(ctx), data: { proposal: terms } })
  return retrieveApprovalPolicy(deps, ctx)
}

const TARGET = ({ organizationId }: WriteContext) => ({ targetType: 'approvalPolicy', targetId: organizationId })

async function waitingProposal(ctx: WriteContext, number: number): Promise<ApprovalProposalRow> {
  const proposal = await approvalPolicyStore(ctx.db, ctx.organizationId).lastProposal()
  if (proposal?.number !== number || !isOpen(proposal, ctx.now)) {
    throw new ProblemError('state-conflict', 'This change does not wait any more: read the policy again.')
  }
  return proposal
}

async function propose(ctx: WriteContext, fromVersion: number, terms: ApprovalTerms): Promise<void> {
  const last = await approvalPolicyStore(ctx.db, ctx.organizationId).lastProposal()
  const writer = approvalPolicyWriter(ctx.db, ctx.organizationId)
  await writer.endProposals(ctx.now.toISOString())
  await writer.addProposal({
    number: (last?.number ?? 0) + 1,
    fromVersion,
    terms,
    proposedBy: keptActor(ctx.actor),
    people: authorKeys(ctx),
    proposedAt: ctx.now.toISOString(),
    endedAt: null,
  })
}

/** Files that were approved and would need more now wait again: gives their ids. */
async function putInForce(
  ctx: WriteContext,
  terms: ApprovalTerms,
  by: Pick<Parameters<ReturnType<typeof approvalPolicyWriter>['add']>[0], 'decidedBy' | 'confirmedBy'>,
): Promise<Id<'ach'>[]> {
  const { version } = await approvalPolicyStore(ctx.db, ctx.organizationId).current()
  const writer = approvalPolicyWriter(ctx.db, ctx.organizationId)
  await writer.endProposals(ctx.now.toISOString())
  await writer.add({ version: version + 1, terms, decidedAt: ctx.now.toISOString(), ...by })
  return holdWaiting(ctx)
}

function termsOf(
  { rules, expiresAfterDays }: z.output<typeof ApprovalPolicyUpdate>,
  workforce: Workforce,
): ApprovalTerms {
  const approvers = new Map(approversOf(workforce).map((person) => [person.id, person]))
  const errors = rules.flatMap(({ people }, index) =>
    (people ?? [])
      .map((id, at) => ({ id, pointer: `/rules/${index}/people/${at}` }))
      .filter(({ id }) => !approvers.has(id))
      .map(({ pointer }) => ({ pointer, code: 'not-found', message: 'is not a member who may approve' })),
  )
  if (errors.length > 0) throw invalid(errors)
  const named = (ids: readonly NamedPerson['id'][]) => [...new Set(ids)].flatMap((id) => approvers.get(id) ?? [])
  return {
    rules: rules.map(({ people, ...rule }) => ({ ...rule, people: people ? named(people) : null })),
    expiresAfterDays,
  }
}

function isOpen({ endedAt, proposedAt }: ApprovalProposalRow, now: Date): boolean {
  return endedAt === null && now.toISOString() < expiryOf(proposedAt)
}

function expiryOf(proposedAt: string): string {
  return new Date(Date.parse(proposedAt) + PROPOSAL_DAYS * 86_400_000).toISOString()
}

function presentProposal({ number, terms, proposedBy, proposedAt }: ApprovalProposalRow): ApprovalPolicy['proposal'] {
  return { number, ...terms, by: proposedBy, at: proposedAt, expiresAt: expiryOf(proposedAt) }
}
