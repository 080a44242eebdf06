import {
  BankConnection,
  BankConnectionCreate,
  BankConnectionPage,
  BankConnectionUpdate,
  ConnectionTest,
  ConnectionTestQuery,
  HostKeyScan,
  HostKeyScanRequest,
  OurKey,
  PageQuery,
} from '@fistworks/contract'
import { type Operation, operation } from '../http/operation.ts'
import { makeNextKey, useNextKey } from './our-keys.ts'
import {
  archiveBankConnection,
  type BankConnectionDependencies,
  createBankConnection,
  listBankConnections,
  retrieveBankConnection,
  scanHostKey,
  testBankConnection,
  updateBankConnection,
} from './service.ts'

export type { BankConnectionDependencies } from './service.ts'

const path = '/v1/bank-connections'

/** Where and how files reach banks. */
export function bankConnectionOperations(deps: BankConnectionDependencies): Operation[] {
  return [...changes(), ...keys(), ...reads(), ...looksOutside(deps)]
}

function changes(): Operation[] {
  return [
    operation({
      id: 'bankConnections.create',
      method: 'post',
      path,
      summary: 'Connect a bank',
      effect: 'write',
      scope: 'bank-connections:write',
      stepUp: 'people',
      idempotency: 'accepted',
      audit: 'bankConnection.created',
      rate: 'write',
      body: BankConnectionCreate,
      response: { status: 201, schema: BankConnection },
      handle: (ctx, { body }) => createBankConnection(ctx, body),
    }),
    operation({
      id: 'bankConnections.update',
      method: 'patch',
      path: `${path}/{id}`,
      summary: 'Change a bank connection',
      effect: 'write',
      scope: 'bank-connections:write',
      stepUp: 'people',
      idempotency: 'accepted',
      audit: 'bankConnection.updated',
      rate: 'write',
      body: BankConnectionUpdate,
      response: { status: 200, schema: BankConnection },
      handle: (ctx, { id, body }) => updateBankConnection(ctx, id, body),
    }),
    operation({
      id: 'bankConnections.archive',
      method: 'post',
      path: `${path}/{id}/archive`,
      summary: 'Use a bank connection no more',
      effect: 'write',
      scope: 'bank-connections:write',
      stepUp: 'people',
      idempotency: 'accepted',
      audit: 'bankConnection.archived',
      rate: 'write',
      response: { status: 200, schema: BankConnection },
      handle: (ctx, { id }) => archiveBankConnection(ctx, id),
    }),
  ]
}

function keys(): Operation[] {
  return [
    operation({
      id: 'bankConnections.makeNextKey',
      method: 'post',
      path: `${path}/{id}/make-next-key`,
      summary: 'Make the key that follows one of ours',
      effect: 'write',
      scope: 'bank-connections:write',
      stepUp: 'people',
      idempotency: 'accepted',
      audit: 'bankConnection.keyMade',
      rate: 'write',
      body: OurKey,
      response: { status: 200, schema: BankConnection },
      handle: (ctx, { id, body }) => makeNextKey(ctx, id, body),
    }),
    operation({
      id: 'bankConnections.useNextKey',
      method: 'post',
      path: `${path}/{id}/use-next-key`,
      summary: 'Use the key that waited',
      effect: 'write',
      scope: 'bank-connections:write',
      stepUp: 'people',
      idempotency: 'accepted',
      audit: 'bankConnection.keyUsed',
      rate: 'write',
      body: OurKey,
      response: { status: 200, schema: BankConnection },
      handle: (ctx, { id, body }) => useNextKey(ctx, id, body),
    }),
  ]
}

function reads(): Operation[] {
  return [
    operation({
      id: 'bankConnections.list',
      method: 'get',
      path,
      summary: 'The bank connections of the organization',
      effect: 'read',
      scope: 'bank-connections:read',
      rate: 'read',
      query: PageQuery,
      response: { status: 200, schema: BankConnectionPage },
      handle: (ctx, { query }) => listBankConnections(ctx, query),
    }),
    operation({
      id: 'bankConnections.retrieve',
      method: 'get',
      path: `${path}/{id}`,
      summary: 'One bank connection',
      effect: 'read',
      scope: 'bank-connections:read',
      rate: 'read',
      response: { status: 200, schema: BankConnection },
      handle: (ctx, { id }) => retrieveBankConnection(ctx, id),
    }),
  ]
}

function looksOutside(deps: BankConnectionDependencies): Operation[] {
  return [
    operation({
      id: 'bankConnections.test',
      method: 'post',
      path: `${path}/{id}/test`,
      summary: 'Try a bank connection step by step',
      effect: 'outside',
      scope: 'bank-connections:write',
      audit: 'bankConnection.tested',
      rate: 'outside',
      query: ConnectionTestQuery,
      response: { status: 200, schema: ConnectionTest },
      handle: (ctx, { id, query }) => testBankConnection(deps, ctx, id, { writeProbe: query.writeProbe === 'true' }),
    }),
    operation({
      id: 'bankConnections.scanHostKey',
      method: 'post',
      path: `${path}/scan-host-key`,
      summary: 'The host key a server presents',
      effect: 'outside',
      scope: 'bank-connections:write',
      audit: 'bankConnection.hostKeyScanned',
      rate: 'outside',
      body: HostKeyScanRequest,
      response: { status: 200, schema: HostKeyScan },
      handle: (ctx, { body }) => scanHostKey(deps, ctx, body),
    }),
  ]
}
