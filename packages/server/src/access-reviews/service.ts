import type { AccessReview, AccessReviewDecision, AccessReviewItem, AccessReviewSettings } from '@fistworks/contract'
import { apiKeyWriter } from '../api-keys/store.ts'
import type { ControlContext, ControlReadContext } from '../context.ts'
import { actingMember, organizationOf, refuseUnlessMay } from '../members/rules.ts'
import { removeMember } from '../members/service.ts'
import { memberStore } from '../members/store.ts'
import { notFound, ProblemError } from '../problem-error.ts'
import { accessReviewStore, accessReviewWriter } from './store.ts'
import type { AccessReviewItemRow } from './table.ts'

const DAY_MS = 86_400_000

/** When the next review is due: so many days after the last, or after the organization began. */
export function dueAt(settings: { days: number; reviewedAt: string | null; createdAt: string }): string {
  return new Date(Date.parse(settings.reviewedAt ?? settings.createdAt) + settings.days * DAY_MS).toISOString()
}

export async function retrieveReview(ctx: ControlReadContext): Promise<AccessReview> {
  const store = accessReviewStore(ctx.db, organizationOf(ctx))
  const settings = await store.settings()
  if (settings === undefined) throw notFound('organization')
  const open = await store.open()
  const due = dueAt(settings)
  return {
    type: 'accessReview',
    everyDays: settings.days,
    lastCompletedAt: settings.reviewedAt,
    dueAt: due,
    isOverdue: due <= ctx.now.toISOString(),
    current:
      open === undefined
        ? null
        : {
            id: open.id,
            begunAt: open.begunAt,
            begunBy: open.begunBy,
            items: (await store.items(open.id)).map(presentItem),
          },
  }
}

/** Writes down who has what now; each is confirmed or revoked from here on. */
export async function beginReview(ctx: ControlContext): Promise<AccessReview> {
  const organizationId = organizationOf(ctx)
  refuseUnlessMay(await actingMember(ctx))
  const store = accessReviewStore(ctx.db, organizationId)
  if ((await store.open()) !== undefined) throw new ProblemError('state-conflict', 'A review is under way already.')
  const writer = accessReviewWriter(ctx.db, organizationId)
  const reviewId = ctx.newId('rev')
  const begunAt = ctx.now.toISOString()
  await writer.begin({ id: reviewId, begunAt, begunBy: ctx.actor.name ?? ctx.actor.id })
  const members = await memberStore(ctx.db, organizationId).list()
  for (const { id, name, email, role, roleSince, createdAt, lastUsedAt } of members) {
    const item = { subjectType: 'member', subjectId: id, name: `${name} (${email})`, access: role } as const
    await writer.addItem({ ...item, reviewId, since: roleSince ?? createdAt, lastUsedAt })
  }
  const keys = await store.keys(begunAt)
  for (const { id, name, scopes, createdAt, lastUsedAt } of keys) {
    const item = { subjectType: 'apiKey', subjectId: id, name, access: scopes.join(' ') } as const
    await writer.addItem({ ...item, reviewId, since: createdAt, lastUsedAt })
  }
  const data = { members: members.length, apiKeys: keys.length }
  await ctx.audit({ action: 'accessReview.begun', targetType: 'accessReview', targetId: reviewId, data })
  return retrieveReview(ctx)
}

/** Confirms an access, or takes it away at once. With the last decision the review is complete. */
export async function decideAccess(
  ctx: ControlContext,
  id: string,
  { subjectId, decision }: AccessReviewDecision,
): Promise<AccessReview> {
  const organizationId = organizationOf(ctx)
  const store = accessReviewStore(ctx.db, organizationId)
  const open = await store.open()
  if (open?.id !== id) throw notFound('access review under way')
  refuseUnlessMay(await actingMember(ctx))
  const items = await store.items(id)
  const item = items.find((one) => one.subjectId === subjectId)
  if (item === undefined) throw notFound('access in this review')
  if (item.decision !== null) throw new ProblemError('state-conflict', `This access was ${item.decision} already.`)
  if (decision === 'revoked') await revoke(ctx, item)
  else await refuseOwnAccess(ctx, item)
  const writer = accessReviewWriter(ctx.db, organizationId)
  const at = ctx.now.toISOString()
  await writer.decide(id, subjectId, { decision, decidedAt: at, decidedBy: ctx.actor.name ?? ctx.actor.id })
  const { subjectType, name, access, since, lastUsedAt } = item
  const data = { subjectType, subjectId, name, access, since, lastUsedAt, decision }
  await ctx.audit({ action: 'accessReview.decided', targetType: 'accessReview', targetId: id, data })
  if (items.every((one) => one.decision !== null || one.subjectId === subjectId)) await complete(ctx, id)
  return retrieveReview(ctx)
}

export async function configureReviews(
  ctx: ControlContext,
  { everyDays }: AccessReviewSettings,
): Promise<AccessReview> {
  const organizationId = organizationOf(ctx)
  refuseUnlessMay(await actingMember(ctx))
  const before = (await accessReviewStore(ctx.db, organizationId).settings())?.days
  await accessReviewWriter(ctx.db, organizationId).setDays(everyDays)
  const data = { before, after: everyDays }
  await ctx.audit({ action: 'accessReview.configured', targetType: 'organization', targetId: organizationId, data })
  return retrieveReview(ctx)
}

async function complete(ctx: ControlContext, id: string): Promise<void> {
  const organizationId = organizationOf(ctx)
  await accessReviewWriter(ctx.db, organizationId).complete(id, ctx.now.toISOString())
  const items = await accessReviewStore(ctx.db, organizationId).items(id)
  const confirmed = items.filter(({ decision }) => decision === 'confirmed').length
  const data = { confirmed, revoked: items.length - confirmed }
  await ctx.audit({ action: 'accessReview.completed', targetType: 'accessReview', targetId: id, data })
}

/** What is gone already needs nothing more. */
async function revoke(ctx: ControlContext, { subjectType, subjectId, name }: AccessReviewItemRow): Promise<void> {
  const organizationId = organizationOf(ctx)
  if (subjectType === 'member') {
    if ((await memberStore(ctx.db, organizationId).find(subjectId)) !== undefined) await removeMember(ctx, subjectId)
    return
  }
  if (!(await apiKeyWriter(ctx.db, organizationId).revoke(subjectId, ctx.now.toISOString()))) return
  await ctx.audit({ action: 'apiKey.revoked', targetType: 'apiKey', targetId: subjectId, data: { name } })
}

/** Nobody confirms their own access while somebody else could. */
async function refuseOwnAccess(ctx: ControlContext, item: AccessReviewItemRow): Promise<void> {
  if (item.subjectId !== ctx.userId) return
  const members = await memberStore(ctx.db, organizationOf(ctx)).list()
  const isAlone = !members.some(({ id, role }) => id !== ctx.userId && (role === 'owner' || role === 'administrator'))
  if (isAlone) return
  throw new ProblemError('second-person-required', 'Another owner or administrator has to confirm your own access.')
}

function presentItem(row: AccessReviewItemRow): AccessReviewItem {
  const { subjectType, subjectId, name, access, since, lastUsedAt, decision, decidedAt, decidedBy } = row
  return { subjectType, subjectId, name, access, since, lastUsedAt, decision, decidedAt, decidedBy }
}
