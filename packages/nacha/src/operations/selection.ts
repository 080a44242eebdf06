import type { BatchDraft, EntryDraft } from './draft.ts'
import type { Problems } from './problem.ts'

/** Batches and entries by their indexes in the file, from 0. */
export interface EntrySelection {
  /** Whole batches. */
  readonly batches?: readonly number[] | undefined
  /** Single entries. */
  readonly entries?: readonly { readonly batch: number; readonly entry: number }[] | undefined
}

/** An entry of a batch; null and a problem when there is none. */
export function entryAt(
  batches: readonly BatchDraft[],
  place: { readonly batch: number; readonly entry: number },
  problems: Problems,
): { batch: BatchDraft; entry: EntryDraft } | null {
  const batch = batches[place.batch]
  const entry = batch?.entries[place.entry]
  if (batch && entry) return { batch, entry }
  problems.add('entry.unknown', 'The file has no such entry: batches and entries are counted from 0', place)
  return null
}

export interface SelectedBatch {
  readonly batch: BatchDraft
  readonly entries: readonly EntryDraft[]
  /** False when its entries were chosen one by one. */
  readonly isWhole: boolean
}

/** The chosen entries, batch by batch in the order of the file; all of them without a selection. */
export function selected(
  batches: readonly BatchDraft[],
  selection: EntrySelection | undefined,
  problems: Problems,
): SelectedBatch[] {
  if (!selection) return batches.map((batch) => ({ batch, entries: batch.entries, isWhole: true }))
  const whole = new Set(selection.batches ?? [])
  const single = new Map<number, Set<number>>()
  for (const place of selection.entries ?? []) {
    if (!entryAt(batches, place, problems)) continue
    const chosen = single.get(place.batch) ?? new Set()
    single.set(place.batch, chosen.add(place.entry))
  }
  for (const batch of whole) {
    if (!batches[batch]) problems.add('batch.unknown', 'The file has no such batch: they are counted from 0', { batch })
  }
  return batches.flatMap((batch, index) => {
    const chosen = single.get(index)
    const entries = whole.has(index) ? batch.entries : batch.entries.filter((_, at) => chosen?.has(at))
    return entries.length === 0 ? [] : [{ batch, entries, isWhole: whole.has(index) }]
  })
}
