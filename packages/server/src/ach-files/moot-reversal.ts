import type { Id } from '@fistworks/contract'
import type { Reader } from '../storage/transaction.ts'
import { statusWords } from './life-cycle.ts'
import { reversalStore } from './reversal-store.ts'
import { achFileStore } from './store.ts'
import type { AchFileRow } from './table.ts'

/**
 * Why a reversal must not leave any more, in words; `null` while there is something to take back.
 * Asked when it is submitted and again right before anything is put at the bank, for it may be held for days: the bank may
 * have refused the original since, an entry may have come back, or another reversal may have been made.
 */
export async function mootReversal(
  db: Reader,
  organizationId: Id<'org'>,
  { id, reverses }: Pick<AchFileRow, 'id' | 'reverses'>,
): Promise<string | null> {
  if (reverses === null) return null
  const original = await achFileStore(db, organizationId).find(reverses)
  if (original?.status !== 'delivered' && original?.status !== 'acknowledged') {
    const is = original === undefined ? 'is gone' : statusWords(original.status)
    return `What this reversal takes back ${is}: only what the bank has paid can be taken back.`
  }
  const store = reversalStore(db, organizationId)
  const returned = await store.returned(reverses)
  const taken = await store.taken(reverses, id)
  if (returned.size + taken.size === 0) return null
  const turned = await store.entries(id)
  const gone = turned.filter(({ reversesEntry }) => returned.has(reversesEntry ?? '') || taken.has(reversesEntry ?? ''))
  if (gone.length === 0) return null
  return `${gone.length} of the entries came back or were reversed in the meantime.`
}

/** The same of any file on its way, as the delivery asks: only a reversal can be overtaken. */
export async function overtaken(db: Reader, organizationId: string, achFileId: string): Promise<string | null> {
  const file = await achFileStore(db, organizationId as Id<'org'>).find(achFileId)
  return file === undefined ? null : mootReversal(db, organizationId as Id<'org'>, file)
}
