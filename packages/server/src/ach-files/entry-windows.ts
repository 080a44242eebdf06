import { createPauses } from '../pauses.ts'
import { ENTRIES_PER_PART } from './draft.ts'
import type { DraftOutline } from './read-draft.ts'

/** What tells where the entries of a file are. */
export type EntryPlaces = Pick<DraftOutline, 'batchRows' | 'counts'>

/** Entries of one batch, `from` included and `to` not. */
export interface EntryWindow {
  batch: number
  /** Of the batch in the file. */
  position: number
  from: number
  to: number
  /** How many entries the batches before it have. */
  before: number
}

/** All entries of a file in windows that one statement looks at, with pauses for everybody else between them. */
export async function* windowsOf({ batchRows, counts }: EntryPlaces): AsyncGenerator<EntryWindow> {
  const pause = createPauses()
  let before = 0
  for (const [batch, { position }] of batchRows.entries()) {
    const count = counts[batch] ?? 0
    for (let from = 0; from < count; from += ENTRIES_PER_PART) {
      yield { batch, position, from, to: Math.min(from + ENTRIES_PER_PART, count), before }
      await pause()
    }
    before += count
  }
}
