import type { Member, MemberList, MemberRoleChange } from '@fistworks/contract'
import type { ControlContext, ControlReadContext } from '../context.ts'
import { cancelInvitationsBy } from '../invitations/store.ts'
import { notFound, ProblemError } from '../problem-error.ts'
import { actingMember, organizationOf, refuseLastOwner, refuseUnlessMay } from './rules.ts'
import { enqueueMail } from '../mail/mail-job.ts'
import { FACTORS_RESET_MAIL } from '../second-factors/factor-mail.ts'
import { forgetFactorsOf, guardsMoreThan, withSecondFactor } from '../second-factors/member-factors.ts'
import { endSessionsOf, type MemberRow, memberStore, memberWriter } from './store.ts'

export async function listMembers(ctx: ControlReadContext): Promise<MemberList> {
  const rows = await memberStore(ctx.db, organizationOf(ctx)).list()
  const proven = await withSecondFactor(
    ctx.db,
    rows.map(({ id }) => id),
  )
  return { data: rows.map((row) => presentMember(row, proven.has(row.id))) }
}

/** Gives a member another role. Whoever is signed in as them is signed out: no session outlives what it was made for. */
export async function changeRole(ctx: ControlContext, id: string, { role }: MemberRoleChange): Promise<Member> {
  const member = await found(ctx, id)
  refuseUnlessMay(await actingMember(ctx), member.role, role)
  if (member.role === role) throw new ProblemError('state-conflict', `This member is ${role} already.`)
  await refuseLastOwner(ctx, member)
  const at = ctx.now.toISOString()
  await memberWriter(ctx.db, organizationOf(ctx)).setRole(id, role, at)
  await takeBack(ctx, id)
  const data = { name: member.name, before: member.role, after: role }
  await ctx.audit({ action: 'member.roleChanged', targetType: 'user', targetId: id, data })
  const proven = await withSecondFactor(ctx.db, [id])
  return presentMember({ ...member, role, roleSince: at }, proven.has(id))
}

/** Takes a member out of the organization, and signs them out at once. */
export async function removeMember(ctx: ControlContext, id: string): Promise<null> {
  const member = await found(ctx, id)
  refuseUnlessMay(await actingMember(ctx), member.role)
  if (id === ctx.userId)
    throw new ProblemError('state-conflict', 'Leave the organization instead of removing yourself.')
  await refuseLastOwner(ctx, member)
  await memberWriter(ctx.db, organizationOf(ctx)).remove(id)
  await takeBack(ctx, id)
  const data = { name: member.name, role: member.role }
  await ctx.audit({ action: 'member.removed', targetType: 'user', targetId: id, data })
  return null
}

/** Signs a member out wherever they are signed in: a device was lost, or somebody else has it. */
export async function endMemberSessions(ctx: ControlContext, id: string): Promise<null> {
  const member = await found(ctx, id)
  refuseUnlessMay(await actingMember(ctx), member.role)
  await endSessionsOf(ctx.db, id, ctx.now.toISOString())
  await ctx.audit({ action: 'member.sessionsEnded', targetType: 'user', targetId: id, data: { name: member.name } })
  return null
}

/**
 * For a person who has lost everything they confirm with: somebody else who administers their organization takes it
 * away, and they set up new ones after their next sign-in. They are told by mail, whoever asked for it.
 */
export async function resetSecondFactors(ctx: ControlContext, id: string): Promise<null> {
  const member = await found(ctx, id)
  const actor = await actingMember(ctx)
  refuseUnlessMay(actor, member.role)
  if (id === ctx.userId) {
    throw new ProblemError('state-conflict', 'Somebody else who administers the organization has to do this for you.')
  }
  if (await guardsMoreThan(ctx.db, id, actor.id)) {
    const detail =
      'This person confirms with it elsewhere too, where you do not decide. Who runs this server can do it.'
    throw new ProblemError('state-conflict', detail)
  }
  await forgetFactorsOf(ctx.db, id)
  await endSessionsOf(ctx.db, id, ctx.now.toISOString())
  const data = { userId: id, by: actor.name }
  await enqueueMail(ctx.db, FACTORS_RESET_MAIL, {
    owner: organizationOf(ctx),
    data,
    dedupeKey: ctx.requestId,
    now: ctx.now,
  })
  const event = { action: 'member.secondFactorsReset', targetType: 'user', targetId: id, data: { name: member.name } }
  await ctx.audit(event)
  return null
}

/** The caller is no member any more from here on; elsewhere they stay signed in. */
export async function leave(ctx: ControlContext): Promise<null> {
  const member = await actingMember(ctx)
  if (ctx.isOpen) await refuseLastOwner(ctx, member)
  await memberWriter(ctx.db, organizationOf(ctx)).remove(member.id)
  await cancelInvitationsBy(ctx.db, organizationOf(ctx), member.id, ctx.now)
  const data = { name: member.name, role: member.role }
  await ctx.audit({ action: 'member.left', targetType: 'user', targetId: member.id, data })
  return null
}

/** No door stays open that this person opened: their sessions end, and whom they invited has to be invited anew. */
async function takeBack(ctx: ControlContext, userId: string): Promise<void> {
  await endSessionsOf(ctx.db, userId, ctx.now.toISOString())
  await cancelInvitationsBy(ctx.db, organizationOf(ctx), userId, ctx.now)
}

async function found(ctx: ControlContext, id: string): Promise<MemberRow> {
  const member = await memberStore(ctx.db, organizationOf(ctx)).find(id)
  if (member === undefined) throw notFound('member')
  return member
}

export function presentMember({ createdAt, roleSince, ...row }: MemberRow, hasSecondFactor: boolean): Member {
  return { type: 'member', ...row, joinedAt: createdAt, roleSince: roleSince ?? createdAt, hasSecondFactor }
}
