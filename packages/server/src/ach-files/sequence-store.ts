import type { Id } from '@fistworks/contract'
import { sql } from 'drizzle-orm'
import type { Tx } from '../storage/transaction.ts'

/** The last trace number of an originating bank before it starts again (seven digits). */
const TRACE_MAX = 9_999_999

/**
 * Numbers that are given out once per organization. They are taken inside the transaction that uses them, and
 * transactions come one after the other, so nothing is skipped and nothing is given twice: not by an abort either.
 */
export function sequences(tx: Tx, organizationId: Id<'org'>) {
  /** Takes `count` numbers and gives the first. */
  async function take(kind: 'modifier' | 'trace' | 'file', scope: string, count: number, max: number): Promise<number> {
    const [row] = await tx.all<{ used: number }>(sql`
      INSERT INTO file_sequences (organization_id, kind, scope, used)
      VALUES (${organizationId}, ${kind}, ${scope}, ${count})
      ON CONFLICT (organization_id, kind, scope) DO UPDATE SET
        used = CASE WHEN used + ${count} > ${max} THEN ${count} ELSE used + ${count} END
      RETURNING used`)
    if (row === undefined) throw new Error('A sequence gave no number.')
    return row.used - count + 1
  }

  return {
    /** How many files of this origin, destination and day there are with this one: 1 is the first. */
    fileOfDay: (origin: string, destination: string, date: string) =>
      take('modifier', JSON.stringify([origin, destination, date]), 1, Number.MAX_SAFE_INTEGER),
    /** First of `count` consecutive trace sequence numbers; near the end of the seven digits a new round begins. */
    traces: (odfi: string, count: number) => take('trace', odfi, count, TRACE_MAX),
    /** Counts the files of the organization. */
    file: () => take('file', '', 1, Number.MAX_SAFE_INTEGER),
  }
}
