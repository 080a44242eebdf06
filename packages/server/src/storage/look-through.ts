import { createPauses } from '../pauses.ts'

/** Less than other work holds: somebody types while it looks. */
const HELD_MS = 4

interface Look<Row, Place> {
  /** Only what comes after this place; all when `null`. */
  after: Place | null
  /** So many rows at most. */
  limit: number
  /** The last place of the next window after this one; `null` when what is left is no more than a window. */
  endOf(after: Place | null): Promise<Place | null>
  /** What fits after the one place up to and with the other (to the end when `null`), at most `limit`, in order. */
  rowsIn(after: Place | null, end: Place | null, limit: number): Promise<Row[]>
}

/**
 * The first rows that fit, looked for window by window: a search that finds little looks at much, and nobody else should
 * wait for it.
 */
export async function lookThrough<Row, Place>({ after, limit, endOf, rowsIn }: Look<Row, Place>): Promise<Row[]> {
  const found: Row[] = []
  const pause = createPauses(HELD_MS)
  for (let from = after; ; ) {
    const end = await endOf(from)
    found.push(...(await rowsIn(from, end, limit - found.length)))
    if (end === null || found.length >= limit) return found
    from = end
    await pause()
  }
}
