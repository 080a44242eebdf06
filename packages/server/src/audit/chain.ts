import { createHash } from 'node:crypto'
import { canonicalJson } from './canonical-json.ts'
import type { AuditEventRow } from './table.ts'

/** What stands before the first event of a chain. */
export const CHAIN_START: Uint8Array = new Uint8Array(32)

/** An event as it is hashed: everything but its place in the database and its own hash. */
export type ChainedEvent = Omit<AuditEventRow, 'seq' | 'hash'>

/** SHA-256 of `00 ‖ canonical JSON`; the hash of the event before is inside. */
export function hashOf(event: ChainedEvent): Uint8Array {
  const canonical = canonicalJson({
    owner: event.ownerId,
    sequence: event.ownerSeq,
    id: event.id,
    at: event.at,
    actor: { type: event.actorType, id: event.actorId, name: event.actorName },
    action: event.action,
    target: { type: event.targetType, id: event.targetId },
    outcome: event.outcome,
    requestId: event.requestId,
    ip: event.ip,
    data: event.dataJson,
    previousHash: Buffer.from(event.previousHash).toString('hex'),
  })
  return createHash('sha256').update(Uint8Array.of(0)).update(canonical).digest()
}

/** Why `event` cannot stand after what came before, or `null` when it can. */
export function faultOf(event: AuditEventRow, expectedSeq: number, previousHash: Uint8Array): string | null {
  if (event.ownerSeq !== expectedSeq) return `event ${expectedSeq} is missing`
  if (!Buffer.from(event.previousHash).equals(previousHash)) return 'it does not follow from the event before'
  if (!Buffer.from(event.hash).equals(hashOf(event))) return 'its content was changed'
  return null
}
