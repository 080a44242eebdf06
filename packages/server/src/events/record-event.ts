import { createHash } from 'node:crypto'
import { type EventObject, type EventType, type Id, makeId } from '@fistworks/contract'
import type { Tx } from '../storage/transaction.ts'
import { shownText } from '../telemetry/scrub.ts'
import { enqueueDeliveries } from '../webhooks/fan-out.ts'
import { enqueueNotice } from './notice-job.ts'
import { addEvent, eventStore } from './store.ts'
import type { EventAbout, EventRow } from './table.ts'

export interface NewEvent {
  type: EventType
  /** What it happened to. */
  objectType: EventObject
  objectId: string
  /** What that is since then, in the words of its own kind. */
  status?: string | undefined
  at: Date
  /**
   * Words and figures for webhooks and mails, never an account or routing number. What mails look for, where there is
   * such: `name` (of the file, the connection, the schedule), `reason` (in words for people), `code` (R01, C02),
   * `count`, `dueAt` (instant or civil date), `achFileId` (of what belongs to a file).
   */
  about?: EventAbout | undefined
}

/**
 * The one way to tell somebody something: call it in the transaction of the change, so that both are stored or neither.
 */
export async function recordEvent(tx: Tx, organizationId: string, event: NewEvent): Promise<EventRow> {
  const sequence = (await eventStore(tx, organizationId).last()) + 1
  const row: EventRow = {
    organizationId: organizationId as Id<'org'>,
    sequence,
    id: idOf(organizationId, sequence, event.at),
    type: event.type,
    objectType: event.objectType,
    objectId: event.objectId,
    status: event.status ?? null,
    about: told(event.about ?? {}),
    at: event.at.toISOString(),
  }
  await addEvent(tx, row)
  await enqueueDeliveries(tx, row)
  await enqueueNotice(tx, row)
  return row
}

/** What people and banks wrote goes out to webhooks and into mails: no line ends, and no number as long as that of an account. */
function told(about: EventAbout): EventAbout {
  return Object.fromEntries(
    Object.entries(about).map(([key, value]) => [key, typeof value === 'string' ? shownText(value) : value]),
  )
}

/** The place is unique, so the id is made from it and nothing random has to be handed in. */
function idOf(organizationId: string, sequence: number, at: Date): Id<'evt'> {
  const place = createHash('sha256')
    .update(JSON.stringify(['event', organizationId, sequence]))
    .digest()
  return makeId('evt', at.getTime(), place)
}
