import { isCreditOf } from '../file-totals.ts'
import { entryDetail } from '../records/entry-detail.ts'
import { type BatchDraft, type EntryDraft, entryLayoutOf } from './draft.ts'
import { numberOf } from './record-edit.ts'

const { transactionCode } = entryDetail.field

export interface Sides {
  readonly creditCents: number
  readonly debitCents: number
}

export function isCreditEntry(batch: Pick<BatchDraft, 'isAdv'>, { record }: EntryDraft): boolean {
  return isCreditOf(numberOf(record, transactionCode), batch.isAdv)
}

/** What an entry adds to the totals; an amount that is none counts as zero. */
export function sidesOf(batch: BatchDraft, entry: EntryDraft): Sides {
  const amount = entryLayoutOf(batch).field['amount'] ?? entryDetail.field.amount
  const cents = numberOf(entry.record, amount) || 0
  return isCreditEntry(batch, entry) ? { creditCents: cents, debitCents: 0 } : { creditCents: 0, debitCents: cents }
}

export const NO_SIDES: Sides = { creditCents: 0, debitCents: 0 }

export function sumOf(batch: BatchDraft): Sides {
  return batch.entries.map((entry) => sidesOf(batch, entry)).reduce(addSides, NO_SIDES)
}

export function addSides(a: Sides, b: Sides): Sides {
  return { creditCents: a.creditCents + b.creditCents, debitCents: a.debitCents + b.debitCents }
}
