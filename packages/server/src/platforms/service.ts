import {
  type AuditEvent,
  PAGE_LIMIT_DEFAULT,
  type Page,
  type PageQuery,
  type Platform,
  type PlatformAdministratorList,
  type PlatformCreate,
  type PlatformUpdate,
} from '@fistworks/contract'
import type { ControlContext, ControlReadContext } from '../context.ts'
import { LIMITS } from '../limits.ts'
import { invalid, ProblemError } from '../problem-error.ts'
import { presentAuditEvent } from '../audit-events/present.ts'
import { enqueueMail } from '../mail/mail-job.ts'
import { refuseLimited } from './limited-key.ts'
import { PLATFORM_INVITATION_MAIL } from './invitation-mail.ts'
import { type PlatformReach, type PlatformRow, platformStore, platformWriter } from './store.ts'

const DAY_MS = 86_400_000

/** A signed-in person begins an accounting product and looks after it from then on. */
export async function createPlatform(ctx: ControlContext, input: Required<PlatformCreate>): Promise<Platform> {
  const { userId, now } = ctx
  if (userId === null || ctx.organizationId !== null || ctx.platformId !== null) {
    throw new ProblemError('forbidden', 'A signed-in person creates a platform, and names no organization or platform.')
  }
  if ((await platformStore(ctx.db).countOf(userId)) >= LIMITS.platformsPerPerson) {
    const detail = `One person looks after at most ${LIMITS.platformsPerPerson} platforms.`
    throw new ProblemError('limit-exceeded', detail)
  }
  const id = ctx.newId('plt')
  const createdAt = now.toISOString()
  const allowedOrigins = [...new Set(input.allowedOrigins)]
  const row = { id, name: input.name, createdAt, allowedOrigins, displayName: null, accentColor: null }
  const writer = platformWriter(ctx.db)
  await writer.add(row)
  await writer.addAdministrator(id, userId, createdAt)
  const data = { name: input.name, allowedOrigins }
  await ctx.audit({ action: 'platform.created', targetType: 'platform', targetId: id, data, chainOf: id })
  return present(row)
}

/** The platforms the caller looks after, or the one its key belongs to; newest first. */
export async function listPlatforms(ctx: ControlReadContext, query: PageQuery): Promise<Page<Platform>> {
  const limit = query.limit ?? PAGE_LIMIT_DEFAULT
  const reach = reachOf(ctx)
  const rows = reach === null ? [] : await platformStore(ctx.db).list(reach, query.after, limit + 1)
  const data = rows.slice(0, limit).map(present)
  const hasMore = rows.length > limit
  return { data, hasMore, nextCursor: hasMore ? (data.at(-1)?.id ?? null) : null }
}

export async function retrievePlatform(ctx: ControlReadContext, id: string): Promise<Platform> {
  const reach = reachOf(ctx)
  const row = reach === null ? undefined : await platformStore(ctx.db).find(reach, id)
  if (row === undefined) throw foreign()
  return present(row)
}

export async function updatePlatform(ctx: ControlContext, id: string, input: PlatformUpdate): Promise<Platform> {
  const before = await standsFor(ctx, id)
  const change = {
    ...(input.name === undefined ? {} : { name: input.name }),
    ...(input.allowedOrigins === undefined ? {} : { allowedOrigins: [...new Set(input.allowedOrigins)] }),
    ...input.branding,
  }
  if (Object.keys(change).length === 0) {
    throw invalid([{ pointer: '', code: 'too_small', message: 'Name what to change.' }])
  }
  await platformWriter(ctx.db).change(id, change)
  const was = Object.fromEntries(Object.keys(change).map((name) => [name, before[name as keyof PlatformRow]]))
  const data = { before: was, after: change }
  await ctx.audit({ action: 'platform.updated', targetType: 'platform', targetId: id, data })
  return present({ ...before, ...change })
}

/** Who looks after the platform, and who was asked to. */
export async function listAdministrators(ctx: ControlReadContext, id: string): Promise<PlatformAdministratorList> {
  await standsFor(ctx, id)
  const store = platformStore(ctx.db)
  const [administrators, invitations] = [
    await store.administrators(id),
    await store.invitations(id, ctx.now.toISOString()),
  ]
  const type = 'platformAdministrator' as const
  return {
    data: [
      ...administrators.map(({ userId, ...one }) => ({
        type,
        ...one,
        userId: userId as `usr_${string}`,
        invitationExpiresAt: null,
      })),
      ...invitations.map(({ email, createdAt, expiresAt }) => ({
        type,
        userId: null,
        name: null,
        email,
        since: createdAt,
        invitationExpiresAt: expiresAt,
      })),
    ],
  }
}

/** Asks an address; whether anybody is known under it makes no difference to what happens or is answered. */
export async function inviteAdministrator(ctx: ControlContext, id: string, email: string): Promise<null> {
  await standsFor(ctx, id)
  const { userId, now } = ctx
  if (userId === null) throw foreign()
  const { data } = await listAdministrators(ctx, id)
  const sameAddress = data.find((one) => one.email.toLowerCase() === email.toLowerCase())
  if (sameAddress?.userId) throw new ProblemError('duplicate', 'This person looks after the platform already.')
  if (sameAddress === undefined && data.length >= LIMITS.administratorsPerPlatform) {
    const detail = `A platform has at most ${LIMITS.administratorsPerPlatform} administrators, invitations included.`
    throw new ProblemError('limit-exceeded', detail)
  }
  const expiresAt = new Date(now.getTime() + LIMITS.platformInvitationDays * DAY_MS).toISOString()
  await platformWriter(ctx.db).invite({
    platformId: id,
    email,
    invitedBy: userId,
    createdAt: now.toISOString(),
    expiresAt,
  })
  await enqueueMail(ctx.db, PLATFORM_INVITATION_MAIL, {
    owner: id,
    data: { email, days: LIMITS.platformInvitationDays },
    dedupeKey: `${email.toLowerCase()} ${now.toISOString()}`,
    now,
  })
  const entry = { targetType: 'platform', targetId: id, data: { email, expiresAt } }
  await ctx.audit({ action: 'platform.administratorInvited', ...entry })
  return null
}

/** Whoever is signed in with the address that was asked becomes an administrator. */
export async function acceptInvitation(ctx: ControlContext, id: string): Promise<Platform> {
  const { userId, now } = ctx
  if (userId === null) throw foreign()
  const store = platformStore(ctx.db)
  const writer = platformWriter(ctx.db)
  const email = await store.emailOf(userId)
  const invitation = email === undefined ? undefined : await writer.takeInvitation(id, email)
  const row = await store.find({ platformId: id }, id)
  if (invitation === undefined || row === undefined || invitation.expiresAt <= now.toISOString()) throw foreign()
  await writer.addAdministrator(id, userId, now.toISOString())
  const data = { userId, invitedBy: invitation.invitedBy }
  await ctx.audit({ action: 'platform.administratorAdded', targetType: 'platform', targetId: id, data, chainOf: id })
  return present(row)
}

/** Takes away an administrator, at once, or an invitation. The last administrator stays. */
export async function removeAdministrator(ctx: ControlContext, id: string, email: string): Promise<null> {
  await standsFor(ctx, id)
  const store = platformStore(ctx.db)
  const writer = platformWriter(ctx.db)
  const all = await store.administrators(id)
  const one = all.find((each) => each.email.toLowerCase() === email.toLowerCase())
  if (one !== undefined && all.length === 1) {
    throw new ProblemError('state-conflict', 'This is the only administrator. Let another person accept first.')
  }
  const invitation = await writer.takeInvitation(id, email)
  if (one === undefined && invitation === undefined) {
    throw new ProblemError('not-found', 'Nobody with this address looks after the platform or was asked to.')
  }
  if (one !== undefined) {
    await writer.removeAdministrator(id, one.userId)
    await writer.takeInvitationsBy(id, one.userId)
  }
  const entry = { targetType: 'platform', targetId: id, data: { email, userId: one?.userId ?? null } }
  await ctx.audit({ action: 'platform.administratorRemoved', ...entry })
  return null
}

/** What was done in the name of the platform: keys, organizations, people; newest first. */
export async function listPlatformEvents(
  ctx: ControlReadContext,
  id: string,
  query: PageQuery,
): Promise<Page<AuditEvent>> {
  await standsFor(ctx, id)
  const limit = query.limit ?? PAGE_LIMIT_DEFAULT
  const before = query.after === undefined ? undefined : Number(query.after)
  if (before !== undefined && !Number.isSafeInteger(before)) {
    throw invalid([{ pointer: '/after', code: 'cursor', message: 'is not a nextCursor of this list' }])
  }
  const rows = await platformStore(ctx.db).events(id, before, limit + 1)
  const data = rows.slice(0, limit)
  const hasMore = rows.length > limit
  const nextCursor = hasMore ? String(data.at(-1)?.ownerSeq) : null
  return { data: data.map(presentAuditEvent), hasMore, nextCursor }
}

/**
 * The platform the caller works for, as its people are now, when it is this one; any other is told of as one that never
 * was.
 */
async function standsFor(ctx: ControlReadContext, id: string): Promise<PlatformRow> {
  const isHere = ctx.platformId === id && ctx.organizationId === null
  const isTheirs = ctx.userId === null || (await platformStore(ctx.db).roleOf(id, ctx.userId)) !== undefined
  const row = isHere && isTheirs ? await platformStore(ctx.db).find({ platformId: id }, id) : undefined
  if (row === undefined) throw foreign()
  refuseLimited(ctx)
  return row
}

function reachOf({ userId, platformId, organizationId }: ControlReadContext): PlatformReach | null {
  if (platformId !== null) return { platformId }
  return userId !== null && organizationId === null ? { userId } : null
}

const foreign = () => new ProblemError('not-found', 'There is no platform with this id that you can work for.')

function present({ id, name, allowedOrigins, displayName, accentColor, createdAt }: PlatformRow): Platform {
  const branding = { displayName, accentColor }
  return { type: 'platform', id: id as Platform['id'], name, allowedOrigins, branding, createdAt }
}
