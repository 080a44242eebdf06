import {
  type ApiKey,
  type ApiKeyCreate,
  type ApiKeyRotate,
  type NewApiKey,
  PAGE_LIMIT_DEFAULT,
  type Page,
  type PageQuery,
  type Scope,
} from '@fistworks/contract'
import type * as z from 'zod/mini'
import type { ControlContext, ControlReadContext } from '../context.ts'
import { LIMITS } from '../limits.ts'
import { invalid, ProblemError } from '../problem-error.ts'
import { refuseLimited } from '../platforms/limited-key.ts'
import { presentApiKey } from './present.ts'
import { daysAfter, type KeyMode, networksOf, refuseApprovalOfOneself, refuseTooMany } from './rules.ts'
import { type ApiKeyRow, apiKeyStore, apiKeyWriter, type KeyDraft } from './store.ts'

export interface ApiKeyDependencies {
  keyMode: KeyMode
}

/** The organization that is named, else the platform: whose keys they are. */
function ownerOf(ctx: ControlReadContext): string {
  if (ctx.organizationId === null) refuseLimited(ctx)
  const owner = ctx.organizationId ?? ctx.platformId
  if (owner !== null) return owner
  const detail = 'Name the organization or the platform whose keys these are, in a header.'
  throw new ProblemError('organization-required', detail)
}

/** All keys, newest first, revoked and expired ones too. */
export async function listApiKeys(ctx: ControlReadContext, query: PageQuery): Promise<Page<ApiKey>> {
  const limit = query.limit ?? PAGE_LIMIT_DEFAULT
  const rows = await apiKeyStore(ctx.db, ownerOf(ctx)).list(query.after, limit + 1)
  const data = rows.slice(0, limit).map(presentApiKey)
  const hasMore = rows.length > limit
  return { data, hasMore, nextCursor: hasMore ? (data.at(-1)?.id ?? null) : null }
}

export async function retrieveApiKey(ctx: ControlReadContext, id: string): Promise<ApiKey> {
  return presentApiKey(await found(ctx, id))
}

/** Makes a key; the answer is the only place where it is ever shown. */
export async function createApiKey(
  deps: ApiKeyDependencies,
  ctx: ControlContext,
  input: z.output<typeof ApiKeyCreate>,
): Promise<NewApiKey> {
  const scopes = [...new Set(input.scopes)]
  if (ctx.organizationId !== null) refuseApprovalOfOneself(scopes)
  const draft: KeyDraft = {
    ...newDraft(ctx, input.expiresInDays),
    name: input.name,
    scopes,
    allowedNetworks: networksOf(deps.keyMode, scopes, input.allowedNetworks),
    onlyOrganizations: await onlyOrganizationsOf(ctx, scopes, input.organizationIds),
  }
  refuseTooMany(await apiKeyStore(ctx.db, ownerOf(ctx)).countOpen(ctx.now.toISOString()))
  const { row, secret } = await apiKeyWriter(ctx.db, ownerOf(ctx)).add(deps.keyMode, draft)
  await ctx.audit({ action: 'apiKey.created', targetType: 'apiKey', targetId: row.id, data: told(row) })
  return { ...presentApiKey(row), secret }
}

/** A new key with what the old one has; the old one ends after the overlap. */
export async function rotateApiKey(
  deps: ApiKeyDependencies,
  ctx: ControlContext,
  id: string,
  input: z.output<typeof ApiKeyRotate>,
): Promise<NewApiKey> {
  const old = await found(ctx, id)
  const isOver = old.revokedAt !== null || old.expiresAt <= ctx.now.toISOString()
  if (isOver || old.replacedBy !== null) {
    throw new ProblemError('state-conflict', 'This key has ended or was rotated before. Make a new key instead.')
  }
  const { scopes, onlyOrganizations } = old
  const draft: KeyDraft = {
    ...newDraft(ctx, input.expiresInDays),
    name: old.name,
    scopes,
    allowedNetworks: networksOf(deps.keyMode, scopes as Scope[], input.allowedNetworks ?? old.allowedNetworks),
    onlyOrganizations,
  }
  // While an overlap lasts each key may be there twice, but not once more with each rotation.
  const open = await apiKeyStore(ctx.db, ownerOf(ctx)).countOpen(ctx.now.toISOString())
  refuseTooMany(open - LIMITS.apiKeysPerOwner)
  const writer = apiKeyWriter(ctx.db, ownerOf(ctx))
  const { row, secret } = await writer.add(deps.keyMode, draft)
  const overlapEnds = daysAfter(ctx.now, input.overlapDays)
  const oldEndsAt = old.expiresAt < overlapEnds ? old.expiresAt : overlapEnds
  await writer.replace(id, row.id, oldEndsAt)
  const data = { replacedBy: row.id, endsAt: oldEndsAt, newKey: told(row) }
  await ctx.audit({ action: 'apiKey.rotated', targetType: 'apiKey', targetId: id, data })
  return { ...presentApiKey(row), secret }
}

/** Ends a key at once, with every token and embed session that it made. */
export async function revokeApiKey(ctx: ControlContext, id: string): Promise<ApiKey> {
  const before = await found(ctx, id)
  const isRevoked = await apiKeyWriter(ctx.db, ownerOf(ctx)).revoke(id, ctx.now.toISOString())
  if (!isRevoked) throw new ProblemError('state-conflict', 'This key was revoked before.')
  await ctx.audit({ action: 'apiKey.revoked', targetType: 'apiKey', targetId: id, data: { name: before.name } })
  return presentApiKey(await found(ctx, id))
}

async function found(ctx: ControlReadContext, id: string): Promise<ApiKeyRow> {
  const row = await apiKeyStore(ctx.db, ownerOf(ctx)).find(id)
  if (row === undefined) throw new ProblemError('not-found', 'There is no API key with this id here.')
  return row
}

function newDraft(ctx: ControlContext, expiresInDays: number) {
  const owner = ctx.organizationId === null ? { platformId: ctx.platformId } : { organizationId: ctx.organizationId }
  const times = { createdAt: ctx.now.toISOString(), expiresAt: daysAfter(ctx.now, expiresInDays) }
  return { id: ctx.newId('key'), ...owner, ...times }
}

/** A foreign organization and one that never was are told of in the same words. */
async function onlyOrganizationsOf(
  ctx: ControlContext,
  scopes: readonly Scope[],
  ids: readonly string[] | undefined,
): Promise<string[] | null> {
  if (ids === undefined) return null
  const { platformId } = ctx
  if (platformId === null || ctx.organizationId !== null) {
    const message = "is for a platform's key: this key works in its own organization only"
    throw invalid([{ pointer: '/organizationIds', code: 'unrecognized', message }])
  }
  if (scopes.includes('organizations:write')) {
    const message = 'cannot be named for a key that adds organizations: it could not work in them'
    throw invalid([{ pointer: '/organizationIds', code: 'custom', message }])
  }
  const known = await apiKeyStore(ctx.db, ownerOf(ctx)).organizationsOf(platformId, ids)
  const wrong = ids.flatMap((id, index) =>
    known.includes(id)
      ? []
      : [{ pointer: `/organizationIds/${index}`, code: 'not-found', message: 'is no organization of this platform' }],
  )
  if (wrong.length > 0) throw invalid(wrong)
  return [...new Set(ids)]
}

/** What the event says of a new key. */
function told({ id, name, scopes, allowedNetworks, onlyOrganizations, expiresAt }: ApiKeyRow) {
  return { id, name, scopes, allowedNetworks, onlyOrganizations, expiresAt }
}
