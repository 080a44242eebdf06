import type { Id } from '@fistworks/contract'
import { sql } from 'drizzle-orm'
import type { Reader } from '../storage/transaction.ts'
import type { DraftPart, PaidEntry } from './draft.ts'
import { type EntryPlaces, windowsOf } from './entry-windows.ts'
import { addendaOf, type PartRow, rowsIn } from './part-rows.ts'

/** Some entries of a stored file, and the texts they were read from. */
export interface StoredPart extends DraftPart {
  /** JSON of `PartRow`s. */
  rows: string
  /** JSON of `SealedRow`s; empty unless they were asked for. */
  sealed: string
}

interface Wanted {
  achFileId: Id<'ach'>
  outline: EntryPlaces
  /** Whether to read what the vault keeps of the recipients too. */
  withSealed: boolean
}

/**
 * All entries of a file with whom they pay, part by part in their order, with pauses for everybody else. Rows come as one
 * text: for the driver a row costs more than all that is in it.
 */
export async function* storedParts(db: Reader, organizationId: Id<'org'>, wanted: Wanted): AsyncGenerator<StoredPart> {
  const { achFileId, outline, withSealed } = wanted
  const sealed = withSealed
    ? sql`json_group_array(json_array(e.position, hex(r.routing_number), hex(r.account_number),
        CASE WHEN r.identification IS NULL THEN NULL ELSE hex(r.identification) END))`
    : sql`'[]'`
  for await (const { batch, position, from, to } of windowsOf(outline)) {
    const [found] = await db.all<{ rows: string; sealed: string }>(sql`
      SELECT json_group_array(json_array(e.position, e.recipient_id, e.amount_cents, e.direction, e.addenda, e.external_id,
        e.reverses_entry, r.id, r.name, r.holder_type, r.account_type, lower(hex(r.account_index)), r.archived_at)) AS rows,
        ${sealed} AS sealed
      FROM ach_entries AS e
      LEFT JOIN recipients AS r ON r.organization_id = e.organization_id AND r.id = e.recipient_id
      WHERE e.organization_id = ${organizationId} AND e.ach_file_id = ${achFileId} AND e.batch_position = ${position}
        AND e.position >= ${from} AND e.position < ${to}`)
    const part = found && { ...found, batch, from, entries: rowsIn<PartRow>(found.rows).map(entryOf) }
    if (part?.entries.length !== to - from) throw new Error('Entries of a file are not where their count says.')
    yield part
  }
}

function entryOf(row: PartRow): PaidEntry {
  const [, recipientId, amountCents, direction, addenda, externalId, reversesEntry, id, ...payee] = row
  const [name, holderType, accountType, accountIndex, archivedAt] = payee
  return {
    recipientId,
    amountCents,
    direction,
    addenda: addendaOf(addenda),
    externalId,
    reversesEntry,
    recipient: id === null ? undefined : { id, name, holderType, accountType, accountIndex, archivedAt },
  }
}
