import type { Organization, OrganizationCreate, Page, PageQuery } from '@fistworks/contract'
import { PAGE_LIMIT_DEFAULT } from '@fistworks/contract'
import type { ControlContext, ControlReadContext } from '../context.ts'
import { notFound, ProblemError } from '../problem-error.ts'
import { addOrganization, organizationStore } from './store.ts'

/** A platform takes on another paying company. */
export async function createOrganization(ctx: ControlContext, input: OrganizationCreate): Promise<Organization> {
  if (ctx.platformId === null || ctx.organizationId !== null) {
    throw new ProblemError('forbidden', 'Only a platform key that names no organization can create one.')
  }
  const store = organizationStore(ctx.db)
  const externalId = input.externalId ?? null
  if (externalId !== null && (await store.findByExternalId(ctx.platformId, externalId)) !== undefined) {
    throw new ProblemError('duplicate', 'There is already an organization with this externalId.', {
      errors: [{ pointer: '/externalId', code: 'duplicate', message: 'is used by another organization' }],
    })
  }
  const id = ctx.newId('org')
  const row = await addOrganization(ctx.db, {
    id,
    platformId: ctx.platformId,
    name: input.name,
    externalId,
    database: 'main',
    createdAt: ctx.now.toISOString(),
  })
  await ctx.audit({
    action: 'organization.created',
    targetType: 'organization',
    targetId: id,
    data: { name: input.name },
  })
  return row
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
  if (ctx.userId !== null) return { userId: ctx.userId }
  if (ctx.organizationId !== null) return { organizationId: ctx.organizationId }
  if (ctx.platformId !== null) return { platformId: ctx.platformId }
  throw new ProblemError('forbidden', 'This caller belongs to no organization.')
}
