import { appendAuditEvent } from '../audit/audit.ts'
import { presentEvent } from '../events/present.ts'
import { recordEvent } from '../events/record-event.ts'
import { eventStore } from '../events/store.ts'
import type { Job, JobOutcome, Lease } from '../jobs/jobs.ts'
import { jobStore } from '../jobs/store.ts'
import { ownedBy } from '../storage/owned-by.ts'
import type { Storage, Tx } from '../storage/transaction.ts'
import type { Vault } from '../vault/vault.ts'
import { webhookDeliveryStore, webhookDeliveryWriter } from './delivery-store.ts'
import { WEBHOOK_JOB, type WebhookPayload } from './fan-out.ts'
import { DISABLED_WORDS } from './present.ts'
import { FAILING_GAP_MS, FAILING_MAX_MS, pauseAfter, retryAfterMs, waitAfter } from './retry-schedule.ts'
import { openSecrets, signedHeaders } from './signing.ts'
import { webhookEndpointStore, webhookEndpointWriter } from './store.ts'
import type { DisabledBecause, WebhookDeliveryRow, WebhookEndpointRow } from './table.ts'
import type { WebhookFault } from './webhook-fault.ts'
import type { SendWebhook, WebhookResult } from './webhook-sender.ts'

export interface WebhookDeliveryDependencies {
  /** The database whose jobs these are. */
  storage: Storage
  vault: Pick<Vault, 'forOrganization'>
  send: SendWebhook
  now(): Date
  /** What receivers hold a signature against: not the same only in a sandbox whose clock was moved. */
  peopleNow(): Date
  /** From 0 to below 1. */
  random(): number
}

/** One try and what came of it. */
interface Tried {
  delivery: WebhookDeliveryRow
  endpoint: WebhookEndpointRow
  startedAt: Date
  endedAt: Date
  status: number | null
  fault: WebhookFault | null
  retryAfterMs: number | null
}

/**
 * Does the jobs of deliveries: one try each time. A process that dies between the try and its record leaves the same
 * message, with the same id, to the next one.
 */
export function createWebhookHandlers(deps: WebhookDeliveryDependencies) {
  return {
    async [WEBHOOK_JOB](job: Job, lease: Pick<Lease, 'assertHeld' | 'signal'>): Promise<JobOutcome> {
      const { organizationId } = job
      const storage = ownedBy(organizationId, deps.storage)
      const { deliveryId } = job.payload as WebhookPayload
      const delivery = await webhookDeliveryStore(storage.read, organizationId).find(deliveryId)
      if (delivery === undefined || delivery.state !== 'waiting') return { done: true }
      const endpoint = await webhookEndpointStore(storage.read, organizationId).find(delivery.endpointId)
      if (endpoint === undefined) return { done: true }
      const { pausedUntil } = endpoint
      const isTest = delivery.eventType === 'webhookEndpoint.tested'
      if (!isTest && pausedUntil !== null && pausedUntil > deps.now().toISOString()) {
        return { retryAt: new Date(pausedUntil), error: 'The endpoint is given a pause.' }
      }
      await lease.assertHeld()
      const tried = await tryOnce(deps, storage, lease.signal, delivery, endpoint)
      return storage.write(async (tx) => {
        await lease.assertHeld(tx)
        return record(deps, tx, tried)
      })
    },
  }
}

async function tryOnce(
  deps: WebhookDeliveryDependencies,
  storage: Storage,
  signal: AbortSignal,
  delivery: WebhookDeliveryRow,
  endpoint: WebhookEndpointRow,
): Promise<Tried> {
  const { organizationId, eventId } = delivery
  const event = await eventStore(storage.read, organizationId).find(eventId)
  if (event === undefined) throw new Error(`There is no event ${eventId}.`)
  const vault = await deps.vault.forOrganization(organizationId)
  const startedAt = deps.now()
  const body = JSON.stringify(presentEvent(event))
  const headers = {
    'Content-Type': 'application/json',
    'User-Agent': 'FISTWorks-Webhooks/1',
    ...signedHeaders({ id: eventId, at: deps.peopleNow(), body }, openSecrets(vault, endpoint, startedAt)),
  }
  const result = await deps.send({ url: endpoint.url, headers, body, signal })
  const endedAt = deps.now()
  const asked = 'status' in result ? retryAfterMs(result.retryAfter, endedAt) : null
  const status = 'status' in result ? result.status : null
  return { delivery, endpoint, startedAt, endedAt, status, fault: faultOf(result), retryAfterMs: asked }
}

function faultOf(result: WebhookResult): WebhookFault | null {
  if ('fault' in result) return result.fault
  const { status } = result
  if (status >= 200 && status < 300) return null
  if (status === 410) return 'gone'
  return status >= 300 && status < 400 ? 'redirected' : 'refusedByReceiver'
}

/** Writes down what came of a try, for the delivery and for the endpoint. */
async function record(deps: WebhookDeliveryDependencies, tx: Tx, tried: Tried): Promise<JobOutcome> {
  const { delivery, startedAt, endedAt, status, fault } = tried
  const { organizationId, id } = delivery
  const deliveries = webhookDeliveryWriter(tx, organizationId)
  const durationMs = Math.max(0, endedAt.getTime() - startedAt.getTime())
  await deliveries.addAttempt(id, { at: startedAt.toISOString(), durationMs, status, fault })
  const current = await webhookDeliveryStore(tx, organizationId).find(id)
  const endpoint = await webhookEndpointStore(tx, organizationId).find(delivery.endpointId)
  // Somebody turned the endpoint off meanwhile: what they decided stays.
  if (current?.state !== 'waiting' || endpoint === undefined) return { done: true }
  const tries = current.tries + 1
  if (fault === null) {
    await deliveries.change(id, { state: 'delivered', nextAttemptAt: null, tries })
    await noteSuccess(tx, endpoint)
    return { done: true }
  }
  const isTest = delivery.eventType === 'webhookEndpoint.tested'
  const wait = isTest || fault === 'gone' ? null : waitAfter(tries, deps.random(), tried.retryAfterMs)
  const isOn = isTest ? fault !== 'gone' : await noteFailure(tx, endpoint, tried)
  if (isTest && fault === 'gone') await disable(tx, endpoint, 'gone', endedAt)
  if (wait === null || !isOn) {
    await deliveries.change(id, { state: 'failed', nextAttemptAt: null, tries })
    return { done: true }
  }
  const retryAt = new Date(endedAt.getTime() + wait)
  await deliveries.change(id, { state: 'waiting', nextAttemptAt: retryAt.toISOString(), tries })
  return { retryAt, error: fault }
}

async function noteSuccess(tx: Tx, { organizationId, id, failures }: WebhookEndpointRow): Promise<void> {
  if (failures === 0) return
  const well = { failures: 0, failingSince: null, lastFailedAt: null, pausedUntil: null }
  await webhookEndpointWriter(tx, organizationId).change(id, well)
}

/** @returns whether the endpoint is still told of events */
async function noteFailure(tx: Tx, endpoint: WebhookEndpointRow, tried: Tried): Promise<boolean> {
  const { organizationId, id } = endpoint
  const at = tried.endedAt
  const last = endpoint.lastFailedAt === null ? Number.NEGATIVE_INFINITY : Date.parse(endpoint.lastFailedAt)
  const goesOn = endpoint.failingSince !== null && at.getTime() - last <= FAILING_GAP_MS
  const failingSince = goesOn && endpoint.failingSince !== null ? endpoint.failingSince : at.toISOString()
  if (tried.fault === 'gone') return disable(tx, endpoint, 'gone', at)
  if (at.getTime() - Date.parse(failingSince) >= FAILING_MAX_MS) return disable(tx, endpoint, 'failing', at)
  const failures = endpoint.failures + 1
  const pausedUntil = new Date(at.getTime() + pauseAfter(failures, tried.retryAfterMs))
  const values = { failures, failingSince, lastFailedAt: at.toISOString(), pausedUntil: pausedUntil.toISOString() }
  await webhookEndpointWriter(tx, organizationId).change(id, values)
  await jobStore(tx).postpone({ organizationId, kind: WEBHOOK_JOB, queue: id }, pausedUntil)
  return true
}

/** Nothing more is sent; owners and administrators are told. */
async function disable(tx: Tx, endpoint: WebhookEndpointRow, because: DisabledBecause, at: Date): Promise<false> {
  const { organizationId, id, url } = endpoint
  await webhookEndpointWriter(tx, organizationId).change(id, { state: 'disabled', disabledBecause: because })
  await webhookDeliveryWriter(tx, organizationId).giveUp(id)
  await recordEvent(tx, organizationId, {
    type: 'webhookEndpoint.disabled',
    objectType: 'webhookEndpoint',
    objectId: id,
    status: 'disabled',
    at,
    about: { name: new URL(url).host, reason: DISABLED_WORDS[because] },
  })
  await appendAuditEvent(tx, organizationId, at, {
    action: 'webhookEndpoint.disabled',
    actor: { type: 'system', id: 'webhooks', name: 'Webhooks' },
    via: { type: 'worker', id: null },
    targetType: 'webhookEndpoint',
    targetId: id,
    outcome: 'succeeded',
    requestId: null,
    data: { because },
  })
  return false
}
