/**
 * Runs at once, or once the pointer that is down has come up. What appears when a field is left would otherwise move
 * the button under the pointer away between press and release, and the click would be lost.
 */
export function afterPointer(run: () => void): void {
  if (!document.documentElement.matches(':active')) return run()
  const over = new AbortController()
  const done = () => {
    over.abort()
    setTimeout(run)
  }
  for (const type of ['pointerup', 'pointercancel']) document.addEventListener(type, done, { signal: over.signal })
}
