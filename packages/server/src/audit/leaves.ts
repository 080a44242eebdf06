import { and, asc, gt, lte } from 'drizzle-orm'
import { acrossTenants } from '../storage/on-behalf-of.ts'
import type { Reader } from '../storage/transaction.ts'
import type { AuditTable } from './table.ts'

const READ_AT_ONCE = 1000

/**
 * The hashes of the events of all owners after this place, in the order of the database.
 * @throws AuditGap where an event is missing
 */
export async function* leavesAfter(
  db: Reader,
  table: AuditTable,
  after: number,
  upTo = Number.MAX_SAFE_INTEGER,
): AsyncGenerator<Uint8Array> {
  let seq = after
  let rows: { seq: number; hash: Uint8Array }[]
  do {
    const from = seq
    rows = await acrossTenants('sign-audit-log', () =>
      db
        .select({ seq: table.seq, hash: table.hash })
        .from(table)
        .where(and(gt(table.seq, from), lte(table.seq, upTo)))
        .orderBy(asc(table.seq))
        .limit(READ_AT_ONCE),
    )
    for (const row of rows) {
      seq += 1
      if (row.seq !== seq) throw new AuditGap(seq)
      yield row.hash
    }
  } while (rows.length === READ_AT_ONCE)
}

/** An event is missing in the middle of the log. */
export class AuditGap extends Error {
  readonly seq: number

  constructor(seq: number) {
    super(
      `Event ${seq} of the audit log is missing: it was taken out of the database. Look at it with: fistworks audit verify. Nothing goes on over a gap: put back a copy of the database that has the event.`,
    )
    this.name = 'AuditGap'
    this.seq = seq
  }
}
