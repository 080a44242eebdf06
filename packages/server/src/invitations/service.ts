import {
  type FirstOwnerInvitation,
  type Id,
  type Invitation,
  type InvitationCreate,
  INVITATION_DAYS,
  type InvitationList,
  type Role,
} from '@fistworks/contract'
import { accessStore } from '../access/access-store.ts'
import type { ControlContext, ControlReadContext } from '../context.ts'
import { LIMITS } from '../limits.ts'
import { enqueueMail } from '../mail/mail-job.ts'
import { actingMember, organizationOf, refuseUnlessMay } from '../members/rules.ts'
import { memberStore } from '../members/store.ts'
import { notFound, ProblemError } from '../problem-error.ts'
import { INVITATION_MAIL } from './mail.ts'
import { invitationStore, invitationWriter } from './store.ts'
import type { InvitationRow } from './table.ts'

const DAY_MS = 86_400_000

export async function listInvitations(ctx: ControlReadContext): Promise<InvitationList> {
  const rows = await invitationStore(ctx.db, organizationOf(ctx)).list()
  return { data: rows.map((row) => presentInvitation(row, ctx.now)) }
}

/** Asks somebody to become a member. The answer does not tell whether this server knows the address already. */
export async function createInvitation(ctx: ControlContext, input: InvitationCreate): Promise<Invitation> {
  refuseUnlessMay(await actingMember(ctx), input.role)
  return invite(ctx, input)
}

/** A platform asks the first owner of an organization of its own that has none. */
export async function createFirstOwnerInvitation(
  ctx: ControlContext,
  input: FirstOwnerInvitation,
): Promise<Invitation> {
  const organizationId = organizationOf(ctx)
  if (ctx.platformId === null || ctx.actor.type !== 'apiKey') {
    throw new ProblemError('forbidden', 'Only the key of the platform invites the first owner of its organization.')
  }
  if ((await memberStore(ctx.db, organizationId).count('owner')) > 0) {
    throw new ProblemError('state-conflict', 'This organization has an owner. Owners invite whoever comes next.')
  }
  return invite(ctx, { ...input, role: 'owner' })
}

/** Mails a new link. The link of the mail before works no more. */
export async function resendInvitation(ctx: ControlContext, id: string): Promise<Invitation> {
  const row = await pending(ctx, id)
  refuseUnlessMay(await actingMember(ctx), row.role)
  if (row.mailings >= LIMITS.mailsPerInvitation) {
    const detail = `An invitation is mailed at most ${LIMITS.mailsPerInvitation} times. Revoke it and invite anew.`
    throw new ProblemError('limit-exceeded', detail)
  }
  await refuseTooManyMails(ctx)
  const mailings = row.mailings + 1
  await invitationWriter(ctx.db, row.organizationId).change(id, { mailings })
  await mailLink(ctx, row.organizationId, row.id, mailings)
  await ctx.audit({ action: 'invitation.resent', targetType: 'invitation', targetId: id, data: { email: row.email } })
  return presentInvitation({ ...row, mailings }, ctx.now)
}

export async function revokeInvitation(ctx: ControlContext, id: string): Promise<Invitation> {
  const row = await pending(ctx, id)
  refuseUnlessMay(await actingMember(ctx), row.role)
  const revokedAt = ctx.now.toISOString()
  await invitationWriter(ctx.db, row.organizationId).change(id, { revokedAt, secretHash: null })
  await ctx.audit({ action: 'invitation.revoked', targetType: 'invitation', targetId: id, data: { email: row.email } })
  return presentInvitation({ ...row, revokedAt }, ctx.now)
}

async function invite(ctx: ControlContext, input: InvitationCreate): Promise<Invitation> {
  const organizationId = organizationOf(ctx)
  await refuseFull(ctx, organizationId)
  const user = await accessStore(ctx.db).userByEmail(input.email)
  if (user !== undefined && (await memberStore(ctx.db, organizationId).find(user.id)) !== undefined) {
    throw new ProblemError('duplicate', 'This address belongs to a member already.')
  }
  const days = input.expiresInDays ?? INVITATION_DAYS.default
  const row = {
    organizationId,
    id: ctx.newId('inv'),
    email: input.email,
    role: input.role,
    invitedBy: ctx.actor.id,
    invitedByName: ctx.actor.name ?? ctx.actor.id,
    createdAt: ctx.now.toISOString(),
    expiresAt: new Date(ctx.now.getTime() + days * DAY_MS).toISOString(),
  }
  const writer = invitationWriter(ctx.db, organizationId)
  await writer.replace(input.email, row.createdAt)
  await writer.add(row)
  await mailLink(ctx, organizationId, row.id, 1)
  const data = { email: row.email, role: row.role, expiresAt: row.expiresAt }
  await ctx.audit({ action: 'invitation.created', targetType: 'invitation', targetId: row.id, data })
  const none = { secretHash: null, sentAt: null, acceptedAt: null, acceptedBy: null, revokedAt: null, mailings: 1 }
  return presentInvitation({ ...row, ...none }, ctx.now)
}

async function refuseFull(ctx: ControlContext, organizationId: string): Promise<void> {
  const pendingCount = await invitationStore(ctx.db, organizationId).countPending(ctx.now)
  if (pendingCount >= LIMITS.pendingInvitationsPerOrganization) {
    const detail = `At most ${LIMITS.pendingInvitationsPerOrganization} invitations are open at once. Revoke some first.`
    throw new ProblemError('limit-exceeded', detail)
  }
  if ((await memberStore(ctx.db, organizationId).count()) + pendingCount >= LIMITS.membersPerOrganization) {
    throw new ProblemError('limit-exceeded', `An organization has at most ${LIMITS.membersPerOrganization} members.`)
  }
  await refuseTooManyMails(ctx)
}

async function refuseTooManyMails(ctx: ControlContext): Promise<void> {
  const since = new Date(ctx.now.getTime() - DAY_MS).toISOString()
  const mails = await invitationStore(ctx.db, organizationOf(ctx)).mailsSince(since)
  if (mails < LIMITS.invitationMailsPerDay) return
  const detail = `An organization mails at most ${LIMITS.invitationMailsPerDay} invitations in 24 hours. Go on tomorrow.`
  throw new ProblemError('limit-exceeded', detail)
}

/** The job holds no secret: that of the link is made when the mail is written. */
function mailLink(ctx: ControlContext, owner: string, id: Id<'inv'>, mailing: number): Promise<void> {
  const data = { invitationId: id, mailing }
  return enqueueMail(ctx.db, INVITATION_MAIL, { owner, data, dedupeKey: `${id}:${mailing}`, now: ctx.now })
}

async function pending(ctx: ControlContext, id: string): Promise<InvitationRow> {
  const row = await invitationStore(ctx.db, organizationOf(ctx)).find(id)
  if (row === undefined) throw notFound('invitation')
  const status = statusOf(row, ctx.now)
  if (status === 'pending') return row
  throw new ProblemError('state-conflict', `This invitation is ${status}. Invite the person anew.`)
}

function statusOf(row: InvitationRow, now: Date): Invitation['status'] {
  if (row.acceptedAt !== null) return 'accepted'
  if (row.revokedAt !== null) return 'revoked'
  return row.expiresAt <= now.toISOString() ? 'expired' : 'pending'
}

function presentInvitation(row: InvitationRow, now: Date): Invitation {
  const { id, email, invitedByName, createdAt, expiresAt, sentAt } = row
  const role: Role = row.role
  const status = statusOf(row, now)
  return { type: 'invitation', id, email, role, status, invitedBy: invitedByName, createdAt, expiresAt, sentAt }
}
