import { setImmediate } from 'node:timers/promises'

/**
 * For work that takes longer than others may wait: call what this gives between small pieces of it. When they have held
 * the event loop for `heldMs` together, it lets everybody else go first.
 */
export function createPauses(heldMs = 8): () => Promise<void> | undefined {
  let since = performance.now()
  return () => {
    if (performance.now() - since < heldMs) return undefined
    return setImmediate().then(() => {
      since = performance.now()
    })
  }
}
