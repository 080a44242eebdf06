import {
  EMBED_SESSION_SECONDS_MAX,
  type EmbedSession,
  type EmbedSessionCreate,
  risableScopesOf,
  scopesOf,
  type Scope,
} from '@fistworks/contract'
import type { ControlContext } from '../context.ts'
import { invalid, notFound, ProblemError } from '../problem-error.ts'
import { platformStore } from '../platforms/store.ts'
import { embedSessionStore } from './store.ts'

/** The parsed form of what the platform's back end asks for. */
type Asked = Pick<EmbedSessionCreate, 'endUser' | 'allowedOrigins'> & {
  isolation: 'page' | 'frame'
  components: Parameters<typeof scopesOf>[0]
  ttlSeconds: number
}

/** Makes a session for one end user, from the platform's back end only. The token is shown once. */
export async function createEmbedSession(ctx: ControlContext, input: Asked): Promise<EmbedSession> {
  if (ctx.actor.type !== 'apiKey') throw new ProblemError('forbidden', 'Only an API key can make embed sessions.')
  if (ctx.organizationId === null) {
    throw new ProblemError(
      'organization-required',
      'Send the header FISTWorks-Organization with the id of the organization.',
    )
  }
  const scopes: Scope[] = scopesOf(input.components)
  if (scopes.length === 0) {
    throw new ProblemError('validation-failed', 'Name at least one component.', {
      errors: [{ pointer: '/components', code: 'too_small', message: 'names no component' }],
    })
  }
  const missing = scopes.find((scope) => !ctx.scopes.includes(scope))
  if (missing !== undefined) {
    throw new ProblemError('forbidden', `The key has not the permission ${missing} itself, so it cannot hand it on.`)
  }
  const risable = risableScopesOf(input.components).filter((scope) => !scopes.includes(scope))
  const foreign = await foreignOriginOf(ctx, input.allowedOrigins)
  if (foreign !== undefined) {
    const message = 'is not among the allowed origins of the platform: add it there first'
    throw invalid([{ pointer: `/allowedOrigins/${foreign}`, code: 'origin', message }])
  }
  const id = ctx.newId('ems')
  const ttlMs = Math.min(input.ttlSeconds, EMBED_SESSION_SECONDS_MAX) * 1000
  const expiresAt = new Date(ctx.now.getTime() + ttlMs).toISOString()
  const token = await embedSessionStore(ctx.db).add({
    id,
    platformId: ctx.platformId,
    organizationId: ctx.organizationId,
    apiKeyId: ctx.actor.id,
    endUserId: input.endUser.externalId,
    endUserName: input.endUser.name,
    scopes,
    risable,
    isolation: input.isolation,
    allowedOrigins: input.allowedOrigins,
    createdAt: ctx.now.toISOString(),
    expiresAt,
  })
  await ctx.audit({
    action: 'embedSession.created',
    targetType: 'embedSession',
    targetId: id,
    data: {
      endUser: input.endUser.externalId,
      scopes,
      ...(risable.length === 0 ? {} : { risable }),
      isolation: input.isolation,
      allowedOrigins: input.allowedOrigins,
      expiresAt,
    },
  })
  return { type: 'embedSession', id, token, expiresAt }
}

/** Where the first origin stands that is not among those of the platform; a platform without any allows all. */
async function foreignOriginOf(ctx: ControlContext, origins: readonly string[]): Promise<number | undefined> {
  const { platformId } = ctx
  if (platformId === null) return undefined
  const platform = await platformStore(ctx.db).find({ platformId }, platformId)
  if (platform === undefined || platform.allowedOrigins.length === 0) return undefined
  const index = origins.findIndex((origin) => !platform.allowedOrigins.includes(origin))
  return index < 0 ? undefined : index
}

/** Ends a session at once. */
export async function revokeEmbedSession(ctx: ControlContext, id: string): Promise<null> {
  if (ctx.organizationId === null) throw notFound('embed session')
  const isRevoked = await embedSessionStore(ctx.db).revoke(id, ctx.organizationId, ctx.now.toISOString())
  if (!isRevoked) throw notFound('embed session that is still open')
  await ctx.audit({ action: 'embedSession.revoked', targetType: 'embedSession', targetId: id })
  return null
}
