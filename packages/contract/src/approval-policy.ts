import * as z from 'zod/mini'
import { Actor } from './actor.ts'
import { idOf } from './id.ts'
import { Instant } from './text.ts'

/** A person that a rule names. */
export const NamedPerson = z.object({ id: idOf('usr'), name: z.string() })
export type NamedPerson = z.infer<typeof NamedPerson>

/**
 * A file needs so many approvals by different people once it moves this much: the larger of the sum of its credits and
 * the sum of its debits. Every rule that a file reaches must be met; one approval counts for all of them.
 */
export const ApprovalRule = z.object({
  fromCents: z.int(),
  approvals: z.int(),
  /** Whose approvals count; `null`: everybody's who may approve. Never that of an author of the file. */
  people: z.nullable(z.array(NamedPerson)),
})
export type ApprovalRule = z.infer<typeof ApprovalRule>

const terms = {
  rules: z.array(ApprovalRule),
  /** A request that nobody decides within so many days lapses: the file is a draft again. */
  expiresAfterDays: z.int(),
}

export const ApprovalPolicy = z.object({
  type: z.literal('approvalPolicy'),
  /** Zero is the policy that every organization begins with. */
  version: z.int(),
  ...terms,
  decidedBy: z.nullable(Actor),
  decidedAt: z.nullable(Instant),
  /** Who agreed to it, where it asked for less than the one before. */
  confirmedBy: z.nullable(Actor),
  /** A change that asks for less, until another owner or administrator confirms it. */
  proposal: z.nullable(z.object({ number: z.int(), ...terms, by: Actor, at: Instant, expiresAt: Instant })),
  /** The members who may approve now. */
  approvers: z.array(NamedPerson),
  /** Why no file can be approved any more under some rule, in words; `null` when all can. */
  problem: z.nullable(z.string()),
  /** Who can send money with nobody's help, by an API key of their own making that writes what they approve. */
  alone: z.array(NamedPerson),
})
export type ApprovalPolicy = z.infer<typeof ApprovalPolicy>

export const APPROVAL_RULES_MAX = 10
const CENTS_MAX = 999_999_999_999

const RuleInput = z.strictObject({
  fromCents: z.int().check(z.minimum(0), z.maximum(CENTS_MAX)),
  approvals: z
    .int()
    .check(
      z.minimum(1, { error: 'must be at least 1: nobody sends alone' }),
      z.maximum(10, { error: 'is at most 10' }),
    ),
  /** Ids of members; left out or `null` for everybody who may approve. */
  people: z.optional(z.nullable(z.array(idOf('usr')).check(z.minLength(1), z.maxLength(50)))),
})

/** Replaces the policy; `version` is the one that was read. */
export const ApprovalPolicyUpdate = z.strictObject({
  version: z.int(),
  rules: z.array(RuleInput).check(
    z.minLength(1),
    z.maxLength(APPROVAL_RULES_MAX, { error: `are at most ${APPROVAL_RULES_MAX}` }),
    z.refine((rules) => rules[0]?.fromCents === 0, { error: 'must begin with one from 0, which holds for every file' }),
    z.refine((rules) => rules.every((rule, at) => rule.fromCents >= (rules[at - 1]?.fromCents ?? 0)), {
      error: 'must be in the order of their amounts',
    }),
  ),
  expiresAfterDays: z.int().check(z.minimum(1), z.maximum(30, { error: 'is at most 30' })),
})
export type ApprovalPolicyUpdate = z.input<typeof ApprovalPolicyUpdate>

/** The proposal that the person saw: one that replaced it since is another number. */
export const ApprovalPolicyProposalDecision = z.strictObject({ number: z.int() })
export type ApprovalPolicyProposalDecision = z.infer<typeof ApprovalPolicyProposalDecision>
