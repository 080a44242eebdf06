import { createHash } from 'node:crypto'
import { makeId } from '@fistworks/contract'
import { and, asc, desc, eq, gt, lt } from 'drizzle-orm'
import type { Reader, Tx } from '../storage/transaction.ts'
import { canonicalJson } from './canonical-json.ts'
import { CHAIN_START, FORMAT, faultOf, hashOf } from './chain.ts'
import { type AuditEventRow, type AuditTable, auditEvents, controlAuditEvents, type VIA_TYPES } from './table.ts'

export type { AuditEventRow } from './table.ts'

export interface AuditEventInput {
  /** What was done, `'recipient.created'`. */
  action: string
  actor: { type: 'apiKey' | 'endUser' | 'user' | 'system' | 'anonymous'; id: string; name?: string | undefined }
  /** The door it came through, and the id of the key, session or job. */
  via?: { type: (typeof VIA_TYPES)[number]; id: string | null } | undefined
  targetType: string
  targetId: string
  outcome: 'succeeded' | 'failed' | 'denied'
  requestId: string | null
  ip?: string | undefined
  userAgent?: string | undefined
  /** Ids and masked values only: before → after. */
  data?: Record<string, unknown>
}

export type ChainVerdict = { ok: true; count: number } | { ok: false; seq: number; why: string }

/** Adds an event to the chain of an organization, in the transaction of the change it tells of. */
export async function appendAuditEvent(
  tx: Tx,
  organizationId: string,
  at: Date,
  event: AuditEventInput,
): Promise<void> {
  await append(tx, auditEvents, organizationId, at, event)
}

/** The same in the control database; the owner is a platform, an organization or a user. */
export async function appendControlAuditEvent(
  tx: Tx,
  ownerId: string,
  at: Date,
  event: AuditEventInput,
): Promise<void> {
  await append(tx, controlAuditEvents, ownerId, at, event)
}

/** The audit events of one organization. */
export function auditEventStore(db: Reader, organizationId: string) {
  return storeOver(db, auditEvents, organizationId)
}

/** The control-plane audit events of one platform, organization or user. */
export function controlAuditEventStore(db: Reader, ownerId: string) {
  return storeOver(db, controlAuditEvents, ownerId)
}

async function append(tx: Tx, table: AuditTable, ownerId: string, at: Date, event: AuditEventInput): Promise<void> {
  const [last] = await tx
    .select({ ownerSeq: table.ownerSeq, hash: table.hash })
    .from(table)
    .where(eq(table.ownerId, ownerId))
    .orderBy(desc(table.ownerSeq))
    .limit(1)
  const ownerSeq = (last?.ownerSeq ?? 0) + 1
  const previousHash = Buffer.from(last?.hash ?? CHAIN_START)
  const chained = {
    ownerId,
    ownerSeq,
    id: idOf(ownerId, ownerSeq, previousHash, at),
    at: at.toISOString(),
    actorType: event.actor.type,
    actorId: event.actor.id,
    actorName: event.actor.name ?? null,
    action: event.action,
    targetType: event.targetType,
    targetId: event.targetId,
    outcome: event.outcome,
    requestId: event.requestId,
    ip: event.ip ?? null,
    dataJson: canonicalJson(event.data ?? {}),
    previousHash,
    format: FORMAT,
    viaType: event.via?.type ?? null,
    viaId: event.via?.id ?? null,
    userAgent: event.userAgent ?? null,
  }
  await tx.insert(table).values({ ...chained, hash: Buffer.from(hashOf(chained)) })
}

/** The place in the chain is unique, so the id is made from it and nothing random has to be handed in. */
function idOf(ownerId: string, ownerSeq: number, previousHash: Uint8Array, at: Date): string {
  const place = createHash('sha256')
    .update(canonicalJson([ownerId, ownerSeq]))
    .update(previousHash)
    .digest()
  return makeId('aud', at.getTime(), place)
}

const VERIFIED_AT_ONCE = 500

function storeOver(db: Reader, table: AuditTable, ownerId: string) {
  return {
    /** Newest first. `before` is the `ownerSeq` of the last event seen. */
    list({ limit, before }: { limit: number; before?: number }): Promise<AuditEventRow[]> {
      const mine = eq(table.ownerId, ownerId)
      const where = before === undefined ? mine : and(mine, lt(table.ownerSeq, before))
      return db.select().from(table).where(where).orderBy(desc(table.ownerSeq)).limit(limit)
    },

    /** How often somebody did this since then. */
    async countOf(action: string, actorId: string, since: Date): Promise<number> {
      const { at, action: done, actorId: by } = table
      return db.$count(
        table,
        and(eq(table.ownerId, ownerId), eq(done, action), eq(by, actorId), gt(at, since.toISOString())),
      )
    },

    /** Recomputes the whole chain. A tail cut off does not show here; a stored head does. */
    async verify(): Promise<ChainVerdict> {
      let seq = 0
      let hash = CHAIN_START
      for (;;) {
        const events: AuditEventRow[] = await db
          .select()
          .from(table)
          .where(and(eq(table.ownerId, ownerId), gt(table.ownerSeq, seq)))
          .orderBy(asc(table.ownerSeq))
          .limit(VERIFIED_AT_ONCE)
        for (const event of events) {
          const fault = faultOf(event, seq + 1, hash)
          if (fault !== null) return { ok: false, seq: event.ownerSeq, why: fault.why }
          seq = event.ownerSeq
          hash = event.hash
        }
        if (events.length < VERIFIED_AT_ONCE) return { ok: true, count: seq }
      }
    },
  }
}
