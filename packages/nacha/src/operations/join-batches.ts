import { batchHeader } from '../records/batch-header.ts'
import { type BatchDraft, categoryOfDraft, type EntryDraft } from './draft.ts'
import type { Problems } from './problem.ts'
import { edited, traceOf } from './record-edit.ts'

const { batchNumber } = batchHeader.field

/** Every byte of some positions as one text, to compare records by. */
export function bytesKey(record: Uint8Array, from: number, to: number): string {
  let key = ''
  for (let place = from; place < to; place++) key += String.fromCharCode(record[place] ?? 0)
  return key
}

interface Bin {
  readonly batch: BatchDraft
  readonly entries: EntryDraft[]
  readonly traces: Set<string>
}

const byTrace = (a: EntryDraft, b: EntryDraft) => {
  const [one, other] = [traceOf(a.record), traceOf(b.record)]
  return one < other ? -1 : Number(one > other)
}

function keyOf(batch: BatchDraft): string {
  const first = batch.entries[0]
  // Payments, returns and notifications stand in batches of their own, whatever their headers say.
  const category = first ? categoryOfDraft(first) : 'forward'
  return `${category} ${bytesKey(batch.header, 0, batchNumber.start)}`
}

/**
 * Joins batches whose headers are equal in every field but the number (reference 8.7, 8.8). Entries with equal trace
 * numbers stay in batches of their own; the entries of a joined batch are put in the order of their trace numbers, which
 * must ascend. A batch with an authentication code stays as it is: the code is made over its records.
 */
export function joinBatches(batches: readonly BatchDraft[]): BatchDraft[] {
  const bins: Bin[] = []
  const byKey = new Map<string, Bin[]>()
  for (const batch of batches) {
    const isFixed = batch.controlText !== ''
    const key = isFixed ? null : keyOf(batch)
    const alike = key === null ? [] : (byKey.get(key) ?? [])
    const traces = batch.entries.map(({ record }) => traceOf(record))
    const bin = alike.find((each) => traces.every((trace) => !each.traces.has(trace)))
    if (bin) {
      for (const entry of batch.entries) bin.entries.push(entry)
      for (const trace of traces) bin.traces.add(trace)
      continue
    }
    const opened = { batch, entries: [...batch.entries], traces: new Set(traces) }
    bins.push(opened)
    alike.push(opened)
    if (key !== null) byKey.set(key, alike)
  }
  return bins.map(({ batch, entries }) =>
    entries.length === batch.entries.length ? batch : { ...batch, entries: entries.toSorted(byTrace) },
  )
}

/** The batches numbered from 1 on. */
export function numbered(batches: readonly BatchDraft[], problems: Problems): BatchDraft[] {
  return batches.map((batch, index) => ({
    ...batch,
    header: edited(batch.header, [[batchNumber, index + 1]], problems),
  }))
}
