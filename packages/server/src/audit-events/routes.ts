import { AuditCheckpointList, AuditEventPage, AuditEventQuery, AuditExport } from '@fistworks/contract'
import { type Operation, operation } from '../http/operation.ts'
import { type AuditDependencies, exportAuditEvents, listAuditCheckpoints, listAuditEvents } from './service.ts'

export type { AuditDependencies } from './service.ts'

const path = '/v1/audit-events'

/** What happened, and the means to prove it. */
export function auditEventOperations(deps: AuditDependencies): Operation[] {
  return [
    operation({
      id: 'auditEvents.list',
      effect: 'read',
      method: 'get',
      path,
      summary: 'Lists what happened in the organization, newest first',
      scope: 'audit-events:read',
      rate: 'read',
      query: AuditEventQuery,
      response: { status: 200, schema: AuditEventPage },
      handle: (ctx, { query }) => listAuditEvents(deps, ctx, query),
    }),
    operation({
      id: 'auditEvents.checkpoints',
      effect: 'read',
      method: 'get',
      path: `${path}/checkpoints`,
      summary: 'What the logs were signed over last, with the public keys',
      scope: 'audit-events:read',
      rate: 'outside',
      response: { status: 200, schema: AuditCheckpointList },
      handle: (ctx) => listAuditCheckpoints(deps, ctx),
    }),
    operation({
      id: 'auditEvents.export',
      effect: 'export',
      method: 'post',
      path: `${path}/export`,
      summary: 'Events as one file: JSON lines with proofs, CSV, or OCSF',
      scope: 'audit-events:export',
      stepUp: 'people',
      rate: 'export',
      audit: 'auditEvents.exported',
      body: AuditExport,
      response: { status: 200 },
      handle: async (ctx, { body }) => exportAuditEvents(deps, ctx, body),
    }),
  ]
}
