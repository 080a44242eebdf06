import { setImmediate } from 'node:timers/promises'

/**
 * For work that takes longer than others may wait: call what this gives between small pieces of it. When they have held
 * the event loop for `heldMs` together, it lets everybody else go first.
 */
export function createPauses(heldMs = 8): () => Promise<void> | undefined {
  // What went before this piece of work may have taken its time too: the first call lets others go first.
  let since = Number.NEGATIVE_INFINITY
  return () => {
    if (performance.now() - since < heldMs) return undefined
    return setImmediate().then(() => {
      since = performance.now()
    })
  }
}
