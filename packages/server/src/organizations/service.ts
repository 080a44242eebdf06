import type { Organization, OrganizationCreate, Page, PageQuery } from '@fistworks/contract'
import { PAGE_LIMIT_DEFAULT } from '@fistworks/contract'
import type { ControlContext, ControlReadContext } from '../context.ts'
import { LIMITS } from '../limits.ts'
import { invalid, notFound, ProblemError } from '../problem-error.ts'
import { addOrganization, addOwnOrganization, type NewOrganization, organizationStore } from './store.ts'

/** A platform takes on another paying company; a person founds one of their own and becomes its owner. */
export async function createOrganization(ctx: ControlContext, input: OrganizationCreate): Promise<Organization> {
  if (ctx.organizationId !== null || (ctx.platformId === null && ctx.userId === null)) {
    const detail = 'Only a platform key or a signed-in person, neither naming an organization, can create one.'
    throw new ProblemError('forbidden', detail)
  }
  if (ctx.onlyOrganizations !== null) {
    throw new ProblemError('forbidden', 'This key works in the organizations it names only, so it can add none.')
  }
  if (ctx.userId !== null && ctx.platformId === null) return foundOrganization(ctx, ctx.userId, input)
  const row = await addOrganization(ctx.db, await ofPlatform(ctx, input))
  await ctx.audit({ ...created(row), data: { name: input.name } })
  return row
}

async function ofPlatform(ctx: ControlContext, input: OrganizationCreate): Promise<NewOrganization> {
  const externalId = input.externalId ?? null
  const { platformId } = ctx
  if (platformId !== null && externalId !== null) {
    if ((await organizationStore(ctx.db).findByExternalId(platformId, externalId)) !== undefined) {
      throw new ProblemError('duplicate', 'There is already an organization with this externalId.', {
        errors: [{ pointer: '/externalId', code: 'duplicate', message: 'is used by another organization' }],
      })
    }
  }
  return { ...newOrganization(ctx, input), platformId, externalId }
}

async function foundOrganization(
  ctx: ControlContext,
  userId: string,
  input: OrganizationCreate,
): Promise<Organization> {
  if (input.externalId !== undefined) {
    throw invalid([{ pointer: '/externalId', code: 'forbidden', message: 'is for the organizations of a platform' }])
  }
  if ((await organizationStore(ctx.db).countFoundedBy(userId)) >= LIMITS.organizationsPerFounder) {
    const detail = `A person founds at most ${LIMITS.organizationsPerFounder} organizations. Close one first.`
    throw new ProblemError('limit-exceeded', detail)
  }
  const row = await addOwnOrganization(ctx.db, { ...newOrganization(ctx, input), createdBy: userId })
  await ctx.audit({ ...created(row), data: { name: input.name, owner: userId }, chainOf: row.id })
  return row
}

const created = (row: Organization) =>
  ({ action: 'organization.created', targetType: 'organization', targetId: row.id }) as const

function newOrganization(ctx: ControlContext, { name }: OrganizationCreate): NewOrganization {
  return { id: ctx.newId('org'), name, database: 'main', createdAt: ctx.now.toISOString() }
}

/** The organizations the caller can work in, newest first. */
export async function listOrganizations(ctx: ControlReadContext, query: PageQuery): Promise<Page<Organization>> {
  const limit = query.limit ?? PAGE_LIMIT_DEFAULT
  const rows = await organizationStore(ctx.db).list(reachOf(ctx), limit + 1, query.after)
  const data = rows.slice(0, limit)
  const hasMore = rows.length > limit
  return { data, hasMore, nextCursor: hasMore ? (data.at(-1)?.id ?? null) : null }
}

export async function retrieveOrganization(ctx: ControlReadContext, id: string): Promise<Organization> {
  const row = await organizationStore(ctx.db).find(reachOf(ctx), id)
  if (row === undefined) throw notFound('organization')
  return row
}

function reachOf(ctx: ControlReadContext) {
  const { userId, organizationId, platformId, onlyOrganizations } = ctx
  if (userId !== null && platformId === null) return { userId }
  if (organizationId !== null) return { organizationId }
  if (platformId !== null) return { platformId, onlyOrganizations }
  throw new ProblemError('forbidden', 'This caller belongs to no organization.')
}
