import { type ApprovalPolicyUpdate, type ApprovalRule, type Id, parseDollars } from '@fistworks/contract'
import type { FormErrors } from '../ui/form-errors.ts'

/** A rule while somebody types: the first is for every file. */
export interface DraftRule {
  from: string
  approvals: string
  /** Nobody named: everybody who may approve. */
  people: Id<'usr'>[]
}

export function draftOf(rules: readonly ApprovalRule[]): DraftRule[] {
  return rules.map(({ fromCents, approvals, people }) => ({
    from: fromCents === 0 ? '' : (fromCents / 100).toFixed(2),
    approvals: String(approvals),
    people: people === null ? [] : people.map(({ id }) => id),
  }))
}

/** The rules in the order of their amounts, or what is wrong with them by the names of their fields. */
export function rulesOf(draft: readonly DraftRule[]): {
  rules: ApprovalPolicyUpdate['rules'] | null
  errors: FormErrors
} {
  const errors: Record<string, string> = {}
  const rules = draft.map(({ from, approvals, people }, index) => {
    const amount = index === 0 ? { cents: 0, problem: null } : parseDollars(from)
    if (amount.problem !== null) errors[`from-${index}`] = amount.problem
    const count = Number(approvals)
    if (!Number.isInteger(count) || count < 1 || count > 10) errors[`approvals-${index}`] = 'must be 1 to 10'
    return { fromCents: amount.cents ?? 0, approvals: count, people: people.length === 0 ? null : people }
  })
  if (Object.keys(errors).length > 0) return { rules: null, errors }
  return { rules: rules.toSorted((a, b) => a.fromCents - b.fromCents), errors }
}
