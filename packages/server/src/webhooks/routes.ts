import {
  NewWebhookEndpoint,
  PageQuery,
  WebhookDelivery,
  WebhookDeliveryPage,
  WebhookDeliveryQuery,
  WebhookEndpoint,
  WebhookEndpointCreate,
  WebhookEndpointPage,
  WebhookEndpointUpdate,
  WebhookRedelivery,
  WebhookRedeliveryCount,
  WebhookSecretRotate,
} from '@fistworks/contract'
import { type Operation, operation } from '../http/operation.ts'
import { listDeliveries, redeliver, redeliverFailed, retrieveDelivery } from './deliveries.ts'
import {
  archiveWebhookEndpoint,
  createWebhookEndpoint,
  disableWebhookEndpoint,
  enableWebhookEndpoint,
  listWebhookEndpoints,
  retrieveWebhookEndpoint,
  rotateWebhookSecret,
  testWebhookEndpoint,
  updateWebhookEndpoint,
} from './service.ts'
import type { WebhookPolicy } from './endpoint-url.ts'

export type { WebhookPolicy } from './endpoint-url.ts'

const path = '/v1/webhook-endpoints'
const deliveries = '/v1/webhook-deliveries'

/** Where events are sent to, and what became of each. */
export function webhookOperations(policy: WebhookPolicy): Operation[] {
  return [...reads(), ...changes(policy), ...secrets(policy), ...switches(), ...sends()]
}

function reads(): Operation[] {
  return [
    operation({
      id: 'webhookEndpoints.list',
      effect: 'read',
      method: 'get',
      path,
      summary: 'The webhook endpoints of the organization, newest first',
      scope: 'webhooks:read',
      rate: 'read',
      query: PageQuery,
      response: { status: 200, schema: WebhookEndpointPage },
      handle: (ctx, { query }) => listWebhookEndpoints(ctx, query),
    }),
    operation({
      id: 'webhookEndpoints.retrieve',
      effect: 'read',
      method: 'get',
      path: `${path}/{id}`,
      summary: 'One webhook endpoint, without its secret',
      scope: 'webhooks:read',
      rate: 'read',
      response: { status: 200, schema: WebhookEndpoint },
      handle: (ctx, { id }) => retrieveWebhookEndpoint(ctx, id),
    }),
    operation({
      id: 'webhookDeliveries.list',
      effect: 'read',
      method: 'get',
      path: deliveries,
      summary: 'What was sent to endpoints, newest first, with each try',
      scope: 'webhooks:read',
      rate: 'read',
      query: WebhookDeliveryQuery,
      response: { status: 200, schema: WebhookDeliveryPage },
      handle: (ctx, { query }) => listDeliveries(ctx, query),
    }),
    operation({
      id: 'webhookDeliveries.retrieve',
      effect: 'read',
      method: 'get',
      path: `${deliveries}/{id}`,
      summary: 'What became of one event at one endpoint',
      scope: 'webhooks:read',
      rate: 'read',
      response: { status: 200, schema: WebhookDelivery },
      handle: (ctx, { id }) => retrieveDelivery(ctx, id),
    }),
  ]
}

function changes(policy: WebhookPolicy): Operation[] {
  return [
    operation({
      id: 'webhookEndpoints.update',
      effect: 'write',
      method: 'patch',
      path: `${path}/{id}`,
      summary: 'Change the address, the words or the events of an endpoint',
      scope: 'webhooks:write',
      stepUp: 'people',
      idempotency: 'accepted',
      audit: 'webhookEndpoint.updated',
      rate: 'write',
      body: WebhookEndpointUpdate,
      response: { status: 200, schema: WebhookEndpoint },
      handle: (ctx, { id, body }) => updateWebhookEndpoint(policy, ctx, id, body),
    }),
    operation({
      id: 'webhookEndpoints.archive',
      effect: 'write',
      method: 'post',
      path: `${path}/{id}/archive`,
      summary: 'Send nothing to an endpoint any more, for good',
      scope: 'webhooks:write',
      idempotency: 'accepted',
      audit: 'webhookEndpoint.archived',
      rate: 'write',
      response: { status: 200, schema: WebhookEndpoint },
      handle: (ctx, { id }) => archiveWebhookEndpoint(ctx, id),
    }),
  ]
}

/** Answers that hold a secret are not kept for a replay: a second call makes a second one. */
function secrets(policy: WebhookPolicy): Operation[] {
  return [
    operation({
      id: 'webhookEndpoints.create',
      effect: 'write',
      method: 'post',
      path,
      summary: 'Have events sent to an address; its secret is shown this once',
      scope: 'webhooks:write',
      stepUp: 'people',
      idempotency: 'none',
      audit: 'webhookEndpoint.created',
      rate: 'write',
      body: WebhookEndpointCreate,
      response: { status: 201, schema: NewWebhookEndpoint },
      handle: (ctx, { body }) => createWebhookEndpoint(policy, ctx, body),
    }),
    operation({
      id: 'webhookEndpoints.rotateSecret',
      effect: 'write',
      method: 'post',
      path: `${path}/{id}/rotate-secret`,
      summary: 'A new secret, shown this once; the old one signs along for a while',
      scope: 'webhooks:write',
      stepUp: 'people',
      idempotency: 'none',
      audit: 'webhookEndpoint.secretRotated',
      rate: 'write',
      body: WebhookSecretRotate,
      response: { status: 200, schema: NewWebhookEndpoint },
      handle: (ctx, { id, body }) => rotateWebhookSecret(ctx, id, body),
    }),
  ]
}

function switches(): Operation[] {
  return [
    operation({
      id: 'webhookEndpoints.enable',
      effect: 'write',
      method: 'post',
      path: `${path}/{id}/enable`,
      summary: 'Send events to an endpoint again',
      scope: 'webhooks:write',
      stepUp: 'people',
      idempotency: 'accepted',
      audit: 'webhookEndpoint.enabled',
      rate: 'write',
      response: { status: 200, schema: WebhookEndpoint },
      handle: (ctx, { id }) => enableWebhookEndpoint(ctx, id),
    }),
    operation({
      id: 'webhookEndpoints.disable',
      effect: 'write',
      method: 'post',
      path: `${path}/{id}/disable`,
      summary: 'Send nothing to an endpoint until it is enabled',
      scope: 'webhooks:write',
      idempotency: 'accepted',
      audit: 'webhookEndpoint.disabled',
      rate: 'write',
      response: { status: 200, schema: WebhookEndpoint },
      handle: (ctx, { id }) => disableWebhookEndpoint(ctx, id),
    }),
  ]
}

function sends(): Operation[] {
  return [
    operation({
      id: 'webhookEndpoints.test',
      effect: 'write',
      method: 'post',
      path: `${path}/{id}/test`,
      summary: 'Send an event that means nothing to an endpoint, once',
      scope: 'webhooks:write',
      idempotency: 'accepted',
      audit: 'webhookEndpoint.tested',
      rate: 'outside',
      response: { status: 202, schema: WebhookDelivery },
      handle: (ctx, { id }) => testWebhookEndpoint(ctx, id),
    }),
    operation({
      id: 'webhookDeliveries.redeliver',
      effect: 'write',
      method: 'post',
      path: `${deliveries}/{id}/redeliver`,
      summary: 'Send an event anew',
      scope: 'webhooks:write',
      idempotency: 'accepted',
      audit: 'webhookDelivery.redelivered',
      rate: 'write',
      response: { status: 202, schema: WebhookDelivery },
      handle: (ctx, { id }) => redeliver(ctx, id),
    }),
    operation({
      id: 'webhookEndpoints.redeliverFailed',
      effect: 'write',
      method: 'post',
      path: `${path}/{id}/redeliver-failed`,
      summary: 'Send anew what an endpoint did not take since a time',
      scope: 'webhooks:write',
      idempotency: 'accepted',
      audit: 'webhookEndpoint.redelivered',
      rate: 'outside',
      body: WebhookRedelivery,
      response: { status: 202, schema: WebhookRedeliveryCount },
      handle: (ctx, { id, body }) => redeliverFailed(ctx, id, body.since),
    }),
  ]
}
