import { ApiKey, ApiKeyCreate, ApiKeyPage, ApiKeyRotate, NewApiKey, PageQuery } from '@fistworks/contract'
import { type Operation, operation } from '../http/operation.ts'
import {
  type ApiKeyDependencies,
  createApiKey,
  listApiKeys,
  retrieveApiKey,
  revokeApiKey,
  rotateApiKey,
} from './service.ts'

export type { ApiKeyDependencies } from './service.ts'

const path = '/v1/api-keys'

/** Keys of back ends: of the organization, or of the platform, that the header names. People make them. */
export function apiKeyOperations(deps: ApiKeyDependencies): Operation[] {
  return [...reads(), ...changes(deps)]
}

function reads(): Operation[] {
  return [
    operation({
      id: 'apiKeys.list',
      effect: 'controlRead',
      method: 'get',
      path,
      summary: 'Lists API keys, newest first, without the keys themselves',
      scope: 'api-keys:read',
      rate: 'read',
      query: PageQuery,
      response: { status: 200, schema: ApiKeyPage },
      handle: (ctx, { query }) => listApiKeys(ctx, query),
    }),
    operation({
      id: 'apiKeys.retrieve',
      effect: 'controlRead',
      method: 'get',
      path: `${path}/{id}`,
      summary: 'One API key, without the key itself',
      scope: 'api-keys:read',
      rate: 'read',
      response: { status: 200, schema: ApiKey },
      handle: (ctx, { id }) => retrieveApiKey(ctx, id),
    }),
  ]
}

/** Answers that hold a secret are not kept for a replay: a second call makes a second key. */
function changes(deps: ApiKeyDependencies): Operation[] {
  return [
    operation({
      id: 'apiKeys.create',
      effect: 'control',
      method: 'post',
      path,
      summary: 'Makes an API key, shown this once',
      scope: 'api-keys:write',
      stepUp: 'person',
      idempotency: 'none',
      audit: 'apiKey.created',
      rate: 'write',
      body: ApiKeyCreate,
      response: { status: 201, schema: NewApiKey },
      handle: (ctx, { body }) => createApiKey(deps, ctx, body),
    }),
    operation({
      id: 'apiKeys.rotate',
      effect: 'control',
      method: 'post',
      path: `${path}/{id}/rotate`,
      summary: 'Makes a new key in place of this one, which works on for the overlap that is asked for',
      scope: 'api-keys:write',
      stepUp: 'person',
      idempotency: 'none',
      audit: 'apiKey.rotated',
      rate: 'write',
      body: ApiKeyRotate,
      response: { status: 201, schema: NewApiKey },
      handle: (ctx, { id, body }) => rotateApiKey(deps, ctx, id, body),
    }),
    operation({
      id: 'apiKeys.revoke',
      effect: 'control',
      method: 'post',
      path: `${path}/{id}/revoke`,
      summary: 'Ends an API key at once, with its access tokens and embed sessions',
      scope: 'api-keys:write',
      stepUp: 'person',
      idempotency: 'accepted',
      audit: 'apiKey.revoked',
      rate: 'write',
      response: { status: 200, schema: ApiKey },
      handle: (ctx, { id }) => revokeApiKey(ctx, id),
    }),
  ]
}
