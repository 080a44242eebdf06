import type {
  NewWebhookEndpoint,
  Page,
  PageQuery,
  WebhookDelivery,
  WebhookEndpoint,
  WebhookEndpointCreate,
  WebhookEndpointUpdate,
} from '@fistworks/contract'
import type { AuditEntry, ReadContext, WriteContext } from '../context.ts'
import { recordEvent } from '../events/record-event.ts'
import { LIMITS } from '../limits.ts'
import { listPage } from '../list-page.ts'
import { invalid, notFound, ProblemError } from '../problem-error.ts'
import { retrieveDelivery } from './deliveries.ts'
import { webhookDeliveryWriter } from './delivery-store.ts'
import { urlProblem, type WebhookPolicy } from './endpoint-url.ts'
import { deliveryIdOf } from './fan-out.ts'
import { auditEndpoint, presentEndpoint } from './present.ts'
import { newSigningSecret, sealAsPrevious, sealSecret } from './signing.ts'
import { webhookEndpointStore, webhookEndpointWriter } from './store.ts'
import type { WebhookEndpointRow } from './table.ts'

const HOUR_MS = 3_600_000
/** What is forgotten when an endpoint is given another chance. */
const WELL = { failures: 0, failingSince: null, lastFailedAt: null, pausedUntil: null } as const

/** Makes an endpoint; the answer is the only place where its secret is ever shown. */
export async function createWebhookEndpoint(
  policy: WebhookPolicy,
  ctx: WriteContext,
  input: WebhookEndpointCreate,
): Promise<NewWebhookEndpoint> {
  refuseUrl(policy, input.url)
  const most = LIMITS.webhookEndpointsPerOrganization
  if ((await webhookEndpointStore(ctx.db, ctx.organizationId).count()) >= most) {
    const detail = `An organization has at most ${most} webhook endpoints: archive one that is not used.`
    throw new ProblemError('limit-exceeded', detail)
  }
  const id = ctx.newId('whe')
  const secret = newSigningSecret()
  const row: WebhookEndpointRow = {
    organizationId: ctx.organizationId,
    id,
    url: input.url,
    description: input.description ?? null,
    eventTypes: input.eventTypes ?? null,
    secret: sealSecret(ctx.vault, id, secret),
    previousSecret: null,
    previousSecretEndsAt: null,
    state: 'enabled',
    disabledBecause: null,
    ...WELL,
    createdAt: ctx.now.toISOString(),
    archivedAt: null,
  }
  await webhookEndpointWriter(ctx.db, ctx.organizationId).add(row)
  await ctx.audit(entry('created', id, { after: auditEndpoint(row) }))
  return { ...presentEndpoint(row, ctx.now), secret }
}

export async function updateWebhookEndpoint(
  policy: WebhookPolicy,
  ctx: WriteContext,
  id: string,
  input: WebhookEndpointUpdate,
): Promise<WebhookEndpoint> {
  const before = await mustBeOpen(ctx, id)
  if (input.url !== undefined) refuseUrl(policy, input.url)
  const { url = before.url, description = before.description, eventTypes = before.eventTypes } = input
  const after = { ...before, url, description, eventTypes }
  await webhookEndpointWriter(ctx.db, ctx.organizationId).change(before.id, { url, description, eventTypes })
  await ctx.audit(entry('updated', id, { before: auditEndpoint(before), after: auditEndpoint(after) }))
  return presentEndpoint(after, ctx.now)
}

/** What happens from now on is sent again; what failed meanwhile can be sent anew. */
export async function enableWebhookEndpoint(ctx: WriteContext, id: string): Promise<WebhookEndpoint> {
  const before = await mustBeOpen(ctx, id)
  if (before.state === 'enabled') throw new ProblemError('state-conflict', 'This endpoint is enabled already.')
  return change(ctx, before, 'enabled', { state: 'enabled', disabledBecause: null, ...WELL })
}

/** What waits for it is given up. */
export async function disableWebhookEndpoint(ctx: WriteContext, id: string): Promise<WebhookEndpoint> {
  const before = await mustBeOpen(ctx, id)
  if (before.state === 'disabled') throw new ProblemError('state-conflict', 'This endpoint is disabled already.')
  await webhookDeliveryWriter(ctx.db, ctx.organizationId).giveUp(before.id)
  return change(ctx, before, 'disabled', { state: 'disabled', disabledBecause: 'person' })
}

export async function archiveWebhookEndpoint(ctx: WriteContext, id: string): Promise<WebhookEndpoint> {
  const before = await mustBeOpen(ctx, id)
  await webhookDeliveryWriter(ctx.db, ctx.organizationId).giveUp(before.id)
  return change(ctx, before, 'archived', { archivedAt: ctx.now.toISOString() })
}

/** A new secret, shown this once. While both are told, events are signed with each. */
export async function rotateWebhookSecret(
  ctx: WriteContext,
  id: string,
  { overlapHours }: { overlapHours: number },
): Promise<NewWebhookEndpoint> {
  const before = await mustBeOpen(ctx, id)
  const secret = newSigningSecret()
  const endsAt = new Date(ctx.now.getTime() + overlapHours * HOUR_MS).toISOString()
  const hasOverlap = overlapHours > 0
  const values = {
    secret: sealSecret(ctx.vault, before.id, secret),
    previousSecret: hasOverlap ? sealAsPrevious(ctx.vault, before) : null,
    previousSecretEndsAt: hasOverlap ? endsAt : null,
  }
  await webhookEndpointWriter(ctx.db, ctx.organizationId).change(before.id, values)
  await ctx.audit(entry('secretRotated', id, { overlapHours }))
  return { ...presentEndpoint({ ...before, ...values }, ctx.now), secret }
}

/** Sends an event that tells of nothing but the test, to this endpoint alone, once. */
export async function testWebhookEndpoint(ctx: WriteContext, id: string): Promise<WebhookDelivery> {
  const endpoint = await mustBeOpen(ctx, id)
  if (endpoint.state === 'disabled') throw new ProblemError('state-conflict', 'This endpoint is disabled: enable it.')
  const event = await recordEvent(ctx.db, ctx.organizationId, {
    type: 'webhookEndpoint.tested',
    objectType: 'webhookEndpoint',
    objectId: id,
    at: ctx.now,
  })
  await ctx.audit(entry('tested', id, { eventId: event.id }))
  return retrieveDelivery(ctx, deliveryIdOf(event, id))
}

export async function retrieveWebhookEndpoint(ctx: ReadContext, id: string): Promise<WebhookEndpoint> {
  return presentEndpoint(await mustFind(ctx, id), ctx.now)
}

export async function listWebhookEndpoints(ctx: ReadContext, query: PageQuery): Promise<Page<WebhookEndpoint>> {
  const { list } = webhookEndpointStore(ctx.db, ctx.organizationId)
  const present = (row: WebhookEndpointRow) => presentEndpoint(row, ctx.now)
  return listPage(ctx, { name: 'webhookEndpoints', query, read: list, present })
}

async function change(
  ctx: WriteContext,
  before: WebhookEndpointRow,
  verb: string,
  values: Partial<WebhookEndpointRow>,
): Promise<WebhookEndpoint> {
  await webhookEndpointWriter(ctx.db, ctx.organizationId).change(before.id, values)
  await ctx.audit(entry(verb, before.id, {}))
  return presentEndpoint({ ...before, ...values }, ctx.now)
}

function refuseUrl(policy: WebhookPolicy, url: string): void {
  const message = urlProblem(url, policy)
  if (message !== null) throw invalid([{ pointer: '/url', code: 'url', message }])
}

async function mustFind(ctx: ReadContext, id: string): Promise<WebhookEndpointRow> {
  const row = await webhookEndpointStore(ctx.db, ctx.organizationId).find(id)
  if (row === undefined) throw notFound('webhook endpoint')
  return row
}

async function mustBeOpen(ctx: ReadContext, id: string): Promise<WebhookEndpointRow> {
  const row = await mustFind(ctx, id)
  if (row.archivedAt !== null) throw new ProblemError('state-conflict', 'This webhook endpoint is archived.')
  return row
}

function entry(verb: string, targetId: string, data: Record<string, unknown>): AuditEntry {
  return { action: `webhookEndpoint.${verb}`, targetType: 'webhookEndpoint', targetId, data }
}
