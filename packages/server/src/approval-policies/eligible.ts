import {
  formatCents,
  type FieldProblem,
  type Id,
  type NamedPerson,
  ROLE_SCOPES,
  type Role,
  type Scope,
} from '@fistworks/contract'
import type { ApprovalTerms } from './table.ts'

/** Who works in an organization, as far as it is known. */
export interface Workforce {
  members: { id: Id<'usr'>; name: string; role: Role }[]
  /** How many end users of accounting products were lately let approve. */
  endUserApprovers: number
}

const may = (role: Role, scope: Scope) => (ROLE_SCOPES[role] as readonly Scope[]).includes(scope)

export function approversOf({ members }: Workforce): NamedPerson[] {
  return members.filter(({ role }) => may(role, 'ach-files:approve')).map(({ id, name }) => ({ id, name }))
}

/** Who could change the policy, and so confirm a change. */
export function governorsOf({ members }: Workforce): NamedPerson[] {
  return members.filter(({ role }) => may(role, 'approval-policy:write')).map(({ id, name }) => ({ id, name }))
}

/** Every rule that asks for more people than there are. */
export function unmeetable({ rules }: ApprovalTerms, workforce: Workforce): FieldProblem[] {
  const approvers = approversOf(workforce)
  return rules.flatMap(({ fromCents, approvals, people }, index) => {
    const named = approvers.filter(({ id }) => people === null || people.some((person) => person.id === id)).length
    const count = named + (people === null ? workforce.endUserApprovers : 0)
    if (count >= approvals) return []
    const from = fromCents === 0 ? 'every file' : `files from ${formatCents(fromCents)}`
    const who = people === null ? 'may approve' : 'of those it names may approve'
    const message = `asks for ${plural(approvals, 'approval')} of ${from}, but ${count === 0 ? 'nobody' : `only ${plural(count, 'person', 'people')}`} ${who}: name fewer approvals, or give more people the role of an approver`
    return [{ pointer: `/rules/${index}/approvals`, code: 'not-enough-people', message }]
  })
}

/**
 * Who could make an API key that writes a file, and then approve that file alone: those for whom one approval is enough
 * for the smallest amount.
 */
export function aloneOf({ rules }: ApprovalTerms, { members }: Workforce): NamedPerson[] {
  const always = rules.filter(({ fromCents }) => fromCents === 0)
  return members
    .filter(
      ({ role }) => may(role, 'api-keys:write') && may(role, 'ach-files:approve') && may(role, 'ach-files:submit'),
    )
    .filter(({ id }) =>
      always.every(
        ({ approvals, people }) => approvals === 1 && (people === null || people.some((one) => one.id === id)),
      ),
    )
    .map(({ id, name }) => ({ id, name }))
}

function plural(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`
}
