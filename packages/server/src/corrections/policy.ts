import type { CorrectionPolicy, CorrectionPolicyUpdate } from '@fistworks/contract'
import { authorKeys } from '../ach-files/authors.ts'
import { keptActor } from '../ach-files/draft.ts'
import { governorsOf } from '../approval-policies/eligible.ts'
import { mayBeOne } from '../approval-policies/people.ts'
import type { ApprovalPolicyDependencies } from '../approval-policies/service.ts'
import type { ReadContext, WriteContext } from '../context.ts'
import { ProblemError } from '../problem-error.ts'
import { correctionStore, correctionWriter } from './store.ts'
import type { CorrectionPolicyRow, PolicyProposal } from './table.ts'

const PROPOSAL_DAYS = 7

export async function retrieveCorrectionPolicy(ctx: ReadContext): Promise<CorrectionPolicy> {
  return presentPolicy(await correctionStore(ctx.db, ctx.organizationId).policy(), ctx.now)
}

/**
 * Chooses who applies corrections. That a rule may change whom is paid takes two owners or administrators where there
 * are two: the first one asks for it, and it holds once another chooses it too. Back to a person is one person's word.
 * @throws ProblemError `second-person-required` when the same person asks again
 */
export async function updateCorrectionPolicy(
  deps: ApprovalPolicyDependencies,
  ctx: WriteContext,
  { apply }: CorrectionPolicyUpdate,
): Promise<CorrectionPolicy> {
  const before = await correctionStore(ctx.db, ctx.organizationId).policy()
  const isLooser = apply === 'byRule' && before.apply !== 'byRule'
  const isAlone = governorsOf(await deps.workforceOf(ctx.organizationId, ctx.now)).length <= 1
  const open = openProposal(before.proposal, ctx.now)
  if (isLooser && !isAlone && open === null) return propose(ctx, before)
  if (isLooser && !isAlone && open !== null && mayBeOne(open.people, authorKeys(ctx))) {
    throw new ProblemError(
      'second-person-required',
      'You have asked for it already: another owner or administrator must choose it too.',
    )
  }
  const confirmation = !isLooser ? NOT_NEEDED : open === null ? NOBODY : CONFIRMED
  return store(ctx, before, { apply, proposal: null }, { confirmation, proposedBy: open?.by ?? null })
}

const NOT_NEEDED = 'A person applies each correction from now on, or nothing changed.'
const WAITS = 'It waits until another owner or administrator chooses it too.'
const CONFIRMED = 'Another owner or administrator had asked for it.'
const NOBODY = 'Nobody else could confirm it.'

function propose(ctx: WriteContext, before: CorrectionPolicyRow): Promise<CorrectionPolicy> {
  const proposal = { by: keptActor(ctx.actor), people: authorKeys(ctx), at: ctx.now.toISOString() }
  return store(ctx, before, { apply: before.apply, proposal }, { asked: 'byRule', confirmation: WAITS })
}

async function store(
  ctx: WriteContext,
  before: CorrectionPolicyRow,
  after: CorrectionPolicyRow,
  more: Record<string, unknown>,
): Promise<CorrectionPolicy> {
  await correctionWriter(ctx.db, ctx.organizationId).setPolicy(after, ctx.now.toISOString())
  await ctx.audit({
    action: 'correctionPolicy.updated',
    targetType: 'organization',
    targetId: ctx.organizationId,
    data: { before: { apply: before.apply }, after: { apply: after.apply }, ...more },
  })
  return presentPolicy(after, ctx.now)
}

function presentPolicy({ apply, proposal }: CorrectionPolicyRow, now: Date): CorrectionPolicy {
  const open = openProposal(proposal, now)
  const shown = open === null ? null : { by: open.by, at: open.at, expiresAt: expiryOf(open) }
  return { type: 'correctionPolicy', apply, proposal: shown }
}

function openProposal(proposal: PolicyProposal | null, now: Date): PolicyProposal | null {
  return proposal === null || now.toISOString() >= expiryOf(proposal) ? null : proposal
}

function expiryOf({ at }: PolicyProposal): string {
  return new Date(Date.parse(at) + PROPOSAL_DAYS * 86_400_000).toISOString()
}
