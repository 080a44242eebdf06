import type { Id, Role } from '@fistworks/contract'
import type { ControlContext, ControlReadContext } from '../context.ts'
import { ProblemError } from '../problem-error.ts'
import { type MemberRow, memberStore } from './store.ts'

/** The organization a call of the control plane is about. @throws ProblemError `organization-required` */
export function organizationOf(ctx: ControlReadContext): Id<'org'> {
  if (ctx.organizationId !== null) return ctx.organizationId
  throw new ProblemError(
    'organization-required',
    'Send the header FISTWorks-Organization with the id of the organization.',
  )
}

/** Who acts, as the members are now: what was read before this transaction may be over. */
export async function actingMember(ctx: ControlContext): Promise<MemberRow> {
  const member = ctx.userId === null ? undefined : await memberStore(ctx.db, organizationOf(ctx)).find(ctx.userId)
  if (member === undefined) throw new ProblemError('forbidden', 'You are not a member of this organization any more.')
  return member
}

/** Owners and administrators decide about members, but about owners only owners do. */
export function refuseUnlessMay(actor: MemberRow, ...roles: Role[]): void {
  if (actor.role === 'owner') return
  if (actor.role !== 'administrator') {
    throw new ProblemError('forbidden', 'Only owners and administrators decide about members.')
  }
  if (roles.includes('owner')) throw new ProblemError('forbidden', 'Only an owner makes or removes an owner.')
}

/** @throws ProblemError `state-conflict` when nobody would own the organization any more */
export async function refuseLastOwner(ctx: ControlContext, member: Pick<MemberRow, 'role'>): Promise<void> {
  if (member.role !== 'owner' || (await memberStore(ctx.db, organizationOf(ctx)).count('owner')) > 1) return
  const detail = 'The last owner stays. Make somebody else an owner first, or close the organization.'
  throw new ProblemError('state-conflict', detail)
}
