import type { Id } from '@fistworks/contract'
import { and, asc, eq, isNull, ne, sql } from 'drizzle-orm'
import { returns } from '../returns/table.ts'
import type { Reader, Tx } from '../storage/transaction.ts'
import { createPauses } from '../pauses.ts'
import { ENTRIES_PER_PART } from './draft.ts'
import { type AchEntryRow, achEntries, achFiles } from './table.ts'

/** An entry of a file that was sent, with all that its reversal keeps of it. */
export type SentEntry = Awaited<ReturnType<ReturnType<typeof reversalStore>['entries']>>[number]

type EntryAsPaid = typeof achEntries.$inferSelect

/** What a tenant's reversals ask about the files that they take back. */
export function reversalStore(db: Reader, organizationId: Id<'org'>) {
  return {
    /** Every entry of the file as it was paid; read part by part, so that nobody waits for a large file. */
    async entries(achFileId: Id<'ach'>) {
      const found: EntryAsPaid[] = []
      const pause = createPauses()
      for (;;) {
        const last = found.at(-1)
        const some = await partAfter(db, organizationId, achFileId, last)
        for (const entry of some) found.push(entry)
        if (some.length < ENTRIES_PER_PART) return found
        await pause()
      }
    },

    /** The reversals of this file that were not given up. */
    reversing: (achFileId: Id<'ach'>): Promise<{ id: Id<'ach'> }[]> =>
      db
        .select({ id: achFiles.id })
        .from(achFiles)
        .where(
          and(
            eq(achFiles.organizationId, organizationId),
            eq(achFiles.reverses, achFileId),
            ne(achFiles.status, 'canceled'),
          ),
        )
        .orderBy(asc(achFiles.id)),

    /** Ids of this file's entries that another reversal takes back already. */
    async taken(achFileId: Id<'ach'>, besides: Id<'ach'> | null): Promise<Set<string>> {
      const rows = await db
        .select({ id: achEntries.reversesEntry })
        .from(achFiles)
        .innerJoin(
          achEntries,
          and(eq(achEntries.organizationId, achFiles.organizationId), eq(achEntries.achFileId, achFiles.id)),
        )
        .where(
          and(
            eq(achFiles.organizationId, organizationId),
            eq(achFiles.reverses, achFileId),
            ne(achFiles.status, 'canceled'),
            besides === null ? undefined : ne(achFiles.id, besides),
          ),
        )
      return new Set(rows.flatMap(({ id }) => id ?? []))
    },

    /** Ids of this file's entries that came back. */
    async returned(achFileId: Id<'ach'>): Promise<Set<string>> {
      const rows = await db
        .select({ id: returns.entryId })
        .from(returns)
        .where(
          and(
            eq(returns.organizationId, organizationId),
            eq(returns.achFileId, achFileId),
            eq(returns.kind, 'return'),
            isNull(returns.repeats),
          ),
        )
      return new Set(rows.flatMap(({ id }) => id ?? []))
    },
  }
}

function partAfter(
  db: Reader,
  organizationId: Id<'org'>,
  achFileId: Id<'ach'>,
  last: Pick<AchEntryRow, 'batchPosition' | 'position'> | undefined,
) {
  const after =
    last && sql`(${achEntries.batchPosition}, ${achEntries.position}) > (${last.batchPosition}, ${last.position})`
  return db
    .select()
    .from(achEntries)
    .where(and(eq(achEntries.organizationId, organizationId), eq(achEntries.achFileId, achFileId), after))
    .orderBy(asc(achEntries.batchPosition), asc(achEntries.position))
    .limit(ENTRIES_PER_PART)
}

/** Keeps the trace numbers of a batch of a reversal; whom it pays stays as the original was paid. */
export function traceReversal(
  tx: Tx,
  organizationId: Id<'org'>,
  achFileId: Id<'ach'>,
  batch: { position: number; odfi: string; first: number },
) {
  return tx.run(sql`
    UPDATE ach_entries SET trace_number = ${batch.odfi} || printf('%07d', ${batch.first} + position), room = NULL
    WHERE organization_id = ${organizationId} AND ach_file_id = ${achFileId} AND batch_position = ${batch.position}`)
}
