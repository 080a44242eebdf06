import type { EventType, Id } from '@fistworks/contract'
import type { WriteContext } from '../context.ts'
import { recordEvent } from '../events/record-event.ts'
import { achFileStore } from './store.ts'
import type { AchFileRow } from './table.ts'

type FileEvent = Extract<EventType, `achFile.${string}`>
type Told = Pick<AchFileRow, 'id' | 'status' | 'name' | 'entryCount' | 'creditCents' | 'debitCents'>

/** Tells of a file what its event is about: its name, count and sums. */
export async function tellOfFile(
  { db, organizationId, now }: Pick<WriteContext, 'db' | 'organizationId' | 'now'>,
  type: FileEvent,
  { id, status, name, entryCount, creditCents, debitCents }: Told,
  more: Record<string, string | number | null> = {},
): Promise<void> {
  const about = { name, count: entryCount, creditCents, debitCents, ...more }
  await recordEvent(db, organizationId, { type, objectType: 'achFile', objectId: id, status, at: now, about })
}

/** Tells of the original that its reversal is on its way. */
export async function tellOfReversal(ctx: WriteContext, original: Id<'ach'>, reversal: Id<'ach'>): Promise<void> {
  const file = await achFileStore(ctx.db, ctx.organizationId).find(original)
  if (file !== undefined) await tellOfFile(ctx, 'achFile.reversed', file, { reversalId: reversal })
}
