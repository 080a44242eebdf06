import type { Id, SendAgain } from '@fistworks/contract'
import { maySendAgain, type SendAgainAnswer } from '@fistworks/nacha'
import { and, eq } from 'drizzle-orm'
import { achBatches, achEntries } from '../ach-files/table.ts'
import type { Reader } from '../storage/transaction.ts'
import { returnStore } from './store.ts'
import type { ReturnRow } from './table.ts'

/** What the rules ask about a returned entry: when the original settled, and how often it was sent again. */
export interface Reinitiations {
  /** Effective date of the first entry of the chain. */
  settledOn: string
  count: number
}

const WORDS: Record<SendAgainAnswer, SendAgain['answer']> = {
  as_it_was: 'asItWas',
  once_authorized: 'onceAuthorized',
  once_corrected: 'onceCorrected',
  as_corrected_entry: 'asCorrectedEntry',
  no: 'no',
}

/** A chain of retries is two long by the rules; a longer one would be a fault of ours. */
const CHAIN_MAX = 10

/** Follows the entry back to the one that was sent first. */
export async function reinitiationsOf(
  db: Reader,
  organizationId: Id<'org'>,
  entry: { achFileId: Id<'ach'>; entryId: Id<'ent'> },
): Promise<Reinitiations> {
  const store = returnStore(db, organizationId)
  let { achFileId, entryId } = entry
  for (let count = 0; count < CHAIN_MAX; count++) {
    const returnId = await store.retriedBy(achFileId)
    const before = returnId === null ? undefined : await store.find(returnId)
    if (before === undefined || before.achFileId === null || before.entryId === null) {
      return { settledOn: await effectiveDateOf(db, organizationId, entryId), count }
    }
    achFileId = before.achFileId
    entryId = before.entryId
  }
  throw new Error('An entry was sent again more often than the rules allow.')
}

async function effectiveDateOf(db: Reader, organizationId: Id<'org'>, entryId: Id<'ent'>): Promise<string> {
  const [row] = await db
    .select({ effectiveDate: achBatches.effectiveDate })
    .from(achEntries)
    .innerJoin(
      achBatches,
      and(
        eq(achBatches.organizationId, achEntries.organizationId),
        eq(achBatches.achFileId, achEntries.achFileId),
        eq(achBatches.position, achEntries.batchPosition),
      ),
    )
    .where(and(eq(achEntries.organizationId, organizationId), eq(achEntries.id, entryId)))
    .limit(1)
  if (row === undefined) throw new Error('A return is matched to an entry that is not there.')
  return row.effectiveDate
}

/** Whether the entry of a return may be sent again so that it settles `on`. */
export function sendAgain(
  row: Pick<ReturnRow, 'code' | 'returnedOn' | 'information'>,
  past: Reinitiations,
  on: string,
): SendAgain {
  const { answer, until, left, why } = maySendAgain(row.code, {
    settledOn: past.settledOn,
    returnedOn: row.returnedOn,
    on,
    reinitiations: past.count,
    addendaInformation: row.information ?? '',
  })
  return { answer: WORDS[answer], until, left, why }
}
