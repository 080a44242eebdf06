import { linkClicked } from './link-clicked.ts'

/** Where a click leads within the portal, unless the person stays because something they typed would be lost. */
export function pathToGo(event: MouseEvent, hasUnsavedInput: boolean): string | null {
  const path = linkClicked(event)
  if (path === null) return null
  event.preventDefault()
  return hasUnsavedInput && !confirm('Leave this page? What is not saved is lost.') ? null : path
}

/** The browser asks before it leaves while something is unsaved. @returns what ends that */
export function guardUnload(hasUnsavedInput: () => boolean): () => void {
  const onUnload = (event: BeforeUnloadEvent) => {
    if (hasUnsavedInput()) event.preventDefault()
  }
  addEventListener('beforeunload', onUnload)
  return () => removeEventListener('beforeunload', onUnload)
}
