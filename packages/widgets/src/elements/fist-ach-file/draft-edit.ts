import { type Draft, type DraftBatch, type DraftEntry, newEntry, type Payee } from './draft.ts'

export function withBatch(draft: Draft, key: string, change: (batch: DraftBatch) => DraftBatch): Draft {
  return { ...draft, batches: draft.batches.map((batch) => (batch.key === key ? change(batch) : batch)) }
}

export function withEntry(batch: DraftBatch, key: string, patch: Partial<DraftEntry>): DraftBatch {
  return { ...batch, entries: batch.entries.map((entry) => (entry.key === key ? { ...entry, ...patch } : entry)) }
}

export function withNewEntry(batch: DraftBatch): DraftBatch {
  return { ...batch, entries: [...batch.entries, newEntry(batch.entries.at(-1)?.direction)] }
}

export function withoutEntry(batch: DraftBatch, key: string): DraftBatch {
  return { ...batch, entries: batch.entries.filter((entry) => entry.key !== key) }
}

/** The first recipient of a batch decides its SEC code: PPD pays people, CCD pays companies. */
export function withPayee(batch: DraftBatch, key: string, payee: Payee | null): DraftBatch {
  const isFirst = batch.entries.every((entry) => entry.key === key || entry.payee === null)
  const secCode = isFirst && payee?.holderType ? (payee.holderType === 'individual' ? 'PPD' : 'CCD') : batch.secCode
  return { ...withEntry(batch, key, { payee }), secCode }
}
