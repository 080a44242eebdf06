import type { Id } from '@fistworks/contract'
import { and, eq, inArray, sql } from 'drizzle-orm'
import { corrections } from '../corrections/table.ts'
import { returns } from '../returns/table.ts'
import type { Reader } from '../storage/transaction.ts'

/** What a file brought. */
export interface LandedCounts {
  returns: number
  corrections: number
  acknowledgments: number
  /** Of all of these. */
  unmatched: number
}

const NOTHING: LandedCounts = { returns: 0, corrections: 0, acknowledgments: 0, unmatched: 0 }

/** What each of these files brought, by its id. */
export async function landedCounts(
  db: Reader,
  organizationId: Id<'org'>,
  ids: readonly Id<'inb'>[],
): Promise<(id: string) => LandedCounts> {
  const counts = new Map<string, LandedCounts>()
  const add = (id: string, more: Partial<LandedCounts>) => {
    const known = counts.get(id) ?? { ...NOTHING }
    for (const key of ['returns', 'corrections', 'acknowledgments', 'unmatched'] as const) known[key] += more[key] ?? 0
    counts.set(id, known)
  }
  const count = sql<number>`count(*)`
  const ofReturns = await db
    .select({
      id: returns.inboundFileId,
      kind: returns.kind,
      count,
      unmatched: sql<number>`sum(CASE WHEN ${returns.entryId} IS NULL THEN 1 ELSE 0 END)`,
    })
    .from(returns)
    .where(and(eq(returns.organizationId, organizationId), inArray(returns.inboundFileId, [...ids])))
    .groupBy(returns.inboundFileId, returns.kind)
  for (const row of ofReturns) {
    const isAcknowledgment = row.kind === 'acknowledgment'
    add(row.id, { [isAcknowledgment ? 'acknowledgments' : 'returns']: row.count, unmatched: row.unmatched })
  }
  const ofCorrections = await db
    .select({
      id: corrections.inboundFileId,
      count,
      unmatched: sql<number>`sum(CASE WHEN ${corrections.entryId} IS NULL THEN 1 ELSE 0 END)`,
    })
    .from(corrections)
    .where(and(eq(corrections.organizationId, organizationId), inArray(corrections.inboundFileId, [...ids])))
    .groupBy(corrections.inboundFileId)
  for (const row of ofCorrections) add(row.id, { corrections: row.count, unmatched: row.unmatched })
  return (id) => counts.get(id) ?? NOTHING
}
