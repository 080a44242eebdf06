import { createHash } from 'node:crypto'
import { canonicalJson } from './canonical-json.ts'
import type { AuditEventRow } from './table.ts'

/** What stands before the first event of a chain. */
export const CHAIN_START: Uint8Array = new Uint8Array(32)

/** An event as it is hashed: everything but its place in the database and its own hash. */
export type ChainedEvent = Omit<AuditEventRow, 'seq' | 'hash'>

/** What events are written in now; those of format 1 have no `via` and no `userAgent`. */
export const FORMAT = 2

/**
 * SHA-256 of `00 ‖ canonical JSON`; the hash of the event before is inside. It is the hash of a leaf as RFC 6962 has it,
 * so the events are the leaves of a Merkle tree as they are.
 */
export function hashOf(event: ChainedEvent): Uint8Array {
  const since2 =
    event.format === 1
      ? {}
      : { format: event.format, via: { type: event.viaType, id: event.viaId }, userAgent: event.userAgent }
  const canonical = canonicalJson({
    ...since2,
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

/** What is wrong with one event: its content, its link to the one before, or that some before it are missing. */
export interface ChainFault {
  kind: 'hash' | 'link' | 'gap'
  why: string
}

/** Why `event` cannot stand after what came before, or `null` when it can. */
export function faultOf(event: AuditEventRow, expectedSeq: number, previousHash: Uint8Array): ChainFault | null {
  if (event.ownerSeq !== expectedSeq) return { kind: 'gap', why: `event ${expectedSeq} is missing` }
  if (!Buffer.from(event.previousHash).equals(previousHash)) {
    return { kind: 'link', why: 'it does not follow from the event before' }
  }
  if (!isWhole(event)) return { kind: 'hash', why: 'its content was changed' }
  return null
}

/** The hash that stands beside an event is its own. */
export function isWhole(event: AuditEventRow): boolean {
  return Buffer.from(event.hash).equals(hashOf(event)) && !isOdd(event)
}

/** An event of format 1 has nothing in the columns that its hash does not cover, and there are no others than 1 and 2. */
function isOdd(event: AuditEventRow): boolean {
  if (event.format === FORMAT) return false
  return event.format !== 1 || event.viaType !== null || event.viaId !== null || event.userAgent !== null
}
