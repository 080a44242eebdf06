import type { ApprovalRule } from '@fistworks/contract'
import { humansBehind, mayBeOne, type Names } from './people.ts'
import type { ApprovalTerms } from './table.ts'

/** How far a rule is met. */
export interface RuleProgress {
  rule: ApprovalRule
  /** Different people whose approval counts for it. */
  given: number
}

/** What a rule looks at: the larger of what a file pays and what it collects. */
export function amountOf(file: { creditCents: number; debitCents: number }): number {
  return Math.max(file.creditCents, file.debitCents)
}

/**
 * How far the rules are met that a file of this amount reaches, in all of these policies: where two hold at once, the
 * stricter one decides.
 * @param authors who had a hand in the file: their approvals count for nothing
 */
export function progressOf(
  policies: readonly ApprovalTerms[],
  amountCents: number,
  approvals: readonly Names[],
  authors: Names,
): RuleProgress[] {
  const humans = humansBehind(approvals).filter((names) => !mayBeOne(names, authors))
  return reached(policies, amountCents).map((rule) => ({ rule, given: humans.filter((h) => counts(rule, h)).length }))
}

export function isMet(progress: readonly RuleProgress[]): boolean {
  return progress.length > 0 && progress.every(({ rule, given }) => given >= rule.approvals)
}

/** Approvals by different people that the file has and still needs, at least. */
export function approvalsNeeded(progress: readonly RuleProgress[], given: number): number {
  const missing = progress.map(({ rule, given: ofRule }) => rule.approvals - ofRule)
  return Math.max(...progress.map(({ rule }) => rule.approvals), given + Math.max(0, ...missing))
}

function reached(policies: readonly ApprovalTerms[], amountCents: number): ApprovalRule[] {
  const rules = new Map<string, ApprovalRule>()
  for (const rule of policies.flatMap((terms) => terms.rules)) {
    if (rule.fromCents > amountCents) continue
    const who = rule.people === null ? null : rule.people.map(({ id }) => id).sort()
    const same = JSON.stringify([rule.approvals, who])
    if (!rules.has(same)) rules.set(same, rule)
  }
  return [...rules.values()]
}

function counts({ people }: ApprovalRule, names: Names): boolean {
  return people === null || people.some(({ id }) => names.includes(`user:${id}`))
}
