import type { Id } from '@fistworks/contract'
import { and, asc, eq, isNull, ne, sql } from 'drizzle-orm'
import { returns } from '../returns/table.ts'
import type { Reader, Tx } from '../storage/transaction.ts'
import { createPauses } from '../pauses.ts'
import { ENTRIES_PER_PART } from './draft.ts'
import { type EntryPlaces, windowsOf } from './entry-windows.ts'
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

/** Whether a reversal that was not given up takes this entry of the file back. */
export async function isTakenBack(
  db: Reader,
  organizationId: Id<'org'>,
  achFileId: Id<'ach'>,
  entryId: Id<'ent'>,
): Promise<boolean> {
  const rows = await db
    .select({ id: achEntries.id })
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
        eq(achEntries.reversesEntry, entryId),
      ),
    )
    .limit(1)
  return rows.length > 0
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

interface Reversing {
  id: Id<'ach'>
  outline: EntryPlaces
}

/**
 * The entries of a reversal beside those that they take back, part by part in their order.
 * @yields JSON of `TurnedRow`s, and the ODFI's eight digits in the first original trace number of the part
 */
export async function* turnedParts(db: Reader, organizationId: Id<'org'>, file: Reversing & { reverses: Id<'ach'> }) {
  for await (const { position, from, to } of windowsOf(file.outline)) {
    const [found] = await db.all<{ rows: string; odfi: string | null }>(sql`
      SELECT json_group_array(json_array(e.position, e.batch_position, o.batch_position, o.position, o.trace_number)) AS rows,
        substr(min(o.trace_number), 1, 8) AS odfi
      FROM ach_entries AS e
      LEFT JOIN ach_entries AS o ON o.organization_id = e.organization_id AND o.id = e.reverses_entry
        AND o.ach_file_id = ${file.reverses}
      WHERE e.organization_id = ${organizationId} AND e.ach_file_id = ${file.id} AND e.batch_position = ${position}
        AND e.position >= ${from} AND e.position < ${to}`)
    if (found !== undefined) yield { rows: found.rows, odfi: found.odfi ?? '' }
  }
}

/**
 * Keeps the trace numbers of a reversal; whom it pays stays as the original was paid.
 * @param traces the ODFI's eight digits, and the sequence number of the first entry of the file
 */
export async function traceReversal(
  tx: Tx,
  organizationId: Id<'org'>,
  { id, outline }: Reversing,
  { odfi, first }: { odfi: string; first: number },
): Promise<void> {
  for await (const { position, from, to, before } of windowsOf(outline)) {
    await tx.run(sql`
      UPDATE ach_entries SET trace_number = ${odfi} || printf('%07d', ${first + before} + position), room = NULL
      WHERE organization_id = ${organizationId} AND ach_file_id = ${id} AND batch_position = ${position}
        AND position >= ${from} AND position < ${to}`)
  }
}
