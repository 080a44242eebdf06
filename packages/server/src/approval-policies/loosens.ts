import type { ApprovalRule } from '@fistworks/contract'
import type { ApprovalTerms } from './table.ts'

/**
 * Whether the new terms let anything through that the old ones would not, or somebody else decide about it: fewer
 * approvals, a higher amount, other people, a longer wait. What only adds rules or approvals does not.
 */
export function loosens(before: ApprovalTerms, after: ApprovalTerms): boolean {
  if (after.expiresAfterDays > before.expiresAfterDays) return true
  return before.rules.some((old) => !after.rules.some((rule) => isAsStrict(rule, old)))
}

function isAsStrict(rule: ApprovalRule, old: ApprovalRule): boolean {
  return rule.fromCents <= old.fromCents && rule.approvals >= old.approvals && peopleOf(rule) === peopleOf(old)
}

function peopleOf({ people }: ApprovalRule): string {
  return people === null ? '' : JSON.stringify(people.map(({ id }) => id).sort())
}
