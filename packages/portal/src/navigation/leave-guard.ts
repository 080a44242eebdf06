import type { ReactiveControllerHost } from 'lit'
import { agrees } from '../ui/question-dialog.ts'
import { linkClicked } from './link-clicked.ts'

/** Where a click leads within the portal, unless the person stays because something they typed would be lost. */
export async function pathToGo(
  event: MouseEvent,
  host: ReactiveControllerHost,
  hasUnsavedInput: boolean,
): Promise<string | null> {
  const path = linkClicked(event)
  if (path === null) return null
  event.preventDefault()
  const question = { heading: 'Leave this page?', text: 'What is not saved is lost.', confirm: 'Leave' }
  return hasUnsavedInput && !(await agrees(host, { ...question, isDangerous: true })) ? null : path
}

/** The browser asks before it leaves while something is unsaved. @returns what ends that */
export function guardUnload(hasUnsavedInput: () => boolean): () => void {
  const onUnload = (event: BeforeUnloadEvent) => {
    if (hasUnsavedInput()) event.preventDefault()
  }
  addEventListener('beforeunload', onUnload)
  return () => removeEventListener('beforeunload', onUnload)
}
