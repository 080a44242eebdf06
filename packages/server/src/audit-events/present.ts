import type { AuditEvent } from '@fistworks/contract'
import type { AuditEventRow } from '../audit/audit.ts'

/** An audit event as callers see it; its values were masked when it was written. */
export function presentAuditEvent(row: AuditEventRow): AuditEvent {
  return {
    type: 'auditEvent',
    id: row.id as AuditEvent['id'],
    chain: row.ownerId,
    sequence: row.ownerSeq,
    at: row.at,
    action: row.action,
    actor: { type: row.actorType, id: row.actorId, ...(row.actorName === null ? {} : { name: row.actorName }) },
    via: row.viaType === null ? null : { type: row.viaType, id: row.viaId },
    ip: row.ip,
    userAgent: row.userAgent,
    targetType: row.targetType,
    targetId: row.targetId,
    outcome: row.outcome,
    requestId: row.requestId,
    data: JSON.parse(row.dataJson) as Record<string, unknown>,
    hash: row.hash.toString('hex'),
  }
}
