import { AuditEventPage, PageQuery } from '@fistworks/contract'
import { type Operation, operation } from '../http/operation.ts'
import { listAuditEvents } from './service.ts'

export const auditEventOperations: Operation[] = [
  operation({
    id: 'auditEvents.list',
    effect: 'read',
    method: 'get',
    path: '/v1/audit-events',
    summary: 'Lists what happened in the organization, newest first',
    scope: 'audit-events:read',
    rate: 'read',
    query: PageQuery,
    response: { status: 200, schema: AuditEventPage },
    handle: (ctx, { query }) => listAuditEvents(ctx, query),
  }),
]
