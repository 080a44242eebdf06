import type { Direction, Id } from '@fistworks/contract'
import { and, asc, eq, type SQL, sql } from 'drizzle-orm'
import { createPauses } from '../pauses.ts'
import { recipientStore } from '../recipients/store.ts'
import { likePattern } from '../storage/like-pattern.ts'
import { lookThrough } from '../storage/look-through.ts'
import type { Reader, Tx } from '../storage/transaction.ts'
import { ENTRIES_PER_PART } from './draft.ts'
import { type AchBatchRow, type AchEntryRow, achBatches, achEntries } from './table.ts'

/** A reversal's entries know from the start whom they pay. */
type NewEntry = Omit<AchEntryRow, 'organizationId'> & { paidAccountIndex?: Uint8Array | null }

/** What decides whether a batch may settle the same day. */
export type LargestEntry = Pick<AchEntryRow, 'direction' | 'amountCents' | 'position'>

/** Trace number, two times four digits, account index, and a name of 25 letters. In bytes. */
const ROOM_FOR_PAID = new Uint8Array(80)
/** A reversal's entries lack nothing else. */
const ROOM_FOR_TRACE = new Uint8Array(15)

/** Entries that one statement looks through: it takes a few milliseconds. */
const ENTRIES_PER_LOOK = 10_000

/** With more of them a search asks for the recipient of each entry instead. */
const RECIPIENTS_MEANT = 500
/** Entries that a search looks at in one statement. */
const ENTRIES_PER_WINDOW = 1_000

export type EntryPlace = Pick<AchEntryRow, 'batchPosition' | 'position'>

export interface EntryFilter {
  readonly batch?: number | undefined
  /** In names, as they are shown, or the last four of an account. */
  readonly search?: string | undefined
}

/**
 * What was paid is found by the name it was paid under. Where few recipients are meant they are found first: asking for the
 * recipient of each entry costs ten times as much.
 */
async function paysWhom(db: Reader, organizationId: Id<'org'>, search: string): Promise<SQL> {
  const pattern = likePattern(search)
  const few = await recipientStore(db, organizationId).named(search, RECIPIENTS_MEANT + 1)
  const isMeant =
    few.length <= RECIPIENTS_MEANT
      ? sql`IN (SELECT value FROM json_each(${JSON.stringify(few.map(({ id }) => id))}))`
      : sql`IN (SELECT r.id FROM recipients AS r WHERE r.organization_id = ${organizationId}
          AND r.id = ${achEntries.recipientId}
          AND (r.name LIKE ${pattern} ESCAPE '\\' OR r.account_number_last4 = ${search}))`
  return sql`((${achEntries.paidName} IS NULL AND ${achEntries.recipientId} ${isMeant})
    OR ${achEntries.paidName} LIKE ${pattern} ESCAPE '\\' OR ${achEntries.paidAccountNumberLast4} = ${search})`
}

/** Rows come as one text: for the driver a row costs more than all that is in it. */
function entriesOf(found: string, of: Batch): AchEntryRow[] {
  type Row = [
    position: number,
    id: Id<'ent'>,
    recipientId: Id<'rcp'>,
    amountCents: number,
    direction: Direction,
    addenda: string,
    externalId: string | null,
    reversesEntry: Id<'ent'> | null,
    ...paid: (string | null)[],
  ]
  return (JSON.parse(found) as Row[])
    .toSorted(([a], [b]) => a - b)
    .map(([position, id, recipientId, amountCents, direction, addenda, externalId, reversesEntry, ...paid]) => {
      const [traceNumber = null, paidName = null, paidRoutingNumberLast4 = null, paidAccountNumberLast4 = null] = paid
      return {
        ...of,
        position,
        id,
        recipientId,
        amountCents,
        direction,
        addenda: addenda === '[]' ? [] : JSON.parse(addenda),
        externalId,
        reversesEntry,
        traceNumber,
        paidName,
        paidRoutingNumberLast4,
        paidAccountNumberLast4,
      }
    })
}

/** The one door to the batches and entries of a tenant's files, in their order. */
export function contentStore(db: Reader, organizationId: Id<'org'>) {
  return {
    batches: (achFileId: Id<'ach'>) =>
      db
        .select()
        .from(achBatches)
        .where(and(eq(achBatches.organizationId, organizationId), eq(achBatches.achFileId, achFileId)))
        .orderBy(asc(achBatches.position)),
    /** How many entries each batch has, by position: they stand without gaps. */
    async counts(achFileId: Id<'ach'>): Promise<number[]> {
      const rows = await db.all<{ count: number }>(sql`
        SELECT coalesce((SELECT max(e.position) + 1 FROM ach_entries AS e
          WHERE e.organization_id = b.organization_id AND e.ach_file_id = b.ach_file_id AND e.batch_position = b.position), 0) AS count
        FROM ach_batches AS b WHERE b.organization_id = ${organizationId} AND b.ach_file_id = ${achFileId} ORDER BY b.position`)
      return rows.map(({ count }) => count)
    },
    /** The largest entry of a batch of so many in each direction. */
    largest: (achFileId: Id<'ach'>, batchPosition: number, count: number) =>
      largestOf(db, { organizationId, achFileId, batchPosition }, count),
    /** Entries in the order of the file, of one batch or of all, after this place. */
    async page(
      achFileId: Id<'ach'>,
      { batch, search = '' }: EntryFilter,
      after: EntryPlace | null,
      limit: number,
    ): Promise<AchEntryRow[]> {
      const of = and(
        eq(achEntries.organizationId, organizationId),
        eq(achEntries.achFileId, achFileId),
        batch === undefined ? undefined : eq(achEntries.batchPosition, batch),
      )
      if (search === '') return entriesBetween(db, of, { after, end: null }, limit)
      const fits = and(of, await paysWhom(db, organizationId, search))
      return lookThrough<AchEntryRow, EntryPlace>({
        after,
        limit,
        endOf: (from) => endOfWindow(db, of, from),
        rowsIn: (from, end, most) => entriesBetween(db, fits, { after: from, end }, most),
      })
    },
    entries: (achFileId: Id<'ach'>, batchPosition: number) =>
      entriesInParts(db, { organizationId, achFileId, batchPosition }),
  }
}

interface Stretch {
  after: EntryPlace | null
  end: EntryPlace | null
}

function within({ after, end }: Stretch): SQL | undefined {
  const place = sql`(${achEntries.batchPosition}, ${achEntries.position})`
  return and(
    after === null ? undefined : sql`${place} > (${after.batchPosition}, ${after.position})`,
    end === null ? undefined : sql`${place} <= (${end.batchPosition}, ${end.position})`,
  )
}

const entriesBetween = (db: Reader, wanted: SQL | undefined, stretch: Stretch, limit: number): Promise<AchEntryRow[]> =>
  db
    .select()
    .from(achEntries)
    .where(and(wanted, within(stretch)))
    .orderBy(asc(achEntries.batchPosition), asc(achEntries.position))
    .limit(limit)

async function endOfWindow(db: Reader, of: SQL | undefined, after: EntryPlace | null): Promise<EntryPlace | null> {
  const [place] = await db
    .select({ batchPosition: achEntries.batchPosition, position: achEntries.position })
    .from(achEntries)
    .where(and(of, within({ after, end: null })))
    .orderBy(asc(achEntries.batchPosition), asc(achEntries.position))
    .limit(1)
    .offset(ENTRIES_PER_WINDOW - 1)
  return place ?? null
}

type Batch = Pick<AchEntryRow, 'organizationId' | 'achFileId' | 'batchPosition'>

async function largestOf(db: Reader, batch: Batch, count: number): Promise<LargestEntry[]> {
  const { organizationId, achFileId, batchPosition } = batch
  const found = new Map<Direction, LargestEntry>()
  const pause = createPauses()
  for (let from = 0; from < count; from += ENTRIES_PER_LOOK) {
    // Beside one max() the other columns are those of its row.
    const rows = await db.all<LargestEntry>(sql`
      SELECT direction, max(amount_cents) AS "amountCents", position FROM ach_entries
      WHERE organization_id = ${organizationId} AND ach_file_id = ${achFileId} AND batch_position = ${batchPosition}
        AND position >= ${from} AND position < ${from + ENTRIES_PER_LOOK}
      GROUP BY direction`)
    for (const row of rows) {
      if (row.amountCents > (found.get(row.direction)?.amountCents ?? 0)) found.set(row.direction, row)
    }
    await pause()
  }
  return [...found.values()]
}

/** The entries of a batch, some at a time. */
async function* entriesInParts(db: Reader, batch: Batch): AsyncGenerator<AchEntryRow[]> {
  const { organizationId, achFileId, batchPosition } = batch
  for (let from = 0; ; from += ENTRIES_PER_PART) {
    const [row] = await db.all<{ found: string }>(sql`
      SELECT json_group_array(json_array(e.position, e.id, e.recipient_id, e.amount_cents, e.direction, e.addenda,
        e.external_id, e.reverses_entry, e.trace_number, e.paid_name, e.paid_routing_number_last4, e.paid_account_number_last4)) AS found
      FROM ach_entries AS e
      WHERE e.organization_id = ${organizationId} AND e.ach_file_id = ${achFileId} AND e.batch_position = ${batchPosition}
        AND e.position >= ${from} AND e.position < ${from + ENTRIES_PER_PART}`)
    const rows = entriesOf(row?.found ?? '[]', batch)
    if (rows.length > 0) yield rows
    if (rows.length < ENTRIES_PER_PART) return
  }
}

/** Changes of batches and entries, inside the unit of work it is handed. */
export function contentWriter(tx: Tx, organizationId: Id<'org'>) {
  return {
    async clear(achFileId: Id<'ach'>): Promise<void> {
      await tx
        .delete(achEntries)
        .where(and(eq(achEntries.organizationId, organizationId), eq(achEntries.achFileId, achFileId)))
      await tx
        .delete(achBatches)
        .where(and(eq(achBatches.organizationId, organizationId), eq(achBatches.achFileId, achFileId)))
    },

    /** @param entries made one by one: nobody waits until all of a large file are there */
    async add(batches: Omit<AchBatchRow, 'organizationId'>[], entries: Iterable<NewEntry>) {
      if (batches.length > 0) await tx.insert(achBatches).values(batches.map((row) => ({ ...row, organizationId })))
      const pause = createPauses()
      for (const some of chunksOf(entries)) {
        await tx.insert(achEntries).values(some.map((row) => ({ ...row, organizationId, room: roomFor(row) })))
        await pause()
      }
    },

    /**
     * Keeps what some entries pay as it is paid: trace numbers one after the other, and the recipients as they are called
     * now.
     * @param traces the ODFI's eight digits, and the sequence number of the batch's first entry
     */
    async pay(
      achFileId: Id<'ach'>,
      { batchPosition, from, count }: { batchPosition: number; from: number; count: number },
      traces: { odfi: string; first: number },
    ): Promise<void> {
      await tx.run(sql`
        UPDATE ach_entries SET trace_number = ${traces.odfi} || printf('%07d', ${traces.first} + position),
          paid_name = r.name, paid_routing_number_last4 = r.routing_number_last4,
          paid_account_number_last4 = r.account_number_last4, paid_account_index = r.account_index, room = NULL
        FROM recipients AS r
        WHERE r.organization_id = ${organizationId} AND r.id = ach_entries.recipient_id
          AND ach_entries.organization_id = ${organizationId} AND ach_file_id = ${achFileId}
          AND batch_position = ${batchPosition} AND position >= ${from} AND position < ${from + count}`)
    },
  }
}

const roomFor = ({ paidName }: NewEntry) => (paidName === null ? ROOM_FOR_PAID : ROOM_FOR_TRACE)

function* chunksOf<T>(rows: Iterable<T>): Generator<T[]> {
  let some: T[] = []
  for (const row of rows) {
    some.push(row)
    if (some.length < ENTRIES_PER_PART) continue
    yield some
    some = []
  }
  if (some.length > 0) yield some
}
